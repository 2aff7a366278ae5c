/** Trivia, version 1: questions against the clock, sealed answers, points for being right and quick. */
import { drawChores } from '../dice/drafts.ts';
import type { Game } from '../game.ts';
import { rulesHashes } from '../rulesHash.ts';
import { apply } from './apply.ts';
import { wantsSighting } from './answer.ts';
import { check } from './check.ts';
import { decode, encode } from './codec.ts';
import { Config } from './config.ts';
import { deal, owes, unseal } from './deal.ts';
import { Body } from './intents.ts';
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
  chores: (state, { key }, secret) => (key ? drawChores(state.draw, key, secret) : []),
  encode,
  decode,
};

export { type AnswerRequest, answerBody, lotKeyOf } from './answerBody.ts';
export { Body as TriviaBody, ANSWER_SIZE } from './intents.ts';
export { Config as TriviaConfig } from './config.ts';
export type { State as TriviaState } from './state.ts';
export type { View as TriviaView, Standing } from './view.ts';
export type { MyResult, RoundResult, RoundView } from './roundView.ts';
export type { OverView } from './over.ts';
export type { Award, Summary } from './summary.ts';
