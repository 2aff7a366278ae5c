import { expect, test } from 'vitest';
import { decodeReferences } from './htmlText.ts';
import { importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const RESULT = {
  type: 'multiple',
  difficulty: 'easy',
  category: 'Science & Nature',
  question: 'Who said "E = mc²" & meant it?',
  correct_answer: 'Él, “Einstein”',
  incorrect_answers: ["O'Neill", '100 %', 'a+b'],
};
const TRUTH = {
  ...RESULT,
  type: 'boolean',
  question: 'Snow is white.',
  correct_answer: 'True',
  incorrect_answers: ['False'],
};

type Encode = (text: string) => string;
const encoded = (encode: Encode, withType = false) =>
  [RESULT, TRUTH].map(({ type, difficulty, category, question, correct_answer, incorrect_answers }) => ({
    type: withType ? encode(type) : type,
    difficulty: withType ? encode(difficulty) : difficulty,
    category: encode(category),
    question: encode(question),
    correct_answer: encode(correct_answer),
    incorrect_answers: incorrect_answers.map(encode),
  }));
const html: Encode = (text) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#039;')
    .replaceAll('É', '&Eacute;')
    .replaceAll('“', '&ldquo;')
    .replaceAll('”', '&#x201D;')
    .replaceAll('²', '&sup2;');
const base64: Encode = (text) => Buffer.from(text).toString('base64');

test.each([
  ['HTML, its default', encoded(html)],
  ['url3986', encoded((text) => encodeURIComponent(text))],
  [
    'the older form with a plus for each space',
    encoded((text) => encodeURIComponent(text).replaceAll('%20', '+')),
  ],
  ['base64', encoded(base64, true)],
  ['no encoding', encoded((text) => text)],
  [
    'double encoding, UTF-8 as Windows-1252',
    encoded((text) => text.replace('Él', 'Ã‰l').replace('“', 'â€œ').replace('”', 'â€\u009d')),
  ],
])('[Q28] Open Trivia DB: an answer of its API in %s', (_, results) => {
  for (const text of [JSON.stringify({ response_code: 0, results }), JSON.stringify(results, undefined, 2)]) {
    const { questions, refused } = importQuestions([{ name: 'api.json', bytes: bytesOf(text) }]);
    expect(refused).toEqual([]);
    expect(questions).toMatchObject([
      {
        kind: 'choice',
        topic: 'science',
        text: 'Who said "E = mc²" & meant it?',
        answers: ['Él, “Einstein”', "O'Neill", '100 %', 'a+b'],
        correct: [0],
        source: { name: 'Open Trivia Database', licence: 'CC BY-SA 4.0' },
      },
      { kind: 'boolean', text: 'Snow is white.', correct: [0] },
    ]);
  }
});

test('[Q28] what is crooked in one result is refused with its number, and the others are taken', () => {
  const results = [
    RESULT,
    { ...RESULT, question: 7 },
    { ...RESULT, type: 'bXVsdGlwbGU=' },
    { ...RESULT, question: 'a%zz+' },
    TRUTH,
  ];
  const { questions, refused } = importQuestions([
    { name: 'api.json', bytes: bytesOf(JSON.stringify({ results })) },
  ]);
  expect(questions).toHaveLength(2);
  expect(refused.map(({ code, reason }) => [code, /Question \d/u.exec(reason)?.[0]])).toEqual([
    ['invalid_question', 'Question 2'],
    ['text_unreadable', 'Question 3'],
    ['text_unreadable', 'Question 4'],
  ]);
});

test.each([
  ['&lt;b&gt; &amp;amp; &#39;x&#x27;', "<b> &amp; 'x'"],
  ['&nbsp;&eacute;&Uuml;&rsquo;&hellip;&pi;&Delta;&euro;&yuml;', '\u00a0éÜ’…πΔ€ÿ'],
  ['AT&T; &unknown; &; &#xd83d;', 'AT&T; &unknown; &; \ud83d'],
  ['&#1114112;', '\ufffd'],
  ['&#128512;', '\u{1f600}'],
])('[Q29] each character reference is decoded once, and what is none stays: %s', (text, meant) => {
  expect(decodeReferences(text)).toBe(meant);
});

test('[Q17] a topic that the caller names is the one of all questions, also of those that name their own', () => {
  const files = [
    { name: 'api.json', bytes: bytesOf(JSON.stringify([RESULT])) },
    {
      name: 'own.json',
      bytes: bytesOf('{"topic": "pets", "text": "Cats?", "answers": ["Yes", "No"], "correct": [0]}'),
    },
  ];
  const topics = (topic?: string) =>
    importQuestions(files, topic === undefined ? {} : { topic }).questions.map((question) => question.topic);
  expect(topics()).toEqual(['science', 'pets']);
  expect(topics('mine')).toEqual(['mine', 'mine']);
});
