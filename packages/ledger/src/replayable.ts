/** What replaying a world needs of a game; `Game` in packages/rules extends it. */
import type { Bytes } from './bytes.ts';
import type {
  CommitEntry,
  Genesis,
  KeyEntry,
  LockEntry,
  LotEntry,
  Millis,
  PauseEntry,
  ResumeEntry,
  RevealEntry,
  SeenEntry,
  ThinkEntry,
  TimeEntry,
} from './entry.ts';

/** An intent as the rules see it: who and when come from the verified entry, never from the message. */
export interface Intent<Body> {
  readonly key: Bytes;
  readonly seq: number;
  /** SHA-256 of the intent's bytes. */
  readonly hash: Bytes;
  /** The index of its entry; sealed values are opened by it. */
  readonly index: number;
  readonly at: Millis;
  /** Measured round trip in ms, 0 when unknown. */
  readonly rtt: number;
  /** The intent's `body` with its `kind` put in: `{ kind: 'take', count: 2 }`. */
  readonly body: Body;
}

/** A signed sighting whose signature has been checked. */
export interface Sighting {
  readonly witness: Bytes;
  readonly lot: number;
  readonly intentHash: Bytes;
  readonly at: Millis;
}

/** An entry as the rules see it. Every entry lets time pass to its `at` first: the replayer applies a `time` before it checks or applies. */
export type Entry<Body> =
  | TimeEntry
  | { readonly kind: 'intent'; readonly at: Millis; readonly intent: Intent<Body> }
  | (Omit<SeenEntry, 'seen'> & { readonly seen: readonly Sighting[] })
  | CommitEntry
  | KeyEntry
  | LockEntry
  | RevealEntry
  | LotEntry
  | ThinkEntry
  | PauseEntry
  | ResumeEntry;

/** Why the rules say no: a snake_case code from the game's own list. */
export interface Refusal {
  readonly code: string;
}

/** Thrown by `apply` when an entry that is no intent cannot be: the authority lied. */
export class RulesFault extends Error {
  readonly code: string;
  constructor(code: string, message = code) {
    super(message);
    this.name = 'RulesFault';
    this.code = code;
  }
}

/** A schema by structure, so that this package need not know zod. */
export interface Schema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false; error: { message: string } };
}

/** What a world opens with. */
export interface Opening<Config> {
  /** SHA-256 of the genesis bytes. */
  readonly world: Bytes;
  readonly genesis: Genesis<Config>;
}

/** Who looks: a seat's key, or nobody in particular. */
export interface Viewer {
  readonly key?: Bytes;
}

export interface Replayable<Config, State, Body> {
  readonly name: string;
  readonly version: number;
  /** SHA-256 over the names and bytes of this game version's sources. */
  readonly rules: Bytes;
  /** What a lobby may set. */
  readonly config: Schema<Config>;
  /** What an intent may say: its `body` with `kind` put in. */
  readonly body: Schema<Body>;
  open(opening: Opening<Config>): State;
  /** Pure and cheap; changes nothing. The state's clock already stands at `intent.at`. */
  check(state: State, intent: Intent<Body>): Refusal | undefined;
  /** Total for admitted intents, deterministic, integers only. May reuse the state's memory: the caller forgets the old state. Throws `RulesFault` for an impossible entry. */
  apply(state: State, entry: Entry<Body>): State;
  /** True once the game is over and may be closed. */
  isOver(state: State): boolean;
  /** What a screen shows, to a seat's key or to nobody in particular; what nobody in particular sees is plain data that canonical CBOR can hold. */
  view(state: State, viewer: Viewer): unknown;
  encode(state: State): Bytes;
  decode(bytes: Bytes): State;
  /** Versions that a world of this one may be brought to by `upgrade` entries: the next first, each with a `migrate`. */
  readonly later?: readonly AnyGame[];
  /** Pure: from a state of the version before. May reuse its memory. */
  migrate?(before: unknown): State;
}

/** A game of which nothing is known but that it can be replayed. */
// oxlint-disable-next-line typescript/no-explicit-any -- existential type: config, state and body are the game's own business
export type AnyGame = Replayable<any, any, any>;
