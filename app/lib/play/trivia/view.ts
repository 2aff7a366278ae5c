/** The view that the rules make for a screen; ids are hex of a key. */
import type { TriviaView } from '@fairground/rules';

export type { TriviaView } from '@fairground/rules';
export type TriviaConfig = TriviaView['config'];
export type Rest = NonNullable<TriviaView['rest']>;
/** Settings of kinds, rounds, teams and the host's hand. */
export type LaterRules = Partial<
  Pick<
    TriviaConfig,
    | 'kinds'
    | 'advance'
    | 'waitMs'
    | 'claimMs'
    | 'lateStart'
    | 'teams'
    | 'teamsBy'
    | 'practice'
    | 'lightning'
    | 'wager'
  >
>;
export type Round = NonNullable<TriviaView['round']>;
export type RoundResult = NonNullable<Round['result']>;
export type MyResult = NonNullable<RoundResult['mine']>;
export type Standing = TriviaView['standings'][number];
export type SeatSummary = NonNullable<TriviaView['over']>['seats'][number];
