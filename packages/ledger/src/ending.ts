/** The entries that a driver appends when a segment or the world ends: both need the game's clock where the entry's `at` is. */
import { assertClock, letTimePass } from './clock.ts';
import type { CloseEntry, Millis, StateEntry } from './entry.ts';
import type { AnyGame, Replayable } from './replayable.ts';
import { stateHash } from './snapshot.ts';
import { rulesInForce } from './versions.ts';
import type { World } from './world.ts';

/** The `state` to append next, for a segment's end (`needsState`) or before a close; to be stepped before anything else. */
export function makeState<Config, State, Body>(
  family: Replayable<Config, State, Body>,
  world: World<State>,
  now: Millis,
): StateEntry {
  const game: Replayable<Config, State, Body> = rulesInForce<AnyGame>(family, world);
  const at = Math.max(now, world.at);
  assertClock(world, at);
  letTimePass(game, world, at);
  world.clock = at;
  world.at = at;
  return { kind: 'state', at, hash: stateHash(game, world) };
}

/** The `close` to append next. Throws unless a `state` is the last entry. */
export function makeClose(world: World<unknown>, reason: string): CloseEntry {
  if (!world.stateIsLast) throw new Error('makeClose: the last entry must be a state');
  return { kind: 'close', at: world.at, finalSize: world.size + 1, reason };
}
