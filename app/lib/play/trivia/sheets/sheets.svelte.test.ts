import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { running } from '../../../../routes/gallery/examples.ts';
import type { Round } from '../view.ts';
import Sheet from './Sheet.svelte';
import WagerSheet from './WagerSheet.svelte';

const round = (change: Partial<Round>): Round => ({ ...running(9_000).round!, ...change });
const shown = async (change: Partial<Round>, more: object = {}) => {
  const onlock = vi.fn();
  const props = { round: round(change), lang: 'en', disabled: false, said: undefined, onlock, ...more };
  return { screen: await render(Sheet, props), onlock };
};
const answers = ['Rome', 'Bern', 'Oslo'];

describe('[U120] an answer that takes more than a tap', () => {
  it('of several is picked by tap and by key, and locked in with one button', async () => {
    const { screen, onlock } = await shown({ kind: 'multi', answers });
    await expect.element(screen.getByRole('button', { name: 'Lock it in' })).toBeDisabled();
    await screen.getByRole('button', { name: /Oslo/u }).click();
    await userEvent.keyboard('1b2');
    await screen.getByRole('button', { name: 'Lock in 2' }).click();
    expect(onlock.mock.calls).toEqual([[[0, 2]]]);
  });

  it('in order is moved by buttons, and its place is said', async () => {
    const { screen, onlock } = await shown({ kind: 'order', answers });
    await expect
      .element(screen.getByRole('button', { name: 'Move “Rome” up' }))
      .toHaveAttribute('aria-disabled', 'true');
    await screen.getByRole('button', { name: 'Move “Oslo” up' }).click();
    await screen.getByRole('button', { name: 'Move “Rome” down' }).click();
    await screen.getByRole('button', { name: 'Lock it in' }).click();
    expect(onlock.mock.calls).toEqual([[[2, 0, 1]]]);
  });

  it('[U215] in order leaves the focus on the button that has brought it to its end', async () => {
    const { screen, onlock } = await shown({ kind: 'order', answers });
    const up = screen.getByRole('button', { name: 'Move “Bern” up' });
    up.element().focus();
    await userEvent.keyboard('{Enter}{Enter}');
    await expect.element(up).toHaveAttribute('aria-disabled', 'true');
    expect(document.activeElement).toBe(up.element());
    await screen.getByRole('button', { name: 'Lock it in' }).click();
    expect(onlock.mock.calls).toEqual([[[1, 0, 2]]]);
  });

  it.each([
    ['Move “Bern” up', [1, 0, 2]],
    ['Move “Rome” down', [1, 0, 2]],
    ['Move “Bern” down', [0, 2, 1]],
  ])('[U215] in order moves by the keyboard alone, again and again: %s', async (name, order) => {
    const { screen, onlock } = await shown({ kind: 'order', answers });
    screen.getByRole('button', { name }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe(name);
    await screen.getByRole('button', { name: 'Lock it in' }).click();
    expect(onlock.mock.calls).toEqual([[order]]);
  });

  it('in words is sent by the keyboard’s own key, trimmed, and never empty', async () => {
    const { screen, onlock } = await shown({ kind: 'text', answers: [] });
    const input = screen.getByRole('textbox', { name: 'Your answer' });
    await input.fill('   ');
    await userEvent.keyboard('{Enter}');
    await input.fill(' Zola ');
    await userEvent.keyboard('{Enter}');
    expect(onlock.mock.calls).toEqual([['Zola']]);
  });

  it('as a number has a sign, takes a comma or a point, and nothing else', async () => {
    const { screen, onlock } = await shown({
      kind: 'number',
      answers: [],
      scale: { decimals: 1, unit: 'm' },
    });
    const input = screen.getByRole('textbox', { name: 'Your estimate' });
    await input.fill('about ten');
    await expect.element(screen.getByText('That is no number.')).toBeInTheDocument();
    await input.fill('12,5');
    await screen.getByRole('button', { name: 'Change the sign' }).click();
    await screen.getByRole('button', { name: 'Lock it in' }).click();
    expect(onlock.mock.calls).toEqual([[-125]]);
  });

  it.each<[string, Partial<Round>, unknown]>([
    ['several', { kind: 'multi', answers }, [0]],
    ['an order', { kind: 'order', answers }, [2, 1, 0]],
    ['words', { kind: 'text', answers: [] }, 'Zola'],
    ['a number', { kind: 'number', answers: [] }, 5],
  ])('once locked as %s changes no more', async (_, change, said) => {
    const { screen, onlock } = await shown(change, { said, disabled: true });
    await expect.element(screen.getByRole('button', { name: 'Locked in', exact: true })).toBeDisabled();
    await userEvent.keyboard('1{Enter}');
    expect(onlock).not.toHaveBeenCalled();
  });
});

it('[U121] a stake goes from nothing to all that one has, once', async () => {
  const onstake = vi.fn();
  const screen = await render(WagerSheet, { most: 1_300, staked: false, disabled: false, onstake });
  await screen.getByRole('button', { name: 'Half' }).click();
  await screen.getByRole('button', { name: 'Stake 650' }).click();
  await screen.getByRole('button', { name: 'All of it' }).click();
  await screen.getByRole('button', { name: 'Stake 1,300' }).click();
  expect(onstake.mock.calls).toEqual([[650], [1_300]]);
  await screen.rerender({ most: 1_300, staked: true, disabled: false, onstake });
  await expect.element(screen.getByRole('button', { name: 'Locked in' })).toBeDisabled();
});
