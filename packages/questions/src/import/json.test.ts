import { expect, test } from 'vitest';
import { importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const CATS = '{"text": "Do cats purr, \\"mostly\\"?", "answers": ["Yes", "No"], "correct": [0]}';
const DOGS =
  '{"text": "Do dogs bark?", "answers": ["False", "True"], "correct": [1], "kind": "boolean", "explanation": null}';
const imported = (text: string, name = 'pets.json') => importQuestions([{ name, bytes: bytesOf(text) }]);

test.each([
  ['an array', `[${CATS}, ${DOGS}]`],
  [
    'an array over several lines',
    `\ufeff[\r\n  ${CATS.replace(', "answers"', ',\r\n"answers"')}\r\n  ,\n  ${DOGS}\n]\n`,
  ],
  ['one a line', `${CATS}\r\n\n${DOGS}`],
])('[Q20] questions come in as %s', (_, text) => {
  const { questions, refused } = imported(text);
  expect(refused).toEqual([]);
  expect(questions.map(({ text: asked, kind, topic }) => [asked, kind, topic])).toEqual([
    ['Do cats purr, "mostly"?', 'choice', 'pets'],
    ['Do dogs bark?', 'boolean', 'pets'],
  ]);
});

test('[Q20] the id is computed again, so that a mended typo gives the mended question its own', () => {
  const { questions } = imported(CATS.replace('{', '{"id": "q-1", '));
  expect(questions[0]?.id).toBe(imported(CATS).questions[0]?.id);
});

test.each([
  ['invalid_json', CATS.replace('"answers"', 'answers')],
  ['invalid_json', '{"text": "Unfinished'],
  ['invalid_question', '"only text"'],
  ['invalid_question', CATS.replace('"correct"', '"right"')],
  ['invalid_question', CATS.replace('{', '{"hint": "yes", ')],
  ['invalid_question', CATS.replace('[0]', '[0.5]')],
  // Half a character: nothing that is hashed or signed can hold it.
  ['invalid_question', CATS.replace('{', '{"topic": "\\ud800", ')],
  ['right_answer_not_among', CATS.replace('[0]', '[2]')],
  ['not_boolean', CATS.replace('{', '{"kind": "boolean", ')],
])('[Q21] a bad question is refused as %s with its line, and the ones around it are taken', (code, bad) => {
  const asLines = imported(`${DOGS}\n\n${bad}\n${CATS.replace('cats', 'lions')}\n`, 'x.jsonl');
  expect(asLines.refused).toMatchObject([{ file: 'x.jsonl', line: 3, code }]);
  expect(asLines.questions).toHaveLength(2);
});

test('[Q20] a single object may stand over several lines', () => {
  expect(imported(CATS.replace(', "answers"', ',\n  "answers"')).questions).toHaveLength(1);
});

test('[Q21] a bad first line spoils only itself', () => {
  expect(imported(`{bad\n${CATS}\n`)).toMatchObject({
    questions: [{ kind: 'choice' }],
    refused: [{ line: 1 }],
  });
});

test('[Q21] in an array, too, the line is the one on which the bad element begins', () => {
  const { questions, refused } = imported(`[\n${DOGS},\n{"text":\n1},\n${CATS}]`);
  expect(refused).toMatchObject([{ line: 3, code: 'invalid_question' }]);
  expect(questions).toHaveLength(2);
});

test('[Q21] JSON that is not UTF-8 is refused as a whole', () => {
  const { refused } = importQuestions([{ name: 'x', bytes: bytesOf('[{"text": "caf', 0xe9, '"}]') }]);
  expect(refused).toMatchObject([{ line: 1, code: 'invalid_json' }]);
});

test('[Q21] ten thousand open brackets are refused and break nothing', () => {
  expect(imported('['.repeat(10_000)).refused).toMatchObject([{ code: 'invalid_json' }]);
});
