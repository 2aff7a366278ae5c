/** What somebody without a part in it is told of a match. */
import { createRawSnippet } from 'svelte';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Table from '#lib/room/Table.svelte';
import { looking, ME, revealed, running, screenOf } from '../../../routes/gallery/examples.ts';
import { player, tables } from '../../../routes/gallery/tableExamples.ts';
import Question from './Question.svelte';
import Reveal from './Reveal.svelte';
import type { TriviaView } from './view.ts';

const nothing = createRawSnippet(() => ({ render: () => '<span></span>' }));

it('[U250] who looks on hears how far the match is, at a question and at its reveal', async () => {
  const asked = { screen: screenOf(looking(running(9000))), shield: nothing, notices: nothing };
  const question = await render(Question, asked);
  await expect.element(question.getByRole('img', { name: /Question 8 of 15/u })).toBeInTheDocument();
  await question.unmount();
  const view = looking(revealed(2));
  const round = view.round!;
  const reveal = await render(Reveal, {
    ...{ screen: screenOf(view), round, result: round.result!, shield: nothing },
  });
  await expect.element(reveal.getByRole('img', { name: /Question 8 of 15/u })).toBeInTheDocument();
  expect(reveal.container.querySelectorAll('.bulbs .miss')).toHaveLength(8);
});

it.each([
  ['seat-1', 'Turbo Pickle is host'],
  [ME, 'you are host'],
])('[U251] %s asks for the host, and it is said who will be', async (by, words) => {
  const now = tables['room-host-gone']!();
  const view = { ...(now.view as TriviaView), claim: { by, until: Date.now() + 20_000 } };
  const screen = await render(Table, player({ ...now, view }));
  await expect.element(screen.getByText(words, { exact: false })).toBeInTheDocument();
});
