/** The rules room: games as pure functions, run by the authority and again by everybody who checks. */
import { findGame } from '@fairground/ledger';
import type { AnyRulesGame } from './game.ts';
import { nim } from './nim/index.ts';
import { trivia } from './trivia/index.ts';
import { versions } from './versions.ts';

export * from './game.ts';
export { type DiceShare, deriveSecret, diceCommit, diceOf } from './dice/secret.ts';
export { foldName, isName, MAX_NAME_LENGTH } from './names/name.ts';
export * from './nim/index.ts';
export * from './trivia/index.ts';
export { WAGER_MS } from './trivia/phases.ts';
export { versions } from './versions.ts';

/** Every game and version that this build can run, the versions of one in order. */
export const games: readonly AnyRulesGame[] = [...versions(nim), ...versions(trivia)];

/** The built-in rules of a version; undefined for what this build does not know. */
export function gameFor(name: string, version: number): AnyRulesGame | undefined {
  return findGame(games, { game: name, version });
}
