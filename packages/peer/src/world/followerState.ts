/** What a followed world shows and takes, and what following it needs. */
import type { Bytes, Cbor, Result } from '@fairground/ledger';
import type { OpenDocument } from '../document.ts';
import type { Identity } from '../identity.ts';
import type { Live } from '../live.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxRecord } from '../outbox/record.ts';
import type { Clock, Ports } from '../ports.ts';
import type { GuessOffset } from './authorityClock.ts';
import type { BringBack } from './bringBack.ts';
import type { ReadLog } from './catchUp.ts';
import type { Charge } from './court.ts';
import type { LogKeeper } from './logKeeper.ts';
import type { NamedShelf } from './namedShelf.ts';
import type { Tribunal } from './tribunal.ts';
import type { NamedWitnesses } from './witnessesOf.ts';
import type { FollowedLog, GameLookup, LogFault, VerifiedLevel, VerifiedLog } from './verifiedLog.ts';

export interface FollowerState {
  /** `live`: the tail is connected and all of it is verified. `offline`: what is shown may be old. `fault`: see `fault`. */
  readonly status: 'loading' | 'live' | 'offline' | 'fault' | 'closed';
  /** Entries verified. */
  readonly size: number;
  readonly verified: {
    readonly level: VerifiedLevel;
    readonly to: number;
    /** Of `replayed`: the entry whose snapshot it began at. */
    readonly from?: number;
  };
  /** For whoever looks on: what size the newest signed picture stands for, and that what of it could be compared was no lie. */
  readonly pictured?: number;
  readonly fault?: LogFault;
  /** What is proved, against the authority or whoever carried our words: each can be taken away as a file. */
  readonly charges: readonly Charge[];
  /** The authority has signed a head that is not of this history, and nobody has shown how: this convicts nobody. */
  readonly isDoubted: boolean;
  /** The entry that should hold something of ours: a receipt says so, the authority has signed a log so long, and nobody shows it. */
  readonly withheld?: number;
  /** `game.view` for this device's key; before the genesis is in what the authority has signed for lookers-on, if that is at hand. */
  readonly view: unknown;
  readonly game?: string;
  /** Once the genesis is in. */
  readonly witnesses?: NamedWitnesses;
  /** The authority's clock minus this device's, ms. */
  readonly clockOffset: number;
  /** The code with which the relay refuses the tail: nothing more comes by itself. */
  readonly refusedWith?: string;
}

export interface FollowerDeps {
  readonly world: Bytes;
  readonly identity: Identity;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: Ports['random'];
  readonly gameFor: GameLookup;
  /** From how many entries on that it lacks it begins at a snapshot. */
  readonly longWay?: number;
  /** Opens the tail document anew. */
  openTail(): OpenDocument;
  /** Opens the document of signed pictures, for whoever looks on; absent for whoever plays. */
  readonly openView?: () => OpenDocument;
  readonly readLog: ReadLog;
  /** Files that the world's entries name. */
  readonly shelf: NamedShelf;
  /** This device's 32 secret bytes of this world. */
  readonly secret: Bytes;
  /** Told whose word counts in this world, as often as entries come. */
  heardAuthority(key: Bytes): void;
  readonly guessOffset: GuessOffset;
  /** What was verified is kept here. */
  readonly keeper: LogKeeper;
  /** Asks whether the authority lacks what we have, and brings it. */
  readonly bringBack: BringBack;
  /** Keys of the relays that this device has chosen. */
  relays(): readonly Bytes[];
}

/** What a person or bot wants to do. `seal` hides `value` until its lot is opened. */
export interface Wish {
  readonly kind: string;
  readonly body?: { readonly [key: string]: Cbor };
  readonly seal?: { readonly lot: number; readonly value: Cbor; readonly size: number };
}

export interface Follower extends Live<FollowerState> {
  readonly world: Bytes;
  readonly secret: Bytes;
  /** This device's intents in this world, oldest first. */
  readonly mine: Live<readonly OutboxRecord[]>;
  /** Stored on the device when it resolves; follow `mine` for what becomes of it. */
  submit(wish: Wish): Promise<Result<OutboxRecord, 'lot_unknown'>>;
  /** What has been verified so far. */
  readonly log: VerifiedLog;
  /** What is shown: the same, or while that is on its way the one that began at a snapshot. */
  readonly shown: FollowedLog;
  /** Whether the authority keeps its word: hears heads and proofs of others. */
  readonly tribunal: Pick<Tribunal, 'hear' | 'accuse' | 'pursue'>;
  /** A file that an entry names by its SHA-256 in hexadecimal: nothing else than what has that hash. `unreachable` when nobody answers. */
  file(hash: string): Promise<Result<Bytes, string>>;
  /** That as a `.fair` file, without asking anybody but for files that it names and that are not here yet. Rejects while `size` is 0. */
  takeHome(): Promise<Bytes>;
  reconnect(): void;
  close(): void;
}
