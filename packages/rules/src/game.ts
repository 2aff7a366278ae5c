/** A game is one value: pure functions that the authority drives and everybody who checks runs again. */
import type {
  Bytes,
  Cbor,
  Entry,
  Intent,
  LogEntry,
  Millis,
  Replayable,
  SealedIntent,
  Sighting,
  Viewer,
} from '@fairground/ledger';

/** Something the authority must deal or open now. */
export interface Owed {
  /** `deal` makes entries from a secret, `unseal` opens what was committed or sealed. */
  readonly act: 'deal' | 'unseal';
  /** The purpose; together with `index` it derives the secret: HKDF(worldSecret, what ‖ index). */
  readonly what: string;
  readonly index: number;
  /** Overdue past this, the rules void it. */
  readonly by: Millis;
  /** What a supplier must provide first, e.g. `{ kind: 'questions', request: { topics, count } }`. Made durable before any commitment is logged. */
  readonly needs?: { readonly kind: string; readonly request: Cbor };
  /** The lot whose sealed intents must be handed over. */
  readonly lot?: number;
}

/** What a deal may use: what its supplier gave (durably), and the sealed intents of its lot. */
export interface Supply {
  readonly things?: Cbor;
  readonly sealed: readonly SealedIntent[];
}

/** Each member of a union without its time, which the authority stamps. */
type WithoutTime<T> = T extends { readonly at: Millis } ? Omit<T, 'at'> : never;
type ByAuthority = Exclude<
  LogEntry,
  {
    kind:
      | 'genesis'
      | 'intent'
      | 'seen'
      | 'state'
      | 'upgrade'
      | 'rotate'
      | 'time'
      | 'pause'
      | 'resume'
      | 'close';
  }
>;
/** An entry to be logged; `close` asks the driver to end the world. */
export type Draft = WithoutTime<ByAuthority> | { readonly kind: 'close'; readonly reason: string };

/** A question to minds that is open. */
export interface Think {
  readonly id: number;
  readonly ask: Cbor;
  readonly deadline: Millis;
  readonly fallback: Cbor;
}

/** What the directory says about a world, without knowing its game. */
export interface Card {
  readonly title: string;
  readonly topic: string;
  readonly phase: 'open' | 'running' | 'over';
  readonly players: number;
  readonly seats: number;
}

/** How something that was supplied has fared: in numbers, of nobody in particular. */
export interface Fared {
  /** Under which it was supplied. */
  readonly id: string;
  readonly answered: number;
  /** Of these, wholly right. */
  readonly hits: number;
}

/**
 * The one interface. The authority never branches on a game's name.
 * What a device does for its person unasked (revealing a dice share) is `chores`.
 */
export interface Game<Config, State, Body extends { readonly kind: string }> extends Replayable<
  Config,
  State,
  Body
> {
  /** When the authority must let time pass next. */
  due(state: State): Millis | undefined;
  /** What must be dealt or opened now, in order; empty when nothing is owed. */
  owes(state: State): readonly Owed[];
  /** Pure: entries from a 32-byte secret and what was supplied. */
  deal(state: State, owed: Owed, secret: Bytes, supply: Supply): readonly Draft[];
  unseal(state: State, owed: Owed, secret: Bytes, supply: Supply): readonly Draft[];
  /** True if logging this sighting now would change anything; a game without it has no use for sightings. */
  wants?(state: State, sighting: Sighting): boolean;
  /** Which questions to minds are open. */
  asks(state: State): readonly Think[];
  card(state: State): Card;
  /** How what was supplied has fared, for its supplier to learn from once the world is closed. */
  fared?(state: State): readonly Fared[];
  /** Intents that this viewer's device owes by itself, given its secret of this world (32 bytes). Empty when nothing is owed. */
  chores(state: State, viewer: Viewer, secret: Bytes): readonly Body[];
  readonly later?: readonly AnyRulesGame[];
}

/** A game of which nothing is known but that it is one. */
// oxlint-disable-next-line typescript/no-explicit-any -- existential type: config, state and body are the game's own business
export type AnyRulesGame = Game<any, any, any>;

export type { Entry, Intent, SealedIntent, Viewer };
