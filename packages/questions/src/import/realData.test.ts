import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { importQuestions } from './importQuestions.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const FOLDER = join(resolve(ROOT, process.env['FAIRGROUND_TEST_DATA'] ?? '../shared/data'), 'opentriviaqa');

test('[Q18] the whole of OpenTriviaQA comes in within 5 s, and nothing good is left out', (context) => {
  if (!existsSync(FOLDER))
    skipAloud(context, `OpenTriviaQA is not in ${FOLDER}: set FAIRGROUND_TEST_DATA to the folder above it`);
  const files = readdirSync(FOLDER).map((name) => ({
    name,
    bytes: new Uint8Array(readFileSync(join(FOLDER, name))),
  }));
  const started = process.threadCpuUsage();
  const { questions, refused, merged } = importQuestions(files);
  const { user, system } = process.threadCpuUsage(started);
  expect({ questions: questions.length, merged }).toEqual({ questions: 22_033, merged: 230 });
  expect(countBy(refused.map(({ code }) => code))).toEqual({
    answers_repeat: 12,
    answer_empty: 2,
    text_unreadable: 2,
  });
  expect(
    questions.filter(({ text, answers }) => /[\ufffd\u0080-\u009f]|Ã.|â€/u.test(text + answers.join('')))
      .length,
  ).toBe(0);
  expect((user + system) / 1000).toBeLessThan(5_000);
});

/** Most reporters swallow the note of a skipped test. */
function skipAloud(context: TestContext, reason: string): never {
  console.warn(`Skipped: ${reason}`);
  context.skip(reason);
}

function countBy(codes: readonly string[]): Record<string, number> {
  return Object.fromEntries(codes.map((code) => [code, codes.filter((other) => other === code).length]));
}
