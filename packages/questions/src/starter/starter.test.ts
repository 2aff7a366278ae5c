import { expect, test } from 'vitest';
import { parseQuestion } from '../question.ts';
import { meaningKey } from '../questionId.ts';
import { normalText } from '../text.ts';
import { starterQuestions } from './starter.ts';

const questions = starterQuestions();

test('[Q40] there are sixty starter questions, six of each of ten topics', () => {
  const counts = Map.groupBy(questions, ({ topic }) => topic);
  expect([...counts.keys()]).toEqual([
    'pop',
    'geography',
    'science',
    'history',
    'movies',
    'sports',
    'food',
    'words',
    'nature',
    'music',
  ]);
  for (const [topic, ofTopic] of counts) expect([topic, ofTopic.length]).toEqual([topic, 6]);
});

test('[Q40] each is valid, different from all others, free, and explained in one to two sentences', () => {
  expect(new Set(questions.map(meaningKey)).size).toBe(60);
  expect(new Set(questions.map(({ text }) => normalText(text))).size).toBe(60);
  for (const question of questions) {
    expect(parseQuestion(question)).toEqual({ ok: true, value: question });
    expect(question.source).toEqual({ name: 'Fairground', licence: 'CC0-1.0' });
    expect(question.explanation).toMatch(/^.{20,240}[.”]$/u);
  }
});

test('[Q40] each topic has a True/False question, neither answer always right, and no place of the right one stands out', () => {
  const booleans = questions.filter(({ kind }) => kind === 'boolean');
  expect(new Set(booleans.map(({ topic }) => topic)).size).toBe(10);
  expect(new Set(booleans.map(({ correct }) => correct[0])).size).toBe(2);
  const choices = questions.filter(({ kind }) => kind === 'choice');
  const places = Map.groupBy(choices, ({ correct }) => correct[0]);
  expect([...places.keys()].toSorted((a = 0, b = 0) => a - b)).toEqual([0, 1, 2, 3]);
  for (const here of places.values()) expect(here.length).toBeLessThan(25);
});

test('[Q40] no question gives its right answer away', () => {
  const given = questions.filter(({ kind, text, answers, correct }) => {
    const right = normalText(answers[correct[0] ?? -1] ?? '');
    return kind === 'choice' && right.length > 2 && normalText(text).includes(right);
  });
  expect(given).toEqual([]);
});
