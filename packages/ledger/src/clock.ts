/** How time reaches a game: every entry lets it pass to its own `at` first, once, unless the world is paused. */
import type { Millis } from './entry.ts';
import type { Replayable } from './replayable.ts';
import type { World } from './world.ts';

type Clocked<State> = Pick<Replayable<never, State, never>, 'apply'>;

/** Brings the game's clock to `at`; does nothing if `admit` has already brought it there for this entry. */
export function letTimePass<State>(game: Clocked<State>, world: World<State>, at: Millis): void {
  if (world.paused || world.clock === at) return;
  world.state = game.apply(world.state, { kind: 'time', at });
}

/** An admitted entry that is not stepped would leave the live game ahead of every replay, so that is a bug and throws. */
export function assertClock(world: World<unknown>, at: Millis): void {
  if (world.clock !== undefined && world.clock !== at) throw new Error('an admitted entry was not stepped');
}
