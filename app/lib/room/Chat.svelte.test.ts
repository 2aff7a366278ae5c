import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Chat from './Chat.svelte';
import type { ChatEntry } from './types.ts';

const line: ChatEntry = {
  ...{ id: 'l1', name: 'Looker', avatar: 1, text: 'hello', mine: false },
  reactions: [
    { mark: 'laugh', names: ['Ada', 'Bob'], mine: true },
    { mark: 'wow', names: ['Ada'], mine: false },
  ],
};

describe('[U140] marks on a chat line', () => {
  it('are chosen by keyboard, and the focus comes back', async () => {
    const onreact = vi.fn();
    const screen = await render(Chat, { lines: [line], onreact });
    const opener = screen.getByRole('button', { name: 'React to Looker' });
    opener.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('button', { name: 'Thumbs up' })).toHaveFocus();
    await userEvent.keyboard('{Tab}{Enter}');
    expect(onreact.mock.calls).toEqual([['l1', 'love']]);
    await expect.element(opener).toHaveFocus();
    await expect.element(screen.getByRole('group')).not.toBeInTheDocument();
  });

  it('are put away by Escape, which nothing around them hears', async () => {
    const heard = vi.fn();
    addEventListener('keydown', heard);
    const screen = await render(Chat, { lines: [line], onreact: vi.fn() });
    const opener = screen.getByRole('button', { name: 'React to Looker' });
    await opener.click();
    await expect.element(screen.getByRole('group')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('group')).not.toBeInTheDocument();
    await expect.element(opener).toHaveFocus();
    expect(heard).not.toHaveBeenCalled();
    removeEventListener('keydown', heard);
  });

  it('are taken back, and joined, at a tap on what was given', async () => {
    const onreact = vi.fn();
    const screen = await render(Chat, { lines: [line], onreact });
    const mine = screen.getByRole('button', { name: '3 Ha ha: You, Ada, Bob' });
    await expect.element(mine).toHaveAttribute('aria-pressed', 'true');
    await expect.element(mine).toHaveTextContent('3');
    await mine.click();
    await screen.getByRole('button', { name: '1 Wow: Ada' }).click();
    expect(onreact.mock.calls).toEqual([
      ['l1', undefined],
      ['l1', 'wow'],
    ]);
  });

  it('are only looked at where nobody can write', async () => {
    const screen = await render(Chat, { lines: [line] });
    await expect.element(screen.getByRole('button', { name: '1 Wow: Ada' })).toBeDisabled();
    await expect.element(screen.getByRole('button', { name: 'React to Looker' })).not.toBeInTheDocument();
  });

  it('[U141] of others on a line of mine are heard beside the list, not from inside of it', async () => {
    const mine = { ...line, mine: true, reactions: [] };
    const screen = await render(Chat, { lines: [mine], onreact: vi.fn() });
    const live = screen.container.querySelector('[aria-live]');
    expect(live?.contains(screen.container.querySelector('ul'))).toBe(false);
    await screen.rerender({ lines: [{ ...mine, reactions: line.reactions.slice(1) }] });
    await expect.poll(() => live?.textContent).toBe('Ada about your line: Wow');
  });
});
