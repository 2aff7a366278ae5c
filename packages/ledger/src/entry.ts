/** The closed union of what a world's ledger holds (docs/spec/ledger.cddl); leaf 0 is the genesis. */
import type { Bytes } from './bytes.ts';
import type { Cbor } from './cbor.ts';

/** Milliseconds since 1970 by the authority's clock; never smaller than in the entry before. */
export type Millis = number;

/** Leaf 0. The world's id is the SHA-256 of its bytes, so nothing can be replayed in another world. */
export interface Genesis<Config = Cbor> {
  readonly kind: 'genesis';
  readonly v: 1;
  readonly at: Millis;
  /** 16 random bytes: two worlds of one configuration differ. */
  readonly nonce: Bytes;
  readonly authority: { readonly name: string; readonly key: Bytes };
  /** Keys that may continue this world under a new origin, in order. */
  readonly successors: readonly Bytes[];
  /** The credential key that asked for the world. */
  readonly host: Bytes;
  readonly game: string;
  readonly version: number;
  /** SHA-256 over the sources of that game version's folder. */
  readonly rules: Bytes;
  readonly config: Config;
  /** The policy file without its log line (`genesisPolicy`): the log's key name holds this genesis' hash. */
  readonly policy: string;
  /** The authority's own commit for dice: `randCommit(nonce32, authority key, secret)`. */
  readonly rand: Bytes;
  readonly parent?: Parent;
}

/** The world that this one goes on from, with chains of its own. */
export interface Parent {
  /** The newest signed note that its authority holds. */
  readonly checkpoint: Bytes;
  /** SHA-256 of the snapshot there. */
  readonly state: Bytes;
  /** What was signed beyond `checkpoint` and is lost: the authority signs no other end of the parent, and owns up to this. */
  readonly lost?: LostEnd;
}

export interface LostEnd {
  /** Of the largest tree that was signed. */
  readonly size: number;
  readonly root: Bytes;
  /** Those that their holders have shown, by index; none of these intents is in the parent any more. */
  readonly receipts: readonly LostReceipt[];
}

export interface LostReceipt {
  readonly index: number;
  readonly intentHash: Bytes;
}

/** A chain-valid intent, verbatim; `refused` is the code by which the rules said no. */
export interface IntentEntry {
  readonly kind: 'intent';
  readonly at: Millis;
  /** Who carried it: `relay`, `peer`, `local`. */
  readonly via: string;
  /** Least of the measured round trips in ms, already capped by the authority; absent when unknown. */
  readonly rtt?: number;
  readonly bytes: Bytes;
  readonly sig: Bytes;
  readonly refused?: string;
}

/** Signed words of others that they saw an intent before a cut (`seen.ts`). */
export interface SeenEntry {
  readonly kind: 'seen';
  readonly at: Millis;
  readonly seen: readonly { readonly bytes: Bytes; readonly sig: Bytes }[];
}

export interface TimeEntry {
  readonly kind: 'time';
  readonly at: Millis;
}
/** Binds what will be revealed later: `commits[i]` is the `dealCommit` of `(what, from + i)`. */
export interface CommitEntry {
  readonly kind: 'commit';
  readonly at: Millis;
  readonly what: string;
  readonly from: number;
  readonly commits: readonly Bytes[];
}
/** A fresh X25519 key that intents of this lot (a question, an auction) are sealed to. */
export interface KeyEntry {
  readonly kind: 'key';
  readonly at: Millis;
  readonly lot: number;
  readonly pk: Bytes;
}
/** Fixes the set of randomness commits of one draw, sorted by key. */
export interface LockEntry {
  readonly kind: 'lock';
  readonly at: Millis;
  readonly round: number;
  readonly commits: readonly { readonly who: Bytes; readonly commit: Bytes }[];
}
/** Opens one commitment. `what: 'dice'` opens the genesis' `rand`, its `value` is the 32-byte secret. */
export interface RevealEntry {
  readonly kind: 'reveal';
  readonly at: Millis;
  readonly what: string;
  readonly index: number;
  readonly nonce: Bytes;
  readonly value: Cbor;
}
/** Opens a lot: its private key and every sealed value, by the index of the intent's entry; in parts that fit an entry. */
export interface LotEntry {
  readonly kind: 'lot';
  readonly at: Millis;
  readonly lot: number;
  readonly sk: Bytes;
  readonly openings: readonly { readonly index: number; readonly nonce: Bytes; readonly value: Cbor }[];
  /** Entries whose seal does not open to its own commit. */
  readonly void: readonly number[];
  /** True when another part follows. */
  readonly more: boolean;
}
/** A question to minds; the answer is a mind's intent. */
export interface ThinkEntry {
  readonly kind: 'think';
  readonly at: Millis;
  readonly id: number;
  readonly ask: Cbor;
  readonly deadline: Millis;
  readonly fallback: Cbor;
}
/** SHA-256 of the canonical world state after all entries before this one. */
export interface StateEntry {
  readonly kind: 'state';
  readonly at: Millis;
  readonly hash: Bytes;
}
/** The authority was away: the game's clock stands still from `pause` to `resume`. */
export interface PauseEntry {
  readonly kind: 'pause';
  readonly at: Millis;
  readonly reason: string;
}
export interface ResumeEntry {
  readonly kind: 'resume';
  readonly at: Millis;
}
export interface UpgradeEntry {
  readonly kind: 'upgrade';
  readonly at: Millis;
  readonly toVersion: number;
  readonly rules: Bytes;
  readonly stateBefore: Bytes;
  readonly stateAfter: Bytes;
}
export interface RotateEntry {
  readonly kind: 'rotate';
  readonly at: Millis;
  readonly newKey: Bytes;
  readonly effectiveSize: number;
  readonly sigOld: Bytes;
  readonly sigNew: Bytes;
}
/** The last entry; `finalSize` counts it. The one before it is a `state`. */
export interface CloseEntry {
  readonly kind: 'close';
  readonly at: Millis;
  readonly finalSize: number;
  readonly reason: string;
}

/** An entry as its bytes say it. */
export type LogEntry =
  | Genesis
  | IntentEntry
  | SeenEntry
  | TimeEntry
  | CommitEntry
  | KeyEntry
  | LockEntry
  | RevealEntry
  | LotEntry
  | ThinkEntry
  | StateEntry
  | PauseEntry
  | ResumeEntry
  | UpgradeEntry
  | RotateEntry
  | CloseEntry;

/** An entry is at most this long; larger payloads go beside the ledger under their hash. */
export const MAX_ENTRY_BYTES = 8192;
