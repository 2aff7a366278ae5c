import { expect, test } from 'vitest';
import { importInSteps, importQuestions, MAX_FILE_BYTES } from './importQuestions.ts';
import type { ImportProgress } from './importQuestions.ts';
import { bytesOf, MIXED } from './openTriviaQa.fixture.ts';

const blocks = (count: number) =>
  bytesOf(...Array.from({ length: count }, (_, n) => `#Q What is ${n}?\n^ ${n}\nA ${n}\nB no ${n}\n\n`));

test('[Q22] a file of more than 32 MiB is refused unread, the others are taken', () => {
  const files = [
    { name: 'giant', bytes: new Uint8Array(MAX_FILE_BYTES + 1) },
    { name: 'small', bytes: MIXED },
  ];
  const { questions, refused } = importQuestions(files);
  expect(refused).toMatchObject([{ file: 'giant', line: 1, code: 'file_too_large' }]);
  expect(questions).toHaveLength(6);
});

test('[Q23] an import proceeds in small steps that say how far it is, up to the last byte', () => {
  const files = [
    { name: 'one', bytes: blocks(1_000) },
    { name: 'two', bytes: MIXED },
  ];
  const total = files[0]!.bytes.length + MIXED.length;
  const steps = importInSteps(files);
  const seen: ImportProgress[] = [];
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) seen.push(step.value);
  expect(step.value.questions).toHaveLength(1_006);
  expect(seen.length).toBeGreaterThan(1_000 / 64);
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
  expect(seen.at(-1)).toEqual({ file: 'two', done: total, total });
});

test.each([
  ['nothing', bytesOf('')],
  ['prose', bytesOf('Dear friends,\nno questions here.\n')],
  ['an empty array', bytesOf('[]')],
  ['a picture', bytesOf(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0)],
])('[Q24] a file that holds %s is refused as one without questions', (_, bytes) => {
  expect(importQuestions([{ name: 'x', bytes }])).toMatchObject({
    questions: [],
    refused: [{ code: 'no_questions', line: 1 }],
  });
});

test('[Q25] duplicates are counted and merged across files', () => {
  const twice = [
    { name: 'a', bytes: MIXED },
    { name: 'b', bytes: MIXED },
  ];
  const { questions, merged, refused } = importQuestions(twice);
  expect([questions.length, merged, refused.length]).toEqual([6, 6, 0]);
});

test('[Q17] options win over what the file’s name says', () => {
  const source = { name: 'A friend', licence: 'CC0-1.0' };
  const { questions } = importQuestions([{ name: 'animals', bytes: MIXED }], {
    topic: 'cats',
    language: 'en-GB',
    source,
  });
  expect(questions[0]).toMatchObject({ topic: 'cats', language: 'en-GB', source });
});

test('[Q16] of every question that is taken the place is told where it was first found', () => {
  const { questions, places } = importQuestions([
    { name: 'one', bytes: blocks(3) },
    { name: 'two', bytes: blocks(4) },
  ]);
  expect(questions.map(({ id }) => places.get(id))).toEqual([
    { file: 'one', line: 1 },
    { file: 'one', line: 6 },
    { file: 'one', line: 11 },
    { file: 'two', line: 16 },
  ]);
});
