import { ok } from '@fairground/ledger';
import { expect, test } from 'vitest';
import { type RefusalCode, refuse } from '../refusal.ts';
import { importQuestions } from './importQuestions.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const hash = 'ab'.repeat(32);
const picture = (file: string, name: string) =>
  name === 'bad.png' ? refuse('picture_unreadable', `(${file})`) : ok(hash);

function read(name: string, text: string, withPictures = true) {
  const files = [{ name, bytes: bytesOf(text) }];
  const { questions, refused } = importQuestions(files, withPictures ? { picture } : {});
  return { images: questions.map(({ image }) => image), refused };
}
const csv = (image: string) => `text,right,wrong1,image,alt\nWhat is this?,A duck,A goose,${image},A bird\n`;
const json = (image: object) =>
  JSON.stringify({ text: 'What is this?', answers: ['A duck', 'A goose'], correct: [0], image });

test.each([
  ['a hash', 'pack.csv', csv(hash)],
  ['a file', 'pack.csv', csv('birds/duck.png')],
  ['a hash', 'pack.json', json({ hash, alt: 'A bird' })],
  ['a file', 'pack.json', json({ file: 'birds/duck.png', alt: 'A bird' })],
])('[Q81] a picture is named by %s, in %s', (_, name, text) => {
  expect(read(name, text)).toEqual({ images: [{ hash, alt: 'A bird' }], refused: [] });
});

test.each<[RefusalCode, string, string, boolean]>([
  ['picture_unreadable', 'pack.csv', csv('bad.png'), true],
  ['picture_unreadable', 'pack.json', json({ file: 'bad.png', alt: 'A bird' }), true],
  ['picture_missing', 'pack.csv', csv('duck.png'), false],
  ['picture_missing', 'pack.json', json({ file: 'duck.png', alt: 'A bird' }), false],
  ['invalid_image', 'pack.csv', csv('duck.png').replace(',A bird', ','), true],
  ['invalid_image', 'pack.json', json({ hash: 'duck.png', alt: 'A bird' }), true],
  ['invalid_question', 'pack.json', json({ hash, file: 'duck.png', alt: 'A bird' }), true],
])('[Q81] %s is said of the question, with file and line: %s', (code, file, text, withPictures) => {
  const { images, refused } = read(file, text, withPictures);
  expect(images).toEqual([]);
  expect(refused).toMatchObject([{ file, line: file === 'pack.csv' ? 2 : 1, code }]);
});
