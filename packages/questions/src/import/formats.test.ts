import { expect, test } from 'vitest';
import { exportQuestions } from '../export.ts';
import { aQuestion } from '../testQuestion.ts';
import { detectFormat, IMPORT_FORMATS } from './formats.ts';
import { importInSteps, importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

test.each([
  ['jsonl', 'x.txt', '\ufeff [\n{}]'],
  ['gift', 'x.txt', '[html]Which? {=A ~B}'],
  ['gift', 'x', '// nothing else\n\nSun? {TRUE}'],
  ['gift', 'quiz.gift', 'only words'],
  ['csv', 'x', 'Question;Answer;Wrong 1\n'],
  ['csv', 'x.csv', 'only words'],
  ['aiken', 'x.csv', 'Which?\nA. a {=b}\nB. c\nANSWER: B'],
  ['opentriviaqa', 'x.gift', '#Q Which {=a}?\n'],
  [undefined, 'x.txt', 'only words'],
])('[Q19] what a file says makes it %s, its name only when that is open', (format, name, text) => {
  expect(detectFormat(name, bytesOf(text))).toBe(format);
});

test('[Q19] the caller may say what it is, and then it is read as that', () => {
  const bytes = bytesOf('Sun? {TRUE}\n');
  expect(importQuestions([{ name: 'x', bytes }], { format: 'aiken' }).refused).toMatchObject([
    { code: 'stray_line' },
  ]);
  expect(importQuestions([{ name: 'x', bytes }], { format: 'gift' }).questions).toHaveLength(1);
});

test('[Q68] 10,000 questions, a share in each format, cost less than 5 s of work, in steps of at most 64', () => {
  const share = Math.ceil(10_000 / IMPORT_FORMATS.length);
  const files = IMPORT_FORMATS.map((format, at) => {
    const questions = Array.from({ length: share }, (_, n) =>
      aQuestion({
        text: `What is number ${n} of file ${at}?`,
        answers: [`It is ${n}`, 'Nothing', `It is ${n + 1}`],
      }),
    );
    return { name: `${format}.txt`, bytes: bytesOf([...exportQuestions(questions, format)].join('')) };
  });
  const started = process.threadCpuUsage();
  const steps = importInSteps(files);
  let count = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) count++;
  const { user, system } = process.threadCpuUsage(started);
  expect({ questions: step.value.questions.length, refused: step.value.refused }).toEqual({
    questions: share * IMPORT_FORMATS.length,
    refused: [],
  });
  expect(count).toBeGreaterThanOrEqual(Math.floor(share / 64) * IMPORT_FORMATS.length);
  expect((user + system) / 1_000).toBeLessThan(5_000);
});
