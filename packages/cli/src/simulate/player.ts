/** One simulated person: a real client with a key of its own, that does what its bot says. */
import { type Bytes, keyToDid } from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Follower,
  type FollowerState,
  type Joined,
  type OutboxRecord,
  type Peer,
  type Ports,
  seedIdentity,
  systemClock,
  systemPorts,
} from '@fairground/peer';
import type { Bot, BotMaker, Move } from './bot.ts';

export interface Player {
  readonly name: string;
  readonly peer: Peer;
  readonly did: string;
  /** Sits down in the room's world and plays until it is closed. */
  play(joined: Joined, makeBot: BotMaker): Promise<Follower>;
  /** Undefined before it plays. */
  readonly follower: Follower | undefined;
  /** Resolves when this player has seen the end; rejects when it never will, or when the signal aborts. */
  end(signal: AbortSignal): Promise<void>;
  leave(): void;
}

export function createPlayer(url: string, name: string, seed: Bytes, ports?: Ports): Player {
  return new SimulatedPlayer({ url, name, seed, ports: ports ?? systemPorts() });
}

interface PlayerDeps {
  readonly url: string;
  readonly name: string;
  readonly seed: Bytes;
  readonly ports: Ports;
}

/** Owns a peer, a follower, and the timers of moves that are being thought about. */
class SimulatedPlayer implements Player {
  readonly name: string;
  readonly peer: Peer;
  readonly did: string;
  follower: Follower | undefined;
  readonly #made = new Set<string>();
  readonly #timers = new Set<() => void>();
  #bug: Error | undefined;

  constructor({ url, name, seed, ports }: PlayerDeps) {
    const identity = seedIdentity(seed);
    this.name = name;
    this.did = keyToDid(identity.key);
    this.peer = createPeer({ url, identity, storage: createMemoryStorage(), ports });
  }

  async play({ world, cap }: Joined, makeBot: BotMaker): Promise<Follower> {
    const follower = await this.peer.world(world, cap ?? undefined);
    this.follower = follower;
    const bot = makeBot({ name: this.name, key: this.peer.identity.key, secret: follower.secret });
    follower.subscribe(({ status, view }) => {
      if (view !== undefined && status === 'live') this.#consider(bot, view, follower);
    });
    return follower;
  }

  end(signal: AbortSignal): Promise<void> {
    const { follower } = this;
    if (!follower) return Promise.reject(new Error(`${this.name} is not playing`));
    return new Promise((resolve, reject) => {
      const stops: (() => void)[] = [];
      const finish = (act: () => void) => {
        queueMicrotask(() => stops.splice(0).forEach((stop) => stop()));
        act();
      };
      const look = () => {
        const trouble = this.#bug?.message ?? troubleOf(follower.value, follower.mine.value);
        if (trouble !== undefined) return finish(() => reject(new Error(`${this.name}: ${trouble}`)));
        if (follower.value.status === 'closed') finish(resolve);
      };
      const onAbort = () => finish(() => reject(new Error(`${this.name} never saw the end`)));
      signal.addEventListener('abort', onAbort);
      stops.push(() => signal.removeEventListener('abort', onAbort));
      stops.push(follower.subscribe(look), follower.mine.subscribe(look));
      if (signal.aborted) onAbort();
    });
  }

  leave(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.follower?.close();
    this.peer.close();
  }

  #consider(bot: Bot, view: unknown, follower: Follower): void {
    for (const move of this.#movesOf(bot, view)) {
      if (this.#made.has(move.once)) continue;
      this.#made.add(move.once);
      const cancel = systemClock.setTimer(move.afterMs, () => {
        this.#timers.delete(cancel);
        void this.#make(move, follower);
      });
      this.#timers.add(cancel);
    }
  }

  #movesOf(bot: Bot, view: unknown): readonly Move[] {
    try {
      return bot(view);
    } catch (error) {
      this.#bug = error instanceof Error ? error : new Error(String(error));
      return [];
    }
  }

  async #make({ once, wish }: Move, follower: Follower): Promise<void> {
    const submitted = await follower.submit(wish);
    if (!submitted.ok) this.#bug = new Error(`could not ${once}: ${submitted.code}`);
  }
}

/** Why this player will never see the end; undefined while it may. */
function troubleOf({ status, fault }: FollowerState, mine: readonly OutboxRecord[]): string | undefined {
  if (status === 'fault')
    return `the world does not verify at entry ${fault?.index}: ${fault?.message} (${fault?.code})`;
  // What comes after the end changes nothing of it: the player will see it yet.
  const failed = mine.find(({ state, code }) => state === 'failed' && code !== 'world_closed');
  if (failed) return `"${failed.plan.kind}" was not taken: ${failed.code}`;
  const join = mine.find(({ state, plan }) => state === 'refused' && plan.kind === 'join');
  return join && `could not join: ${join.code}`;
}
