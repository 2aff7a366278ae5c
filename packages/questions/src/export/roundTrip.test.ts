import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyQuestion } from '../arbitraryQuestion.fixture.ts';
import { exportQuestions } from '../export.ts';
import type { Loss } from '../export.ts';
import { importQuestions } from '../import/importQuestions.ts';
import type { Question } from '../question.ts';
import { aQuestion, ONE_OF_EACH } from '../testQuestion.ts';
import { carriedBy } from './carried.ts';
import { EXPORT_FORMATS } from './formats.ts';
import type { ExportFormat } from './formats.ts';

const written = (format: ExportFormat, questions: readonly Question[], onLoss?: (loss: Loss) => void) =>
  [...exportQuestions(questions, format, onLoss)].join('');
const readAgain = (text: string, format?: ExportFormat) =>
  importQuestions(
    [{ name: 'general', bytes: new TextEncoder().encode(text) }],
    format === undefined ? {} : { format },
  );

test.each(EXPORT_FORMATS)(
  '[Q34] whatever is exported as %s comes in again as what the format carries of it',
  (format) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyQuestion, { maxLength: 4, selector: ({ text }) => text }),
        (questions) => {
          const carried = questions.flatMap((question) => carriedBy(question, format) ?? []);
          fc.pre(new Set(carried.map(({ id }) => id)).size === carried.length);
          const { questions: again, refused } = readAgain(written(format, questions), format);
          if (carried.length > 0) expect(refused).toEqual([]);
          expect(again).toEqual(carried);
        },
      ),
      { numRuns: 60 },
    );
  },
);

test.each(EXPORT_FORMATS)('[Q19] a file that was exported as %s is known by its bytes', (format) => {
  const questions = [...ONE_OF_EACH];
  const carried = questions.flatMap((question) => carriedBy(question, format) ?? []);
  const { questions: again, refused, merged } = readAgain(written(format, questions));
  expect({ again: again.length, refused, merged }).toEqual({ again: carried.length, refused: [], merged: 0 });
  expect(again).toEqual(carried);
});

test('[Q35] of a question that a format cannot say, and of each field that it loses, the exporter is told', () => {
  const rich = aQuestion({ explanation: 'So.', windowMs: 9_000, points: 10, language: 'de' });
  const lostIn = (format: ExportFormat) => {
    const losses: Loss[] = [];
    written(format, [rich, ...ONE_OF_EACH.slice(3)], (loss) => losses.push(loss));
    return losses.map(
      ({ question: { kind }, lost }) => `${kind}: ${lost === 'all' ? 'all' : lost.join(' ')}`,
    );
  };
  expect(lostIn('jsonl')).toEqual([]);
  expect(lostIn('csv')).toEqual([]);
  expect(lostIn('gift')).toEqual([
    'choice: source language windowMs points',
    'text: source',
    'number: source number',
    'order: all',
    'poll: all',
  ]);
  expect(lostIn('aiken')).toEqual([
    'choice: topic explanation source language windowMs points',
    'text: all',
    'number: all',
    'order: all',
    'poll: all',
  ]);
  expect(lostIn('opentdb')[0]).toBe('choice: explanation source language windowMs points');
});

test('[Q35] a picture question goes only where its picture is named', () => {
  const picture = aQuestion({ image: { hash: 'ab'.repeat(32), alt: 'A city' } });
  const formats = EXPORT_FORMATS.filter((format) => carriedBy(picture, format) !== undefined);
  expect(formats).toEqual(['jsonl', 'csv']);
});
