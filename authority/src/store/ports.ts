/** Where a log is kept (`LogStore`) and where it is remembered what was signed last (`Lock`): ports with a contract suite each. */
import type { Bytes, Cbor, Millis } from '@fairground/ledger';
import type { Visibility } from '@fairground/protocol';

/** A lobby that outlives its matches. */
export interface RoomRow {
  readonly room: Bytes;
  /** The key that opened it: only it may ask for the room's next world. */
  readonly host: Bytes;
  readonly visibility: Visibility;
  /** Null exactly for listed rooms. */
  readonly cap: Bytes | null;
  /** Six digits; null for private rooms and for those that were left long ago. */
  readonly code: string | null;
  /** The current world. */
  readonly world: Bytes;
  readonly game: string;
  readonly title: string;
}

/** Everything about a world that must be durable before its genesis is signed. */
export interface WorldPlan {
  readonly world: Bytes;
  readonly game: string;
  readonly version: number;
  readonly genesis: Bytes;
  /** All secrets of the world are derived from these 32 bytes. */
  readonly secret: Bytes;
  readonly room: RoomRow;
  readonly create: {
    readonly host: Bytes;
    readonly nonce: Bytes;
    /** SHA-256 of the request: the same one again gets the same answer. */
    readonly request: Bytes;
  };
  readonly at: Millis;
}

export interface WorldRow {
  readonly world: Bytes;
  readonly room: Bytes;
  readonly game: string;
  readonly version: number;
  readonly genesis: Bytes;
  readonly secret: Bytes;
  /** 0 until the genesis itself is in the log. */
  readonly size: number;
  /** What its entries take together. */
  readonly bytes: number;
  /** `encodeFrontier` at `size`. */
  readonly frontier: Bytes;
  /** The newest signed note that is stored: after a crash that of an earlier size, and empty if there is none. */
  readonly checkpoint: Bytes;
  readonly closed: boolean;
  /** When it was made. */
  readonly at: Millis;
}

export interface IntentRow {
  readonly hash: Bytes;
  readonly key: Bytes;
  readonly seq: number;
  readonly index: number;
}

/** One element of the world's tail: the entries [first, end). */
export interface BatchSpan {
  readonly first: number;
  readonly end: number;
}

export interface BatchRow extends BatchSpan {
  /** Of size `end`; empty as long as its note is not stored. */
  readonly checkpoint: Bytes;
}

/** The checkpoint of a batch, signed when the batch was durable. */
export interface NoteRow {
  readonly world: Bytes;
  /** Where the batch begins. */
  readonly first: number;
  readonly checkpoint: Bytes;
}

/** A full tile of hashes. */
export interface TileRow {
  readonly level: number;
  readonly n: number;
  readonly bytes: Bytes;
}

/** `encodeWorld` as it stood before the `state` entry at `index`, which names its hash. */
export interface SnapshotRow {
  readonly hash: Bytes;
  readonly index: number;
  readonly bytes: Bytes;
}

export interface SealedRow {
  readonly lot: number;
  readonly index: number;
}

/** What one world adds in a commit. */
export interface WorldAppend {
  readonly world: Bytes;
  readonly expectedSize: number;
  readonly entries: readonly Bytes[];
  readonly intents: readonly IntentRow[];
  /** Admitted intents with a seal. */
  readonly sealed: readonly SealedRow[];
  /** Lots that these entries opened: their seals need not be found again. */
  readonly opened: readonly number[];
  readonly batches: readonly BatchSpan[];
  readonly tiles: readonly TileRow[];
  readonly snapshots: readonly SnapshotRow[];
  /** Indexes of snapshots that are kept no longer. */
  readonly stale: readonly number[];
  readonly segments: readonly SegmentRow[];
  readonly frontier: Bytes;
  readonly closed: boolean;
  /** Written with the genesis, and when what it says changes. */
  readonly room?: RoomRow;
}

export interface Commit {
  readonly worlds: readonly WorldAppend[];
  /** Of earlier commits; of each world in their order. */
  readonly notes: readonly NoteRow[];
}

