import { expect, test } from 'vitest';
import { importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const imported = (...parts: (string | number)[]) => {
  const { questions, refused } = importQuestions([{ name: 'rivers.txt', bytes: bytesOf(...parts) }]);
  return {
    questions: questions.map(({ text, answers, correct }) => [text, answers.join('|'), ...correct]),
    refused: refused.map(({ line, code }) => `${line} ${code}`),
    topics: new Set(questions.map(({ topic }) => topic)),
  };
};

test('[Q65] Aiken: a question, lettered answers, and the letter of the right one', () => {
  const { questions, refused, topics } = imported(
    'Which river flows through Cairo?\nA. Nile\nB. Rhine\nANSWER: A\n\n',
    'Which river flows\r\nthrough K',
    0xf6,
    'ln?\r\n\r\nA) Nile\r\nB) Rhine\r\nANSWER:  B \r\n',
    'Rivers flow uphill.\rA. True\rB. False\rANSWER: B',
  );
  expect(questions).toEqual([
    ['Which river flows through Cairo?', 'Nile|Rhine', 0],
    ['Which river flows through Köln?', 'Nile|Rhine', 1],
    ['Rivers flow uphill.', 'True|False', 1],
  ]);
  expect([refused, [...topics]]).toEqual([[], ['rivers']]);
});

test('[Q65] what Aiken cannot mean is refused where it begins, and what stands around it is taken', () => {
  const { questions, refused } = imported(
    'A quiz about rivers\n\n', // 1
    'No answer named?\nA. Nile\nB. Rhine\n\n', // 3
    'Good?\nA. Yes\nB. No\nANSWER: A\n', // 7
    'A letter too far?\nA. Yes\nC. No\nANSWER: A\n', // 11
    'Two right?\nA. Yes\nB. No\nANSWER: A, B\n', // 15
    'Not among them?\nA. Yes\nB. No\nANSWER: C\n', // 19
    'ANSWER: A\n', // 23
    'The last line', // 24
  );
  expect(questions).toEqual([['Good?', 'Yes|No', 0]]);
  expect(refused).toEqual([
    '1 stray_line',
    '3 no_right_answer',
    '11 stray_line',
    '15 several_right_answers',
    '19 right_answer_not_among',
    '23 stray_line',
    '24 stray_line',
  ]);
});
