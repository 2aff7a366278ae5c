import { expect, test } from 'vitest';
import type { Question } from '../question.ts';
import { importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const imported = (text: string, topic?: string) =>
  importQuestions([{ name: 'quiz.gift', bytes: bytesOf(text) }], topic === undefined ? {} : { topic });
const only = (text: string): Question => {
  const { questions, refused } = imported(text);
  expect(refused).toEqual([]);
  return questions[0] ?? expect.fail('no question');
};

test.each([
  ['choice', '{=Canberra ~Sydney ~Perth}', { answers: ['Canberra', 'Sydney', 'Perth'], correct: [0] }],
  ['choice', '{~Sydney\n=%100%Canberra#yes\n~%-50%Perth#no}', { correct: [1] }],
  ['multi', '{~%50%Perth ~%50%Sydney ~%-100%Auckland}', { correct: [0, 1] }],
  ['multi', '{~%100%Perth ~Auckland}', { correct: [0] }],
  ['multi', '{=Perth =Sydney ~Auckland}', { correct: [0, 1] }],
  ['boolean', '{T}', { answers: ['True', 'False'], correct: [0] }],
  ['boolean', '{ false #no#yes }', { correct: [1] }],
  ['boolean', '{=True ~False}', { correct: [0] }],
  ['text', '{=Canberra =%100%Canberra City}', { answers: ['Canberra', 'Canberra City'], correct: [0, 1] }],
  ['number', '{#1788}', { number: { value: 1_788, decimals: 0 } }],
  ['number', '{#3.14:0.005}', { number: { value: 314, decimals: 2 } }],
  ['number', '{#-1.5..2}', { number: { value: 25, decimals: 2 } }],
  ['number', '{#=1788:0 =%50%1788:2 ~#too far}', { number: { value: 1_788, decimals: 0 } }],
])('[Q62] GIFT: a question of kind %s is %s', (kind, answers, rest) => {
  expect(only(`What is the capital? ${answers}`)).toMatchObject({
    text: 'What is the capital?',
    kind,
    ...rest,
  });
});

test.each([
  ['unplayable_kind', 'Write about rivers. {}'],
  ['unplayable_kind', 'Match them. {=Nile -> Egypt =Rhine -> Germany}'],
  ['unplayable_kind', 'This is a description.'],
  ['unplayable_kind', 'A pattern? {=Canb*}'],
  ['unplayable_kind', 'Nothing known? {Canberra}'],
  ['partly_right', 'In part? {=Canberra ~%50%Sydney ~Perth}'],
  ['partly_right', 'In part? {=Canberra =%50%Camberra}'],
  ['no_right_answer', 'None? {~Sydney ~Perth}'],
  ['invalid_number', 'How many? {#many}'],
  ['invalid_number', 'How many? {#0.1234567}'],
  ['unclosed', 'Forgotten? {=Canberra ~Sydney'],
  ['picture_missing', '[html]Which is it? <img src="@@PLUGINFILE@@/a.png"> {=Perth ~Sydney}'],
  ['too_few_answers', 'Only one? {=Canberra ~}'],
])(
  '[Q63] GIFT that is no question of ours is refused as %s, and what stands around it is taken',
  (code, bad) => {
    const good = (name: string) => `Is ${name} a city? {T}\n\n`;
    const { questions, refused } = imported(`${good('Perth')}\n${bad}\n\n${good('Sydney')}`);
    if (code === 'too_few_answers') expect(refused).toMatchObject([{ line: 4, code: 'answer_empty' }]);
    else expect(refused).toMatchObject([{ file: 'quiz.gift', line: 4, code }]);
    expect(questions).toHaveLength(2);
  },
);

test('[Q63] why it is refused is said in words', () => {
  const { refused } = imported('Write about rivers. {}\n\nMatch. {=a -> b =c -> d}\n');
  expect(refused.map(({ reason }) => reason.split('. ')[1])).toEqual([
    'It asks for an essay.',
    'It has pairs to match.',
  ]);
});

test('[Q64] escapes, line ends, a gap, HTML and Markdown are read as the format says', () => {
  expect(only('Is 2 \\+ 2 \\= 4 \\{a\\:b\\} \\#1\\~2 \\\\ c\\nd? {=Ye\\=s ~N\\~o}')).toMatchObject({
    text: 'Is 2 \\+ 2 = 4 {a:b} #1~2 \\ c d?',
    answers: ['Ye=s', 'N~o'],
  });
  expect(only('::Grant::Grant is {=buried ~living} in the tomb.').text).toBe('Grant is _____ in the tomb.');
  expect(only('::a\\:\\:b::[html]<p>Caf&eacute; <b>or</b><br>1 &lt; 2?</p> {=<i>Yes</i> ~No}')).toMatchObject(
    {
      text: 'Café or 1 < 2?',
      answers: ['Yes', 'No'],
    },
  );
  expect(only('[markdown]Is *this* &amp; that? {T}').text).toBe('Is *this* &amp; that?');
});

test('[Q64] general feedback is the explanation, else the feedback of the right answer', () => {
  expect(only('Sun? {T#Look up.#So it is.####It shines.}').explanation).toBe('It shines.');
  expect(only('Sun? {T#Look up.#So it is.}').explanation).toBe('So it is.');
  expect(only('Sun? {F#Look up.}').explanation).toBe('Look up.');
  expect(only('Sun? {~Dark#no =Bright#Of course. ####}').explanation).toBe('Of course.');
  expect(only('Sun? {~Dark#no =Bright\n#### [html]<b>It</b> shines.\n}').explanation).toBe('It shines.');
  expect(only('Sun? {#5#About five.}').explanation).toBe('About five.');
});

test('[Q64] the category is the topic of all that follow, unless the caller names one; comments are no text', () => {
  const text = `// by us\nOne? {T}\n$CATEGORY: $course$/top/Entertainment: Video Games\nTwo? {T}\n// why\n\n// A comment\nThree\n// within\nor four? {F}\n\n$CATEGORY: brit-pop\n\nFive? {T}`;
  const topics = ({ questions }: ReturnType<typeof imported>) =>
    questions.map(({ text: asked, topic }) => `${topic} ${asked}`);
  expect(topics(imported(text))).toEqual([
    'quiz One?',
    'games Two?',
    'games Three or four?',
    'brit-pop Five?',
  ]);
  expect(topics(imported(text, 'mine'))[1]).toBe('mine Two?');
});

test('[Q64] ten thousand open braces and signs are refused and break nothing', () => {
  for (const sign of ['{', '{=', '~', '\\', '::', '#'])
    expect(imported(`Q ${sign.repeat(10_000)}`).refused).toHaveLength(1);
});