export interface SupplyRow {
  readonly what: string;
  readonly index: number;
  readonly value: Cbor;
}

/** A finished segment: the entries [first, end). The last one of a closed world may be short. */
export interface SegmentRow {
  readonly n: number;
  readonly first: number;
  readonly end: number;
}

/** Why a world stands still, and all that is needed to find out. */
export interface HaltRow {
  readonly code: string;
  readonly message: string;
  /** How many entries were in the log. */
  readonly index: number;
  /** The entry that could not be applied; empty if it was no entry. */
  readonly entry: Bytes;
  /** `encodeWorld` of all that is in the log; empty if even that cannot be made. */
  readonly state: Bytes;
  readonly at: Millis;
}

/** What entries take together. */
export function bytesOf(entries: readonly Bytes[]): number {
  return entries.reduce((sum, { length }) => sum + length, 0);
}

/** Thrown by `append` when a world is not at its expected size; nothing of the commit is kept. */
export class SizeMismatch extends Error {
  constructor(world: string, expected: number, actual: number) {
    super(`the log of ${world} has ${actual} entries, not ${expected}`);
    this.name = 'SizeMismatch';
  }
}

/**
 * Every promise of a write resolves once it survives a power cut, and rejects with nothing written. Calls take effect in the order in
 * which they are made. Secrets and supplies are kept apart from the log, so that a backup of the log holds neither.
 */
export interface LogStore {
  /** The world with size 0; its secret becomes durable first. */
  prepare(plan: WorldPlan): Promise<void>;
  /** What an earlier request with this nonce made. */
  plan(host: Bytes, nonce: Bytes): Promise<WorldPlan | undefined>;
  /** One transaction for all worlds; fails whole with `SizeMismatch`. */
  append(commit: Commit): Promise<void>;

  worlds(): Promise<readonly WorldRow[]>;
  world(world: Bytes): Promise<WorldRow | undefined>;
  rooms(): Promise<readonly RoomRow[]>;
  putRoom(room: RoomRow): Promise<void>;

  /** The entries [from, to), verbatim; fewer where the log ends. */
  entries(world: Bytes, from: number, to: number): Promise<readonly Bytes[]>;
  intent(world: Bytes, hash: Bytes): Promise<IntentRow | undefined>;
  /** The newest intent of a key. */
  head(world: Bytes, key: Bytes): Promise<IntentRow | undefined>;
  /** In order, those that begin at `from` or later. */
  batches(world: Bytes, from: number): Promise<readonly BatchRow[]>;
  /** The full tiles [from, to) of a level, in order. */
  tiles(world: Bytes, level: number, from: number, to: number): Promise<readonly Bytes[]>;
  /** The newest one, or the one with this hash. */
  snapshot(world: Bytes, hash?: Bytes): Promise<SnapshotRow | undefined>;
  /** The indexes of those that are kept, in order. */
  snapshots(world: Bytes): Promise<readonly number[]>;
  /** Of lots that are not opened. */
  sealed(world: Bytes): Promise<readonly SealedRow[]>;

  putSupply(world: Bytes, supply: SupplyRow): Promise<void>;
  supplies(world: Bytes): Promise<readonly SupplyRow[]>;
  segments(world: Bytes): Promise<readonly SegmentRow[]>;
  putDocument(name: string, state: Bytes): Promise<void>;
  document(name: string): Promise<Bytes | undefined>;
  putHalt(world: Bytes, halt: HaltRow): Promise<void>;
  halt(world: Bytes): Promise<HaltRow | undefined>;

  close(): Promise<void>;
}

/** The last checkpoint that was signed for a world. */
export interface LockRow {
  readonly world: Bytes;
  readonly size: number;
  readonly root: Bytes;
}

/** Lives outside the data folder and outside every backup of it, so that an older copy of the log is noticed. */
export interface Lock {
  /** The newest row of every world. Throws with a sentence if the file was damaged. */
  read(): Promise<readonly LockRow[]>;
  /** Durable when it resolves. */
  write(rows: readonly LockRow[]): Promise<void>;
  close(): Promise<void>;
}
