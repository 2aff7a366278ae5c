/** A world that is being played: its replayer, its tree, and what its driver needs at hand. */
import {
  type Bytes,
  type Cbor,
  type Millis,
  type SealedIntent,
  type SignedPair,
  type World,
  rulesInForce,
} from '@fairground/ledger';
import type { Pending } from '../log/pending.ts';
import type { Tree } from '../log/tree.ts';
import type { AnyRulesGame } from '@fairground/rules';
import type { LockRow, RoomRow } from '../store/ports.ts';
import type { KeptSnapshot } from './keepSnapshots.ts';

export interface LiveWorld {
  /** The world's id, and the same in hex. */
  readonly world: Bytes;
  readonly id: string;
  /** By which it was opened, with the versions after it. */
  readonly family: AnyRulesGame;
  /** The rules in force. */
  readonly game: AnyRulesGame;
  readonly secret: Bytes;
  /** Ahead of the store by what is collected and in flight. */
  readonly replay: World<unknown>;
  readonly tree: Tree;
  /** What its entries take together. */
  bytes: number;
  /** By key in hex: who had intents logged that the rules refused. After a restart nobody. */
  readonly refusals: Map<string, RefusedLately>;
  room: RoomRow;
  /** By `what/index`: what suppliers gave, durably. */
  readonly supplies: Map<string, Cbor>;
  /** By lot, until it is opened. */
  readonly sealed: Map<number, SealedIntent[]>;
  /** Signed words that wait for the next `seen` entry. */
  readonly sightings: WaitingSighting[];
  /** The commit after which those that did not fit it are looked at again. */
  vouchesAfter?: Pending;
  /** Which are kept, in order. */
  readonly snapshots: KeptSnapshot[];
  /** How many segments are finished. */
  segmentCount: number;
  /** Nothing owed is done before: answers that were under way when the authority fell shall come in first. */
  heldUntil: Millis;
  /** The last entry that was no mere passing of time. */
  busyAt: Millis;
  /** True while a supplier is asked. */
  isSupplying: boolean;
  /** Cancels the timer of the next `time` entry. */
  cancelTimer?: () => void;
  /** Set when the rules failed: nothing is appended any more. */
  halted?: Halted;
}

export function liveWorld(parts: Omit<LiveWorld, 'game'>): LiveWorld {
  return {
    ...parts,
    get game() {
      return rulesInForce(parts.family, parts.replay);
    },
  };
}

/** What is left of a seat's budget for refused entries, at a time; below 0 nothing is logged. */
export interface RefusedLately {
  readonly left: number;
  readonly at: Millis;
}

/** A sighting that has been checked, and who waits for its answer. */
export interface WaitingSighting {
  readonly pair: SignedPair;
  /** The rules still have a use for it. */
  isWanted(): boolean;
  logged(): void;
  useless(): void;
  /** Its world had to be rebuilt. */
  again(): void;
}

export interface Halted {
  readonly code: string;
  readonly message: string;
  /** The entry that could not be applied; empty if it was no entry. */
  readonly entry: Bytes;
}

/** A tree that was signed and is not in the store. A witness tells only how large it is. */
export type Lost = Pick<LockRow, 'world' | 'size'> & Partial<Pick<LockRow, 'root'>>;

/** What is known of a world, played or not. */
export interface Slot {
  readonly world: Bytes;
  /** `asking`: read after a start, and not played before it is known whether others have seen more of it. */
  status: 'loading' | 'asking' | 'live' | 'closed' | 'halted' | 'recovering';
  live?: LiveWorld;
  /** What came in while it was loading or asking, in order. */
  readonly waiting: (() => void)[];
  /** Durable, locked and published. */
  size: number;
  checkpoint: Bytes;
  room: Bytes;
  game: string;
  version: number;
  genesis: Bytes;
  /** Its size when the process began, as long as the time away is not logged. */
  asleepAt?: number;
  /** What was signed, when the store holds less of the same world. */
  lost?: Lost;
  /** For people, when it stands still. */
  reason?: string;
}
