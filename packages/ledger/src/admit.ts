/** What the authority does with an intent before it is an entry: everything but the signature, which the caller has checked. */
import type { Bytes } from './bytes.ts';
import { type ChainRefusal, chainIntent } from './chain.ts';
import { assertClock, letTimePass } from './clock.ts';
import type { IntentEntry, Millis } from './entry.ts';
import { encodeEntry } from './entryCodec.ts';
import type { AnyGame, Intent, Replayable } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { rulesInForce } from './versions.ts';
import { type World, awaitsClose, needsState } from './world.ts';

/**
 * `first_refused`, `refusal_dropped`: its message is the rules' code. `state_due`: append the `state` that ends the segment, then ask again. `time_due`:
 * append a `time` at `world.clock`, then ask again.
 */
export type AdmitCode =
  | ChainRefusal
  | 'first_refused'
  | 'refusal_dropped'
  | 'state_due'
  | 'time_due'
  | 'world_closed'
  | 'world_paused'
  | 'rules_fault';

export interface Arrival {
  readonly bytes: Bytes;
  readonly sig: Bytes;
  readonly at: Millis;
  readonly via: string;
  readonly rtt?: number;
  /** A refusal is to leave no trace, as that of a key's first intent leaves none: too many of this key are logged already. */
  readonly dropsRefusal?: boolean;
}

export interface Admitted {
  readonly entry: IntentEntry;
  readonly entryBytes: Bytes;
  /** The rules' code if they say no; the entry is logged nevertheless. */
  readonly refused?: string;
}

/**
 * An entry that `step` will take, or a problem that leaves no trace. A key's first intent is logged only if the rules admit it. The
 * game's clock is brought to `at` (never before the last entry's), so the entry is to be stepped before anything else, or the world
 * thrown away.
 */
export function admit<Config, State, Body>(
  family: Replayable<Config, State, Body>,
  world: World<State>,
  arrival: Arrival,
): Result<Admitted, AdmitCode> {
  if (world.closed || awaitsClose(world)) return err('world_closed');
  if (world.paused) return err('world_paused');
  if (needsState(world)) return err('state_due');
  const at = Math.max(arrival.at, world.at);
  assertClock(world, at);
  const game: Replayable<Config, State, Body> = rulesInForce<AnyGame>(family, world);
  const chained = chainIntent(game, world, { ...arrival, at });
  if (!chained.ok) return chained;
  const checked = checkAt(game, world, chained.value.intent, arrival.dropsRefusal === true);
  return checked.ok ? ok(toEntry(arrival, at, checked.value)) : checked;
}

/**
 * Time must not pass for an intent that is not logged. So one whose refusal is not is asked about before time passes; if only the passing made it
 * impossible, that passing has changed something and is worth an entry of its own.
 */
function checkAt<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  intent: Intent<Body>,
  dropsRefusal: boolean,
): Result<string | undefined, 'first_refused' | 'refusal_dropped' | 'time_due' | 'rules_fault'> {
  const isFirst = intent.seq === 0;
  const isDropped = isFirst || dropsRefusal;
  try {
    const early = isDropped ? game.check(world.state, intent) : undefined;
    if (early) return err(isFirst ? 'first_refused' : 'refusal_dropped', early.code);
    letTimePass(game, world, intent.at);
    world.clock = intent.at;
    const refused = game.check(world.state, intent)?.code;
    return refused !== undefined && isDropped ? err('time_due', refused) : ok(refused);
  } catch (fault) {
    return err('rules_fault', fault instanceof Error ? fault.message : String(fault));
  }
}

function toEntry({ bytes, sig, via, rtt }: Arrival, at: Millis, refused: string | undefined): Admitted {
  const entry: IntentEntry = {
    kind: 'intent',
    at,
    via,
    bytes,
    sig,
    ...(rtt === undefined ? {} : { rtt }),
    ...(refused === undefined ? {} : { refused }),
  };
  const entryBytes = encodeEntry(entry);
  return refused === undefined ? { entry, entryBytes } : { entry, entryBytes, refused };
}
