import { expect, it } from 'vitest';
import { politeView } from './politeView.ts';
import type { TriviaView } from './view.ts';

const view = (title: string, topics: readonly string[]) =>
  ({ title, topics, standings: [] }) as unknown as TriviaView;

it('[U231] a match without a title is called by its first topic, one with a title by that', () => {
  expect(politeView(view('', ['science', 'food'])).title).toBe('Science');
  expect(politeView(view('Friday', ['science'])).title).toBe('Friday');
});
