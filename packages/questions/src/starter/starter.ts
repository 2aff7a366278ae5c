/** Sixty questions of our own, ten topics of six, in the public domain (CC0): what a fresh installation can play. */
import { unwrap } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { Question, Source } from '../question.ts';
import { food } from './food.ts';
import { geography } from './geography.ts';
import { history } from './history.ts';
import { movies } from './movies.ts';
import { music } from './music.ts';
import { nature } from './nature.ts';
import { pop } from './pop.ts';
import { science } from './science.ts';
import { sports } from './sports.ts';
import type { StarterQuestion } from './starterQuestion.ts';
import { words } from './words.ts';

const SOURCE: Source = { name: 'Fairground', licence: 'CC0-1.0' };
/** Checked by hand, so better than what nobody has judged yet. */
const QUALITY = 650;
const TOPICS = { pop, geography, science, history, movies, sports, food, words, nature, music };

/** Throws if one of ours is malformed: that is a bug. */
export function starterQuestions(): readonly Question[] {
  return Object.entries(TOPICS).flatMap(([topic, questions]) =>
    questions.map((question) => finish(topic, question)),
  );
}

/** In alphabetical order, so that the place of an answer says nothing. */
function finish(topic: string, question: StarterQuestion): Question {
  const right = 'right' in question ? question.right : question.isTrue ? 'True' : 'False';
  const answers = 'right' in question ? [right, ...question.wrong].sort(byCodeUnit) : ['True', 'False'];
  const correct = [answers.indexOf(right)];
  const { text, why: explanation } = question;
  return unwrap(
    createQuestion({ topic, text, answers, correct, explanation, source: SOURCE, quality: QUALITY }),
  );
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
