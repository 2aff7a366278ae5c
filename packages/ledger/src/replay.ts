/** The one stepper: what is admitted, followed and verified goes through here, so that a replay is what was live. */
import { type Bytes, equalBytes } from './bytes.ts';
import { type ChainOptions, type ChainRefusal, type Chained, chainIntent } from './chain.ts';
import { assertClock, letTimePass } from './clock.ts';
import { signedBytes, verifyEd25519Sync } from './ed25519.ts';
import type { CloseEntry, IntentEntry, LogEntry, SeenEntry, StateEntry } from './entry.ts';
import { type EntryRefusal, decodeEntry } from './entryCodec.ts';
import type { IntentParts } from './intent.ts';
import {
  type AnyGame,
  type Entry,
  type Intent,
  type Replayable,
  RulesFault,
  type Sighting,
} from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { type RotateRefusal, verifyRotate } from './rotate.ts';
import { parseSeen } from './seen.ts';
import { stateHash } from './snapshot.ts';
import { type UpgradeRefusal, stepUpgrade } from './upgrade.ts';
import { rulesInForce } from './versions.ts';
import { type World, awaitsClose, needsState } from './world.ts';

/** Why a log is not what its world's rules make of it. */
export type VerifyCode =
  | EntryRefusal
  | ChainRefusal
  | RotateRefusal
  | UpgradeRefusal
  | PlaceRefusal
  | ContentRefusal;

export type PlaceRefusal =
  | 'after_close'
  | 'time_backwards'
  | 'genesis_again'
  | 'state_missing'
  | 'close_missing'
  | 'close_without_state'
  | 'world_paused'
  | 'resume_without_pause';

export type ContentRefusal =
  | 'rules_fault'
  | 'intent_signature'
  | 'refusal_mismatch'
  | 'first_intent_refused'
  | 'seen_malformed'
  | 'seen_world'
  | 'seen_lot'
  | 'seen_signature'
  | 'close_time'
  | 'close_size'
  | 'close_too_early';

export interface Stepped<Body> {
  readonly index: number;
  readonly entry: LogEntry;
  /** For intents, refused ones included: as the rules saw it, and as it was sent. */
  readonly intent?: Intent<Body>;
  readonly parts?: IntentParts;
  /** Its key in hex, as `world.heads` is indexed. */
  readonly keyHex?: string;
}

export interface StepOptions extends ChainOptions {
  /** The caller has checked the signatures of intents and sightings, or will (one per chain is enough); by default each is checked here. */
  readonly trustIntentSignatures?: boolean;
}

/** Reasons for which a world may be closed before its game says that it is over. */
export const earlyCloseReasons: readonly string[] = ['abandoned', 'authority_default', 'succeeded'];

/**
 * Applies one entry's bytes. Whatever the bytes are it does not throw; after a failure the world may be half way and is thrown away.
 * A throw of the game's is `rules_fault`.
 */
export function step<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  entryBytes: Bytes,
  options: StepOptions = {},
): Result<Stepped<Body>, VerifyCode> {
  if (world.closed) return err('after_close');
  const decoded = decodeEntry(entryBytes);
  if (!decoded.ok) return decoded;
  const entry = decoded.value;
  const misplaced = entry.at < world.at ? 'time_backwards' : misplacement(world, entry);
  if (misplaced) return err(misplaced);
  assertClock(world, entry.at);
  const index = world.size;
  const stepped = guarded(() => stepEntry(game, world, entry, options));
  if (!stepped.ok) return stepped;
  count(world, entry, entryBytes.length);
  return ok(stepped.value ? { index, entry, ...stepped.value } : { index, entry });
}

function misplacement(world: World<unknown>, { kind }: LogEntry): PlaceRefusal | undefined {
  if (kind === 'genesis') return 'genesis_again';
  if (awaitsClose(world) && kind !== 'close') return 'close_missing';
  if (needsState(world) && kind !== 'state') return 'state_missing';
  if (kind === 'close' && !world.stateIsLast) return 'close_without_state';
  if (kind === 'resume' && !world.paused) return 'resume_without_pause';
  return world.paused && !allowedInPause.has(kind) ? 'world_paused' : undefined;
}

const allowedInPause: ReadonlySet<LogEntry['kind']> = new Set([
  'resume',
  'state',
  'close',
  'rotate',
  'upgrade',
]);

function guarded<T>(act: () => Result<T, VerifyCode>): Result<T, VerifyCode> {
  try {
    return act();
  } catch (fault) {
    const code = fault instanceof RulesFault ? `${fault.code}: ` : '';
    return err('rules_fault', code + (fault instanceof Error ? fault.message : String(fault)));
  }
}

