/** The view that the rules make for a screen; ids are hex of a key. */
import type { TriviaView } from '@fairground/rules';

export type { TriviaView } from '@fairground/rules';
export type TriviaConfig = TriviaView['config'];
export type Round = NonNullable<TriviaView['round']>;
export type RoundResult = NonNullable<Round['result']>;
export type MyResult = NonNullable<RoundResult['mine']>;
export type Standing = TriviaView['standings'][number];
export type SeatSummary = NonNullable<TriviaView['over']>['seats'][number];
