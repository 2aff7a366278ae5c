/** A person with a device: opens its page again when it is gone, sits down, and does what a bot of its game would do. */
import { nimBot, triviaBot, createSeed, type Bot, type Move } from '@fairground/cli';
import type { Follower, Joined, OutboxRecord, Wish } from '@fairground/peer';
import type { Plan } from '../plan/act.ts';
import { runIn } from '../runtime/loop.ts';
import { clockOf } from './machine.ts';
import type { Page, PeerMachine } from './peerMachine.ts';
import type { Stage } from './stage.ts';

export interface Player {
  readonly machine: PeerMachine;
  readonly name: string;
  /** Adds that the device has said to be stored; each must end up in the log once. */
  readonly promised: readonly string[];
  /** Does not open its page, whatever happens, as long as this is so. */
  isAway: boolean;
  /** Opens the page, and the world if it is known. */
  open(): void;
  kill(): Promise<void>;
  add(): void;
  /** So many large ones after each other. */
  addMany(count: number): void;
  chat(): void;
  /** Somebody has sent the link. */
  invite(joined: Joined): void;
  submit(wish: Wish): void;
}

export interface PlayerDeps {
  readonly stage: Stage;
  readonly machine: PeerMachine;
  readonly plan: Plan;
  /** For the host: its world is there. */
  readonly made?: (joined: Joined) => void;
}

const retryMs = 2000;
export const tallyGoal = 1_000_000;
/** With it some 80 adds among 256 entries are a segment (formats §4: half a megabyte at a multiple of 256 entries). */
const filling = 'x'.repeat(6_500);

export function createPlayer({ stage, machine, plan, made }: PlayerDeps): Player {
  const { name } = machine;
  const promised: string[] = [];
  let joined: Joined | undefined;
  let count = 0;

  function inPage(act: (page: Page) => void | Promise<void>): void {
    const { page } = machine;
    if (page) runIn(page.life, () => void Promise.resolve(act(page)).catch(() => {}));
  }

  async function create(page: Page): Promise<void> {
    const wish = { game: plan.game, config: configOf(plan), visibility: plan.visibility };
    const result = await page.peer.createWorld(wish);
    if (result.ok) {
      joined ??= result.value;
      made?.(joined);
      return enter(page, joined);
    }
    clockOf(stage, page.life).setTimer(retryMs, () => inPage(create));
  }

  async function enter(page: Page, into: Joined): Promise<void> {
    await machine.enter(into);
    const { follower } = page;
    if (follower) play(page, follower);
  }

  function play(page: Page, follower: Follower): void {
    const bot = botOf(plan, name, machine.key, follower);
    const made = new Set<string>();
    follower.subscribe(({ status, view }) => {
      if (view === undefined || status !== 'live') return;
      for (const move of bot(view)) {
        if (made.has(move.once) || isUnderWay(move, follower.mine.value)) continue;
        made.add(move.once);
        clockOf(stage, page.life).setTimer(move.afterMs, () => inPage(() => send(follower, move.wish)));
      }
    });
  }

  async function send(follower: Follower, wish: Wish): Promise<void> {
    const submitted = await follower.submit(wish);
    if (submitted.ok) await checkStored(submitted.value);
    const pad = wish.body?.['pad'];
    if (submitted.ok && typeof pad === 'string') promised.push(pad);
  }

  /** The page could go now: only what lies on the disk was stored. */
  async function checkStored({ id }: OutboxRecord): Promise<void> {
    const rows = await machine.disk.durable.list('outbox', '');
    stage.watch.saysStored(
      name,
      id,
      rows.some(([, row]) => (row as OutboxRecord).id === id),
    );
  }

  const player: Player = {
    ...{ machine, name, promised, isAway: false },
    open() {
      if (player.isAway) return;
      machine.start();
      inPage((page) => (joined ? enter(page, joined) : made ? create(page) : undefined));
    },
    kill: machine.kill,
    invite(link) {
      if (joined) return;
      joined = link;
      inPage((page) => enter(page, link));
    },
    add() {
      count += 1;
      const wish: Wish = { kind: 'add', body: { count: 1, pad: `${name}-${count}` } };
      inPage(({ follower }) => (follower && isSeated(follower) ? send(follower, wish) : undefined));
    },
    addMany(many) {
      const first = count + 1;
      count += many;
      inPage(async ({ follower }) => {
        for (let i = first; follower && isSeated(follower) && i < first + many; i++)
          await send(follower, { kind: 'add', body: { count: 1, pad: `${name}-${i}-${filling}` } });
      });
    },
    chat() {
      count += 1;
      const text = `${name} says ${count}`;
      inPage((page) => page.room?.chat.send(text));
    },
    submit: (wish) => inPage((page) => (page.follower ? send(page.follower, wish) : undefined)),
  };
  return player;
}

/** Whoever has not sat down is refused by the rules, as it should be. */
function isSeated({ mine }: Follower): boolean {
  return mine.value.some(({ plan: { kind } }) => kind === 'join');
}

/** A page that was loaded again has forgotten what it did; its outbox has not. */
function isUnderWay({ wish }: Move, mine: readonly OutboxRecord[]): boolean {
  return mine.some(
    ({ plan, state }) =>
      plan.kind === wish.kind &&
      state !== 'failed' &&
      (state === 'stored' || state === 'received' || plan.seal?.lot === wish.seal?.lot) &&
      (wish.seal !== undefined || state === 'stored' || state === 'received'),
  );
}

function configOf({ game, acts }: Plan): object & never {
  // Time that passes is the cheapest entry.
  const every = acts.some(({ deed }) => deed.do === 'add many') ? 80 : 4000;
  const config =
    game === 'tally'
      ? { goal: tallyGoal, every, needs: 'questions' }
      : game === 'nim'
        ? {}
        : { topics: ['general'], questions: 2, windowMs: 8000, graceMs: 1000, revealMs: 2000, afterMs: 500 };
  return config as never;
}

function botOf({ game, peers, seed }: Plan, name: string, key: Uint8Array, { secret }: Follower): Bot {
  const seat = { name, key, secret };
  if (game === 'nim') return nimBot({ seed: createSeed(seed) })(seat);
  if (game === 'trivia') return triviaBot({ players: peers, seed: createSeed(seed) })(seat);
  return () => [{ once: 'join', afterMs: 0, wish: { kind: 'join' } }];
}
