/** Tries to bring back what recovering worlds lost, whenever there is somebody to ask, until it works. */
import {
  appendLeaf,
  type Bytes,
  bytesToHex,
  decodeFrontier,
  equalBytes,
  frontierRoot,
  leafHash,
} from '@fairground/ledger';
import type { Sought } from '@fairground/protocol';
import { ownCheckpoint } from '../log/checkpointOf.ts';
import type { Clock, Log } from '../ports.ts';
import type { RoomRow } from '../store/ports.ts';
import { learnHead, shortName } from './heads.ts';
import type { Slot } from './live.ts';
import { type RecoverDeps, type Recovered, recoverWorld } from './recoverWorld.ts';
import type { SuffixPart, SuffixSource } from './suffix.ts';

export interface RecovererDeps extends RecoverDeps {
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
  readonly clock: Clock;
  readonly log: Log;
  /** In the order in which they are asked. */
  readonly sources: readonly SuffixSource[];
  roomOf(room: Uint8Array, world: Uint8Array): RoomRow | undefined;
  /** Asks everybody for what no source has; `undefined` when it is back. */
  seek(world: Bytes, range: Sought | undefined): void;
  /** The world is whole again in the store. */
  recovered(slot: Slot, recovered: Recovered): Promise<void>;
}

export interface Recoverer {
  /** Asks now, and again later as long as something is missing. Never rejects. */
  attempt(): Promise<void>;
  /** Somebody brings what was sought. True if it is, and the world is whole again. Never rejects. */
  offer(world: Bytes, part: SuffixPart): Promise<boolean>;
  /** After what is under way. */
  stop(): Promise<void>;
}

const retryMs = 30_000;

export function createRecoverer(deps: RecovererDeps): Recoverer {
  let running: Promise<void> | undefined;
  let cancel = () => {};
  let isStopped = false;
  let offers: Promise<unknown> = Promise.resolve();

  async function run(): Promise<void> {
    cancel();
    for (const slot of deps.slots.values())
      if (!isStopped && slot.lost && !(await recoverSlot(deps, slot, deps.sources)))
        await seekFor(deps, slot);
    running = undefined;
    const isWaiting = [...deps.slots.values()].some(({ lost }) => lost);
    if (isWaiting && !isStopped) cancel = deps.clock.setTimer(retryMs, () => void attempt());
  }

  function attempt(): Promise<void> {
    return (running ??= run());
  }

  /** One at a time, and never beside an attempt. */
  async function offer(world: Bytes, part: SuffixPart): Promise<boolean> {
    await running;
    const slot = deps.slots.get(bytesToHex(world));
    if (isStopped || !slot) return false;
    // Whoever has seen more of a world than we know of says so by bringing it.
    if (part.checkpoint) await learnHead(deps, slot, part.checkpoint);
    if (!slot.lost || !(await isSought(deps, slot, part))) return false;
    return recoverSlot(deps, slot, [participant(part)]);
  }

  return {
    attempt,
    offer(world, part) {
      const offered = offers.then(() => offer(world, part)).catch(() => false);
      offers = offered;
      return offered;
    },
    async stop() {
      isStopped = true;
      cancel();
      await running;
      await offers;
    },
  };
}

function participant(part: SuffixPart): SuffixSource {
  return {
    name: 'a participant',
    keepsBatches: false,
    suffix: async (_, from) => [
      { ...part, first: from, entries: part.entries.slice(Math.max(0, from - part.first)) },
    ],
  };
}

async function seekFor({ store, seek }: RecovererDeps, { world, lost }: Slot): Promise<void> {
  const row = await store.world(world).catch(() => undefined);
  if (row && lost) seek(world, { from: row.size, size: lost.size });
}

/** Cheap, before anything is replayed: these entries lead from the store to a tree that this key has signed, at least as far as the lock. */
async function isSought(
  { store, keys }: RecovererDeps,
  { world, lost }: Slot,
  { first, entries, checkpoint }: SuffixPart,
): Promise<boolean> {
  const row = await store.world(world);
  const frontier = row && decodeFrontier(row.frontier);
  const signed = checkpoint && ownCheckpoint(checkpoint, keys);
  if (!row || !frontier?.ok || !signed?.ok || !lost || first > row.size) return false;
  const grown = entries
    .slice(row.size - first)
    .reduce((tree, bytes) => appendLeaf(tree, leafHash(bytes)), frontier.value);
  const { size, root } = signed.value;
  return size >= lost.size && grown.size === size && equalBytes(frontierRoot(grown), root);
}

/** True if the world is whole again. */
async function recoverSlot(
  deps: RecovererDeps,
  slot: Slot,
  sources: readonly SuffixSource[],
): Promise<boolean> {
  const { log, store } = deps;
  const world = bytesToHex(slot.world);
  for (const source of sources) {
    try {
      const row = await store.world(slot.world);
      const room = row && deps.roomOf(row.room, row.world);
      if (!row || !room || !slot.lost) return false;
      const recovered = await recoverWorld(deps, source, { row, room, lost: slot.lost });
      if (recovered.ok) {
        const { size } = recovered.value;
        log.info({ world, from: row.size, size, source: source.name }, 'what was lost of a world is back');
        delete slot.lost;
        delete slot.reason;
        deps.seek(slot.world, undefined);
        await deps.recovered(slot, recovered.value);
        return true;
      }
      const { code, message } = recovered;
      log.warn({ world, source: source.name, code, message }, stillLost(slot));
    } catch (fault) {
      log.warn({ world, source: source.name, fault }, stillLost(slot));
    }
  }
  return false;
}

function stillLost({ world, lost }: Slot): string {
  return `world ${shortName(world)} still lacks entries of the ${lost?.size ?? 0} that were signed: bring back the newest data folder, or leave the authority running until a relay or a participant that holds them is connected`;
}
