/** The games that are played in a run. */
import { tally } from '@fairground/authority/testing';
import { type AnyRulesGame, games } from '@fairground/rules';

export const playedGames: readonly AnyRulesGame[] = [...games, tally];
