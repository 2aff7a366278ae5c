/** A game and the versions after it: a world is opened by one and may be brought to the others (`upgrade.ts`). */
import type { World } from './world.ts';

/** Which game is meant: a genesis says it, and so does what is kept beside one. */
export interface NamedGame {
  readonly game: string;
  readonly version: number;
}

/** Undefined for what is not built in. */
export function findGame<Game extends { readonly name: string; readonly version: number }>(
  games: readonly Game[],
  { game, version }: NamedGame,
): Game | undefined {
  return games.find((one) => one.name === game && one.version === version);
}

/** What of a game is there to choose a version from: itself and those after it. */
export interface Versions<Game> {
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
