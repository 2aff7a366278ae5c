/** Trivia, version 1: questions against the clock, sealed answers, points for being right and quick. */
import type { Game } from '../game.ts';
import { rulesHashes } from '../rulesHash.ts';
import { apply } from './apply.ts';
import { wantsSighting } from './answer.ts';
import { check } from './check.ts';
import { decode, encode } from './codec.ts';
import { Config } from './config.ts';
import { deal, owes, unseal } from './deal.ts';
import { fared } from './fared.ts';
import { Body } from './intents.ts';
import { chores } from './chores.ts';
import { openState, type State } from './state.ts';
import { due } from './time.ts';
import { card, view } from './view.ts';

export const trivia: Game<Config, State, Body> = {
  name: 'trivia',
  version: 1,
  rules: rulesHashes.trivia,
  config: Config,
  body: Body,
  open: openState,
  check,
  apply,
  isOver: ({ phase }) => phase === 'closed',
  due,
  owes,
  deal,
  unseal,
  wants: wantsSighting,
  asks: () => [],
  view,
  card,
  fared,
  chores,
  encode,
  decode,
};

export { type AnswerRequest, answerBody, lotKeyOf } from './answerBody.ts';
export { Body as TriviaBody } from './intents.ts';
export { ANSWER_SIZE, answerSize, type Kind, kindOf, KINDS } from './kinds.ts';
export { MAX_SAID_LENGTH } from './readSaid.ts';
export type { Said } from './said.ts';
export { isAccepted } from './words/matches.ts';
export { Config as TriviaConfig } from './config.ts';
export type { State as TriviaState } from './state.ts';
export type { RestView, View as TriviaView, Standing } from './view.ts';
export type { RoundKind } from './rounds.ts';
export type { SaidCount } from './saidView.ts';
export type { MyResult, RoundResult, RoundView } from './roundView.ts';
export type { OverView } from './over.ts';
export type { RateableQuestion } from './votes.ts';
export type { Award, Summary, TeamScore } from './summary.ts';
