/** A whole party: a room is opened, people come in by code or link, play to the end, and everybody has seen and verified it. */
import type { Bytes } from '@fairground/ledger';
import type { Follower, Joined } from '@fairground/peer';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import type { BotMaker } from './bot.ts';
import { nameOf } from './names.ts';
import { createPlayer, type Player } from './player.ts';
import type { Seed } from './seeds.ts';

export interface PartyPlan {
  readonly url: string;
  readonly game: string;
  readonly config: { readonly [setting: string]: number | string | boolean | readonly string[] };
  readonly players: number;
  readonly seed: Seed;
  readonly bot: BotMaker;
  /** After this long the party has failed, ms. */
  readonly patienceMs: number;
  tell(line: string): void;
  /** Called for each player when it has taken its place. */
  readonly watch?: (follower: Follower) => void;
}

export interface Party {
  readonly joined: Joined;
  /** The host's copy, verified entry by entry while it was played. */
  readonly log: Follower['log'];
  readonly players: readonly Partaker[];
}

export interface Partaker {
  readonly key: Bytes;
  readonly did: string;
  readonly name: string;
  /** What this player's own screen showed at the end. */
  readonly view: unknown;
}

/** A relay lets one address try few codes a minute, so only the first come by code; the rest were sent the link. */
const BY_CODE = 4;

/** Throws a `CommandFailure` with exit code 1 when somebody never sees the end. */
export async function runParty(plan: PartyPlan): Promise<Party> {
  const signal = AbortSignal.timeout(plan.patienceMs);
  // y-websocket listens for the end of the process once a document: with many players that is no leak.
  process.setMaxListeners(0);
  const players = Array.from({ length: plan.players }, (_, i) =>
    createPlayer(plan.url, nameOf(i), plan.seed.bytes(`player ${i}`)),
  );
  try {
    return await playThrough(plan, players, signal);
  } finally {
    for (const player of players) player.leave();
  }
}

async function playThrough(plan: PartyPlan, players: readonly Player[], signal: AbortSignal): Promise<Party> {
  const [host, ...guests] = players;
  if (!host) throw new CommandFailure('A party needs at least one player.');
  const joined = await openRoom(plan, host, signal);
  plan.tell(`Room ${joined.room} is open, world ${joined.world}.`);
  await host.play(joined, plan.bot);
  await Promise.all(guests.map((guest, i) => comeIn(guest, i < BY_CODE, joined, plan.bot)));
  plan.tell(`${players.length} players are in.`);
  for (const { follower } of players) if (follower) plan.watch?.(follower);
  await everybodySeesTheEnd(players, signal);
  const { follower } = host;
  if (!follower) throw new Error('the host plays');
  return {
    joined,
    log: follower.log,
    players: players.map((player) => ({
      name: player.name,
      did: player.did,
      key: player.peer.identity.key,
      view: player.follower?.value.view,
    })),
  };
}

/** Asks again while the authority is still connecting. */
async function openRoom({ game, config }: PartyPlan, host: Player, signal: AbortSignal): Promise<Joined> {
  for (;;) {
    const created = await host.peer.createWorld({ game, config, visibility: 'unlisted' });
    if (created.ok) return created.value;
    const isPassing = passing.has(created.code) && !signal.aborted;
    if (!isPassing)
      throw new CommandFailure(`The room could not be opened: ${created.message ?? created.code}`, 1);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const passing: ReadonlySet<string> = new Set(['unreachable', 'authority_away']);

async function comeIn(guest: Player, byCode: boolean, joined: Joined, bot: BotMaker): Promise<void> {
  if (!byCode || joined.code === null) return void (await guest.play(joined, bot));
  const entered = await guest.peer.enterCode(joined.code);
  if (!entered.ok)
    throw new CommandFailure(
      `${guest.name} could not come in by the code: ${entered.message ?? entered.code}`,
      1,
    );
  await guest.play(entered.value, bot);
}

async function everybodySeesTheEnd(players: readonly Player[], signal: AbortSignal): Promise<void> {
  const ends = await Promise.allSettled(players.map((player) => player.end(signal)));
  const failed = ends.filter((end) => end.status === 'rejected').map(({ reason }) => messageOf(reason));
  if (failed.length === 0) return;
  const others = failed.length > 1 ? ` (and ${failed.length - 1} more like it)` : '';
  throw new CommandFailure(
    `The party did not come to its end: ${failed[0]}${others}.${whereTheyAre(players)}`,
    1,
  );
}

function whereTheyAre(players: readonly Player[]): string {
  const value = players[0]?.follower?.value;
  if (!value) return '';
  const phase =
    value.view && typeof value.view === 'object' && 'phase' in value.view
      ? String(value.view.phase)
      : 'not yet begun';
  return ` The host stands at entry ${value.size}, phase "${phase}", ${value.status}.`;
}
