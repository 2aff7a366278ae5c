/** A game and the versions after it: a world is opened by one and may be brought to the others (`upgrade.ts`). */
import type { World } from './world.ts';

/** What of a game is there to choose a version from: itself and those after it. */
interface Versions<Game> {
  readonly version: number;
  readonly later?: readonly Game[];
}

/** The rules that a world is played by now. Throws for a version that `game` does not lead to: no stepper brings a world there. */
export function rulesInForce<Game extends Versions<Game>>(
  game: Game,
  { version }: Pick<World<unknown>, 'version'>,
): Game {
  const found = versionOf(game, version);
  if (!found) throw new Error(`rulesInForce: version ${version} does not come after ${game.version}`);
  return found;
}

/** Undefined for what this build does not have. */
export function versionOf<Game extends Versions<Game>>(game: Game, version: number): Game | undefined {
  return game.version === version ? game : game.later?.find((one) => one.version === version);
}
