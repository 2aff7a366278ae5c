import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { over, running, screenOf } from '../../../routes/gallery/examples.ts';
import Over from './Over.svelte';
import Question from './Question.svelte';
import { inOwnWords } from './ownWords.ts';

const nothing = createRawSnippet(() => ({ render: () => '<span></span>' }));
const frame = { shield: nothing, notices: nothing };

describe('[U190] rating the questions of a match that is over', () => {
  it('is folded, and then takes a vote on any of them, with a note', async () => {
    const vote = vi.fn();
    const screen = await render(Over, { screen: screenOf(over(), { vote, voteOf: () => 'flag' }), ...frame });
    const second = screen.getByRole('group', { name: /Hauptstadt/u });
    expect(second.query()).toBeNull();
    await screen.getByText('Rate the questions').click();
    await second.getByRole('button', { name: 'Report' }).click();
    expect(vote.mock.calls).toEqual([['flag', '', 1]]);
    await screen.getByRole('textbox', { name: 'What is wrong? (optional)' }).fill(' Two are right. ');
    await screen.getByRole('button', { name: 'Send' }).click();
    expect(vote.mock.calls.at(-1)).toEqual(['flag', 'Two are right.', 1]);
    await expect.element(screen.getByText('Thank you.', { exact: false })).toBeVisible();
  });

  it('shows what I have said, here first and else in the ledger, and each question in its language', async () => {
    const screen = await render(Over, { screen: screenOf(over()), ...frame });
    const pressed = () => [...screen.container.querySelectorAll('.rate [aria-pressed=true]')];
    expect(pressed().map((button) => button.textContent)).toEqual(['Good']);
    expect(screen.container.querySelector('.rate [lang=de]')?.textContent).toMatch(/Hauptstadt/u);
    await screen.rerender({ screen: screenOf(over(), { voteOf: () => 'down' }) });
    expect(pressed().map((button) => button.textContent)).toEqual(['Weak', 'Weak']);
  });

  it('is not there for whoever looks on', async () => {
    const { rate: _, ...view } = over();
    const screen = await render(Over, { screen: screenOf(view), ...frame });
    expect(screen.container.querySelector('.rate')).toBeNull();
  });
});

describe('[U191] a question that is not in the language of the room', () => {
  it('says in which it is, and is read in it', async () => {
    const view = running(9000);
    const round = { ...view.round!, language: 'de' };
    const screen = await render(Question, { screen: screenOf({ ...view, round }), ...frame });
    await expect.element(screen.getByText('in German', { exact: false })).toBeVisible();
    expect(screen.container.querySelector('h1')?.lang).toBe('de');
    expect(screen.container.querySelector<HTMLElement>('.answers')?.lang).toBe('de');
  });

  it('has true and false in its own words, and nothing else is changed', () => {
    const view = running(9000);
    const round = { ...view.round!, kind: 'boolean', answers: ['False', 'True'] };
    const answersOf = (change: object) =>
      inOwnWords({ ...view, round: { ...round, ...change } }).round?.answers;
    expect(answersOf({})).toEqual(['False', 'True']);
    expect(answersOf({ language: 'de' })).toEqual(['Falsch', 'Wahr']);
    expect(answersOf({ language: 'de-AT' })).toEqual(['Falsch', 'Wahr']);
    expect(answersOf({ language: 'fr' })).toEqual(['False', 'True']);
    expect(answersOf({ language: 'de', kind: 'choice' })).toEqual(['False', 'True']);
  });
});
