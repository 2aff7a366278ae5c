/** A world while it is being replayed: the game's state and what every game has around it. Mutable, and owned by one replayer. */
import type { Bytes } from './bytes.ts';
import type { Millis } from './entry.ts';
import { type GenesisRefusal, originOf, parseGenesis, worldIdOf } from './genesis.ts';
import type { Opening, Replayable } from './replayable.ts';
import { type Result, err, ok } from './result.ts';

/** The newest intent of a key. */
export interface Head {
  readonly seq: number;
  readonly hash: Bytes;
}

export interface Closing {
  readonly at: Millis;
  readonly finalSize: number;
  readonly reason: string;
}

export interface World<State> {
  readonly opening: Opening<unknown>;
  /** The genesis, verbatim. */
  readonly genesisBytes: Bytes;
  readonly origin: string;
  /** How many entries have been stepped, the genesis included: the index of the next. */
  size: number;
  /** The `at` of the last entry. */
  at: Millis;
  /** Of the game's rules in force: that of the genesis until an `upgrade`. */
  version: number;
  state: State;
  /** By key in hex. */
  heads: Map<string, Head>;
  /** Whose checkpoints are good from here on. */
  authorityKey: Bytes;
  paused: boolean;
  /** The index of the segment's first entry, a multiple of 256. */
  segmentStart: number;
  /** Bytes of the segment's entries so far. */
  segmentBytes: number;
  /** True after a `state`, which only a `close` or, at a segment's end, anything may follow. */
  stateIsLast: boolean;
  closed?: Closing;
  /** Set by `admit`: the time to which the game's clock was brought for an entry that is not stepped yet. */
  clock?: Millis;
  /** Set by `parseWorld` until the first step: time may have passed already for the `state` that holds the snapshot's hash. */
  isRestored?: boolean;
}

export type OpenRefusal = GenesisRefusal | 'rules_unknown' | 'genesis_config' | 'rules_fault';

/** A segment ends at the first multiple of 256 entries with at least this many entries … */
export const SEGMENT_ENTRIES = 1024;
/** … or, before its `state`, this many bytes. */
export const SEGMENT_BYTES = 512 * 1024;
/** Entries in a full entry bundle (C2SP tlog-tiles). */
export const BUNDLE_ENTRIES = 256;

/** The world after its genesis. Refuses another game or version (`rules_unknown`) and a config that the game's schema would change. */
export function openWorld<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  genesisBytes: Bytes,
): Result<World<State>, OpenRefusal> {
  const parsed = parseGenesis(genesisBytes);
  if (!parsed.ok) return parsed;
  const genesis = parsed.value;
  if (genesis.game !== game.name || genesis.version !== game.version) return err('rules_unknown');
  const config = game.config.safeParse(genesis.config);
  if (!config.success) return err('genesis_config', config.error.message);
  const world = worldIdOf(genesisBytes);
  const opening = { world, genesis: { ...genesis, config: config.data } };
  const state = openState(game, opening);
  if (!state.ok) return state;
  return ok({
    opening,
    genesisBytes,
    origin: originOf(genesis.authority.name, world),
    size: 1,
    at: genesis.at,
    version: genesis.version,
    state: state.value,
    heads: new Map(),
    authorityKey: genesis.authority.key,
    paused: false,
    segmentStart: 0,
    segmentBytes: genesisBytes.length,
    stateIsLast: false,
  });
}

function openState<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  opening: Opening<Config>,
): Result<State, 'rules_fault'> {
  try {
    return ok(game.open(opening));
  } catch (fault) {
    return err('rules_fault', fault instanceof Error ? fault.message : String(fault));
  }
}

/** True when the next entry must be a `state`: it would be the last of a segment. */
export function needsState(world: World<unknown>): boolean {
  const size = world.size + 1;
  // After the `state` that a close demands nothing but that close may come, wherever it falls.
  if (size % BUNDLE_ENTRIES !== 0 || world.closed || awaitsClose(world)) return false;
  return size - world.segmentStart >= SEGMENT_ENTRIES || world.segmentBytes >= SEGMENT_BYTES;
}

/** True after a `state` that is no segment's end: it announces the close. */
export function awaitsClose(world: World<unknown>): boolean {
  return world.stateIsLast && world.segmentStart !== world.size;
}
