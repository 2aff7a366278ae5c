import { expect, test } from 'vitest';
import { exportQuestions } from './export.ts';
import type { ExportFormat } from './export/formats.ts';
import { importQuestions } from './import/importQuestions.ts';
import { aQuestion } from './testQuestion.ts';
import type { Question } from './question.ts';

const written = (format: ExportFormat, ...questions: Question[]) =>
  [...exportQuestions(questions, format)].join('');
const TRICKY = aQuestion({
  text: 'Is "a, b" = {c~d}: #1?',
  answers: ['=SUM(A1)', '-5', 'a:b', '<b>&</b>'],
  correct: [1],
  explanation: 'So: {yes}',
});
const TRUTH = aQuestion({ text: 'Cats purr.', answers: ['True', 'False'], correct: [0] });

test('[Q30] a line of JSONL has the nine keys in their order, an explanation that is not there is null', () => {
  const [line = ''] = written('jsonl', aQuestion(), TRICKY).split('\n');
  expect(Object.keys(JSON.parse(line))).toEqual([
    'id',
    'topic',
    'kind',
    'text',
    'answers',
    'correct',
    'explanation',
    'source',
    'quality',
  ]);
  expect(JSON.parse(line)).toMatchObject({
    explanation: null,
    answers: ['Sydney', 'Canberra', 'Perth'],
    correct: [1],
  });
});

test('[Q30] what is exported as JSONL comes in again as the same questions, with all their sources', () => {
  const shared = { ...aQuestion(), source: { ...aQuestion().source, also: [{ name: 'B', licence: 'MIT' }] } };
  const questions = [shared, TRICKY, TRUTH];
  const bytes = new TextEncoder().encode(written('jsonl', ...questions));
  expect(importQuestions([{ name: 'x.jsonl', bytes }])).toMatchObject({ questions, refused: [], merged: 0 });
});

test('[Q31] CSV has a header, the right answer first, quotes as RFC 4180 says, and no formulas', () => {
  const [header, row] = written('csv', TRICKY).split('\r\n');
  expect(header).toBe(
    'id,topic,kind,text,right,wrong1,wrong2,wrong3,wrong4,wrong5,explanation,source,licence,quality,language,unit,windowMs,points,image,alt,author,url',
  );
  expect(row).toBe(
    `${TRICKY.id},geography,choice,"Is ""a, b"" = {c~d}: #1?",-5,'=SUM(A1),a:b,<b>&</b>,,,So: {yes},Test,CC0-1.0,500,en,,,,,,,`,
  );
});

test('[Q32] GIFT escapes its signs and marks the right answer', () => {
  expect(written('gift', TRICKY)).toBe(
    `$CATEGORY: geography\n\n::${TRICKY.id}::[plain]Is "a, b" \\= \\{c\\~d\\}\\: \\#1? {\n~\\=SUM(A1)\n=-5\n~a\\:b\n~<b>&</b>\n####So\\: \\{yes\\}\n}\n\n`,
  );
  expect(written('gift', TRUTH)).toContain('Cats purr. {TRUE}');
});

test('[Q33] the Open Trivia DB form is its API’s JSON, also for no question at all', () => {
  expect(JSON.parse(written('opentdb'))).toEqual({ response_code: 0, results: [] });
  expect(JSON.parse(written('opentdb', TRUTH, TRICKY)).results).toEqual([
    {
      type: 'boolean',
      difficulty: 'medium',
      category: 'Geography',
      question: 'Cats purr.',
      correct_answer: 'True',
      incorrect_answers: ['False'],
    },
    {
      type: 'multiple',
      difficulty: 'medium',
      category: 'Geography',
      question: 'Is &quot;a, b&quot; = {c~d}: #1?',
      correct_answer: '-5',
      incorrect_answers: ['=SUM(A1)', 'a:b', '&lt;b&gt;&amp;&lt;/b&gt;'],
    },
  ]);
});
