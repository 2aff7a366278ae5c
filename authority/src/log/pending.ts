/** What is collected for the next commit: entries that were applied in memory and are not durable yet. */
import { type Bytes, type Frontier, bytesToHex, frontierRoot } from '@fairground/ledger';
import type { IntentRow, RoomRow, SealedRow, SegmentRow, SnapshotRow, TileRow } from '../store/ports.ts';

/** The end of a batch: the next entry begins another one. */
export interface Cut {
  readonly first: number;
  readonly end: number;
  readonly root: Bytes;
  /** Whose checkpoint it gets. */
  readonly key: Bytes;
}

export interface PendingWorld {
  readonly world: Bytes;
  readonly origin: string;
  readonly expectedSize: number;
  readonly entries: Bytes[];
  readonly intents: IntentRow[];
  readonly sealed: SealedRow[];
  readonly opened: number[];
  readonly tiles: TileRow[];
  readonly snapshots: SnapshotRow[];
  readonly stale: number[];
  readonly segments: SegmentRow[];
  readonly cuts: Cut[];
  /** After the last of the entries. */
  frontier: Frontier;
  /** Which the log names after the last of the entries. */
  key: Bytes;
  closed: boolean;
  /** A `time` is among the entries. */
  hasTime: boolean;
  /** A `seen` is among the entries. */
  hasSeen: boolean;
  room?: RoomRow;
}

/** Somebody waits for this commit. */
export interface Outcome {
  /** The world that it is about. */
  readonly world: Bytes;
  /** Durable, locked and published. */
  done(): void;
  /** Nothing of it stands; the world has been rebuilt. */
  undone(): void;
}

export interface Pending {
  /** By world in hex. */
  readonly worlds: Map<string, PendingWorld>;
  readonly outcomes: Outcome[];
}

export function emptyPending(): Pending {
  return { worlds: new Map(), outcomes: [] };
}

export function isEmpty({ worlds, outcomes }: Pending): boolean {
  return worlds.size === 0 && outcomes.length === 0;
}

/** The part of a world, begun at `frontier` if there is none. */
export function pendingWorld(
  pending: Pending,
  { world, origin, frontier, key }: Pick<PendingWorld, 'world' | 'origin' | 'frontier' | 'key'>,
): PendingWorld {
  const id = bytesToHex(world);
  const known = pending.worlds.get(id);
  if (known) return known;
  const made: PendingWorld = {
    world,
    origin,
    expectedSize: frontier.size,
    entries: [],
    intents: [],
    sealed: [],
    opened: [],
    tiles: [],
    snapshots: [],
    stale: [],
    segments: [],
    cuts: [],
    frontier,
    key,
    closed: false,
    hasTime: false,
    hasSeen: false,
  };
  pending.worlds.set(id, made);
  return made;
}

/** Ends the batch that is open, if it holds an entry. */
export function cutBatch(world: PendingWorld): void {
  const first = world.cuts.at(-1)?.end ?? world.expectedSize;
  const end = world.frontier.size;
  if (end > first) world.cuts.push({ first, end, root: frontierRoot(world.frontier), key: world.key });
}

/** Takes worlds out of what is collected, with everybody who waits for them. */
export function withdraw(pending: Pending, worlds: ReadonlySet<string>): readonly Outcome[] {
  for (const world of worlds) pending.worlds.delete(world);
  const gone = pending.outcomes.filter(({ world }) => worlds.has(bytesToHex(world)));
  const kept = pending.outcomes.filter((outcome) => !gone.includes(outcome));
  pending.outcomes.splice(0, pending.outcomes.length, ...kept);
  return gone;
}