type Outcome<Body> = Result<Chained<Body> | undefined, VerifyCode>;

function stepEntry<Config, State, Body>(
  family: Replayable<Config, State, Body>,
  world: World<State>,
  entry: LogEntry,
  options: StepOptions,
): Outcome<Body> {
  const game: Replayable<Config, State, Body> = rulesInForce<AnyGame>(family, world);
  if (entry.kind === 'close') return stepClose(game, world, entry);
  if (entry.kind === 'intent') return stepIntent(game, world, entry, options);
  if (entry.kind === 'state' && isSnapshotOf(game, world, entry)) return ok(undefined);
  letTimePass(game, world, entry.at);
  world.at = entry.at;
  switch (entry.kind) {
    case 'time':
      return ok(undefined);
    case 'seen':
      return stepSeen(game, world, entry, options);
    case 'state':
      return stepState(game, world, entry);
    case 'rotate': {
      const rotated = verifyRotate(world, entry);
      if (rotated.ok) world.authorityKey = entry.newKey;
      return rotated.ok ? ok(undefined) : rotated;
    }
    case 'pause':
    case 'resume':
      world.paused = entry.kind === 'pause';
      return apply(game, world, entry);
    case 'upgrade':
      return stepUpgrade(family, world, entry);
    case 'genesis':
      throw new Error('a second genesis is misplaced');
    default:
      return apply(game, world, entry);
  }
}

function apply<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  entry: Entry<Body>,
): Result<undefined, VerifyCode> {
  world.state = game.apply(world.state, entry);
  return ok(undefined);
}

function stepIntent<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  entry: IntentEntry,
  options: StepOptions,
): Outcome<Body> {
  const chained = chainIntent(game, world, entry, options);
  if (!chained.ok) return chained;
  const { intent, keyHex } = chained.value;
  if (
    options.trustIntentSignatures !== true &&
    !verifyEd25519Sync(intent.key, signedBytes('intent', entry.bytes), entry.sig)
  ) {
    return err('intent_signature');
  }
  letTimePass(game, world, entry.at);
  world.at = entry.at;
  const refused = game.check(world.state, intent)?.code;
  if (refused !== entry.refused)
    return err('refusal_mismatch', `rules: ${refused ?? 'none'}, log: ${entry.refused ?? 'none'}`);
  if (refused !== undefined && intent.seq === 0) return err('first_intent_refused');
  if (refused === undefined) apply(game, world, { kind: 'intent', at: entry.at, intent });
  world.heads.set(keyHex, { seq: intent.seq, hash: intent.hash });
  return chained;
}

function stepSeen<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  entry: SeenEntry,
  { trustIntentSignatures = false }: StepOptions,
): Outcome<Body> {
  const sightings: Sighting[] = [];
  for (const { bytes, sig } of entry.seen) {
    const seen = parseSeen(bytes);
    if (!seen.ok) return seen;
    const { lot, witness, intentHash, at } = seen.value;
    if (!equalBytes(seen.value.world, world.opening.world)) return err('seen_world');
    if (lot === null) return err('seen_lot', 'a sighting counts for a lot');
    if (!trustIntentSignatures && !verifyEd25519Sync(witness, signedBytes('seen', bytes), sig))
      return err('seen_signature');
    sightings.push({ witness, lot, intentHash, at });
  }
  return apply(game, world, { kind: 'seen', at: entry.at, seen: sightings });
}

function stepState<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  entry: StateEntry,
): Outcome<Body> {
  return equalBytes(stateHash(game, world), entry.hash) ? ok(undefined) : err('state_mismatch');
}

/** The snapshot was made when time had passed for this very entry: it must not pass again. */
function isSnapshotOf<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  { at, hash }: StateEntry,
): boolean {
  return world.isRestored === true && at === world.at && equalBytes(stateHash(game, world), hash);
}

/** No time passes between the last `state` and the close, so that the signed state is the final one. */
function stepClose<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  { at, finalSize, reason }: CloseEntry,
): Outcome<Body> {
  if (at !== world.at) return err('close_time');
  if (finalSize !== world.size + 1) return err('close_size');
  if (!earlyCloseReasons.includes(reason) && !game.isOver(world.state)) return err('close_too_early');
  world.closed = { at, finalSize, reason };
  return ok(undefined);
}

function count(world: World<unknown>, { kind }: LogEntry, length: number): void {
  const endsSegment = kind === 'state' && needsState(world);
  world.size += 1;
  world.segmentBytes = endsSegment ? 0 : world.segmentBytes + length;
  if (endsSegment) world.segmentStart = world.size;
  world.stateIsLast = kind === 'state';
  delete world.clock;
  delete world.isRestored;
}
