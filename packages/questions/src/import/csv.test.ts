import { expect, test } from 'vitest';
import { importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const imported = (...parts: (string | number)[]) =>
  importQuestions([{ name: 'rivers.csv', bytes: bytesOf(...parts) }]);
const rights = ({ questions }: ReturnType<typeof imported>) =>
  questions.map(({ kind, answers, correct }) => `${kind} ${answers.join('|')} ${correct.join()}`);

test.each([
  ['commas', 'text,right,wrong1,wrong2\r\n"Cairo, on which river?",Nile,Rhine,"Po, in Italy"\r\n'],
  [
    'semicolons and a hint for a spreadsheet',
    'sep=;\nQuestion;Correct answer;Incorrect 1;Incorrect 2\nCairo, on which river?;Nile;Rhine;Po, in Italy',
  ],
  [
    'tabs',
    '\ufeffPrompt\tAnswer\tDistractor1\tDistractor2\rCairo, on which river?\tNile\tRhine\tPo, in Italy\r',
  ],
])('[Q66] CSV comes with %s between its columns, which have their usual names', (_, text) => {
  const { questions, refused } = imported(text);
  expect(refused).toEqual([]);
  expect(questions).toMatchObject([
    {
      text: 'Cairo, on which river?',
      answers: ['Nile', 'Rhine', 'Po, in Italy'],
      correct: [0],
      topic: 'rivers',
    },
  ]);
});

test('[Q66] UTF-16, as spreadsheets save it, is read by its byte order mark', () => {
  const text = 'text\tright\twrong1\nWhere is the Café Müller?\tHier\tDort\n';
  const bytes = [
    0xff,
    0xfe,
    ...Array.from(text, (char) => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]).flat(),
  ];
  expect(imported(...bytes).questions[0]?.text).toBe('Where is the Café Müller?');
});

test('[Q66] other programs name the right one of several columns by number, letter or text', () => {
  const header = 'Question,Answer 1,Answer 2,Answer 3,Time limit,Correct answer(s),Type\n';
  const rows = [
    'One?,Po,Nile,Rhine,20,2,',
    'Two?,Po,Nile,Rhine,20,C,Multiple Choice',
    'Three?,Po,Nile,,5,Nile,',
    'Four?,Po,Nile,Rhine,20,"1,3",Checkbox',
  ];
  const read = imported(header + rows.join('\n'));
  expect(rights(read)).toEqual([
    'choice Po|Nile|Rhine 1',
    'choice Po|Nile|Rhine 2',
    'choice Po|Nile 1',
    'multi Po|Nile|Rhine 0,2',
  ]);
  expect(read.questions[0]?.windowMs).toBe(20_000);
});

test('[Q66] each kind has its cells; several answers in one stand between bars', () => {
  const read = imported(
    'kind,text,right,wrong1,wrong2,unit\n',
    'multi,One?,Po | Nile,Mars,,\n',
    'text,Two?,Nile|The Nile|a \\| b,,,\n',
    'order,Three?,Po|Rhine|Nile,,,\n',
    'poll,Four?,Po|Nile,,,\n',
    'number,Five?,-6.5,,,km\n',
    'boolean,Six?,FALSE,,,\n',
  );
  expect(read.refused).toEqual([]);
  expect(rights(read)).toEqual([
    'multi Po|Nile|Mars 0,1',
    'text Nile|The Nile|a | b 0,1,2',
    'order Po|Rhine|Nile 0,1,2',
    'poll Po|Nile ',
    'number  ',
    'boolean True|False 1',
  ]);
  expect(read.questions[4]?.number).toEqual({ value: -65, decimals: 1, unit: 'km' });
});

test('[Q66] where semicolons stand between columns, a comma is a decimal point', () => {
  expect(imported('kind;text;right\nnumber;Pi?;3,14\n').questions[0]?.number).toEqual({
    value: 314,
    decimals: 2,
  });
});

test('[Q67] a cell may hold quotation marks and line ends, and lines are counted through it', () => {
  const { questions, refused } = imported(
    'text,right,wrong1\n"Which ""river""\nis longest?",Nile,Rhine\nHow long is a 5" disk?,127 mm,5 mm\nWrong?,Nile,Nile\n',
  );
  expect(questions.map(({ text }) => text)).toEqual(['Which "river" is longest?', 'How long is a 5" disk?']);
  expect(refused).toMatchObject([{ line: 5, code: 'answers_repeat' }]);
});

test.each([
  ['unclosed', '"Never closed?,Nile,Rhine,'],
  ['text_empty', ',Nile,Rhine,'],
  ['too_few_answers', 'Which?,,Rhine,'],
  ['invalid_question', 'Which?,Nile,Rhine,,,,too many'],
  ['unplayable_kind', 'Which?,Nile,Rhine,essay'],
  ['invalid_number', 'Which?,Nile,,number'],
])('[Q67] a bad row is refused as %s with its line, and the rows around it are taken', (code, bad) => {
  const { questions, refused } = imported(
    `text,right,wrong1,kind\nOne?,Nile,Rhine,\n\n${bad}\nTwo?,Nile,Rhine,\n`,
  );
  expect(refused).toMatchObject([{ file: 'rivers.csv', line: 4, code }]);
  expect(questions).toHaveLength(2);
});

test('[Q67] without a header a CSV file is refused with what the header must say', () => {
  expect(imported('Cairo?,Nile,Rhine\n').refused).toMatchObject([{ line: 1, code: 'no_columns' }]);
});

test('[Q66] a source, a licence and what else a column says reach the question', () => {
  const read = imported(
    'text,right,wrong1,category,source,license,author,lang,explanation\nOne?,A b,B c,Brit Pop,Me,CC0-1.0,I,de,So.\n',
  );
  expect(read.questions[0]).toMatchObject({
    topic: 'brit-pop',
    source: { name: 'Me', licence: 'CC0-1.0', author: 'I' },
    language: 'de',
    explanation: 'So.',
  });
});
