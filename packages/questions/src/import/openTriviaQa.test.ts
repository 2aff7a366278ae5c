import { expect, test } from 'vitest';
import { importQuestions } from './importQuestions.ts';
import { BROKEN, bytesOf, MIXED } from './openTriviaQa.fixture.ts';

test('[Q15] a file with mixed encodings and line ends gives every question, repaired', () => {
  const { questions, refused } = importQuestions([{ name: 'mixed', bytes: MIXED }]);
  expect(refused).toEqual([]);
  expect(questions.map(({ text }) => text)).toEqual([
    'Which ball game has a “tie-break”?',
    'Who wrote the “Ode to Joy”?',
    'These are three lines of a song that we made up: A little bit of rain, and home again how many words are in line one?',
    'Beyoncé was born in Houston.',
    'The “quoted” word is a verb form.',
    'The first letter here is no Latin one.',
  ]);
  expect(questions.map(({ answers, correct }) => answers[correct[0] ?? -1])).toEqual([
    'Tennis',
    'Schiller',
    'Five',
    'True',
    'Yes',
    'A fact',
  ]);
  expect(questions[1]?.answers).toEqual(['Schiller', 'Mörike']);
  expect(questions[3]?.kind).toBe('boolean');
});

test('[Q16] every refused block is named with file, line, code and a sentence', () => {
  const { questions, refused } = importQuestions([{ name: 'broken.txt', bytes: BROKEN }]);
  expect(questions).toEqual([]);
  expect(refused.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '1 stray_line',
    '2 no_right_answer',
    '6 right_answer_not_among',
    '11 answers_repeat',
    '17 answer_empty',
    '22 text_empty',
    '27 too_few_answers',
    '31 several_right_answers',
    '37 stray_line',
    '43 stray_line',
    '48 text_unreadable',
    '53 text_too_long',
  ]);
  for (const { file, reason } of refused) {
    expect(file).toBe('broken.txt');
    expect(reason).toMatch(/^[A-Z].*\.$/u);
  }
});

test('[Q15] the right answer may differ in case from the one among the answers', () => {
  const { questions } = importQuestions([
    { name: 'x', bytes: bytesOf('#Q Capital?\n^ canberra\nA Sydney\nB Canberra\n') },
  ]);
  expect(questions[0]?.correct).toEqual([1]);
});

test.each([
  ['data/animals', 'nature'],
  ['C:\\quiz\\Science-Technology.txt', 'science'],
  ['literature', 'words'],
  ['for-kids', 'kids'],
  ['video-games', 'games'],
  ['world', 'world'],
  ['Été à la plage.txt', 'ete-a-la-plage'],
  ['…', 'general'],
])('[Q17] the file %j is about %j and says OpenTriviaQA with its licence', (name, topic) => {
  const { questions } = importQuestions([{ name, bytes: MIXED }]);
  expect(questions[0]).toMatchObject({ topic, source: { name: 'OpenTriviaQA', licence: 'CC BY-SA 4.0' } });
});
