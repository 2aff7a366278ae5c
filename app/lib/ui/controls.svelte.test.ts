import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Board, { rowsInView } from './Board.svelte';
import CodeCells from './CodeCells.svelte';
import Segmented from './Segmented.svelte';
import Shield from './Shield.svelte';
import Stepper from './Stepper.svelte';

describe('[U18] code cells', () => {
  it('take what is typed and complete once at the sixth digit', async () => {
    const onchange = vi.fn();
    const oncomplete = vi.fn();
    const screen = await render(CodeCells, { value: '', onchange, oncomplete });
    onchange.mockImplementation((value: string) => void screen.rerender({ value }));
    const input = screen.getByRole('textbox', { name: 'Six-digit code' });
    await userEvent.type(input, '48 29-17');
    expect(oncomplete.mock.calls).toEqual([['482917']]);
    expect([...screen.container.querySelectorAll('.cells i')].map((cell) => cell.textContent).join('')).toBe(
      '482917',
    );
  });

  it('take a pasted link', async () => {
    const oncomplete = vi.fn();
    const screen = await render(CodeCells, { value: '', onchange: () => {}, oncomplete });
    await userEvent.fill(screen.getByRole('textbox'), 'http://192.168.1.20:8080/j/012345');
    expect(oncomplete).toHaveBeenCalledWith('012345');
  });
});

describe('[U13] the shield', () => {
  it.each([
    ['signed', 'Signed to entry 128 · not yet re-run here'],
    ['replayed', 'Replayed from snapshot 64 · audit running'],
    ['audited', 'Verified to entry 128 · fully audited'],
    ['fault', 'Entry 128 does not follow · keep the proof'],
  ] as const)('%s', async (level, words) => {
    const screen = await render(Shield, { level, entry: 128, from: 64 });
    expect(screen.container.textContent?.replaceAll(/\s+/gu, ' ').trim()).toBe(words);
    expect(screen.container.querySelector('.shield')?.getAttribute('data-level')).toBe(level);
  });
});

const row = (rank: number, more = {}) => ({
  id: `s${rank}`,
  name: `Seat ${rank}`,
  avatar: rank,
  points: 9000 - rank * 100,
  rank,
  ...more,
});

describe('[U10] the leaderboard', () => {
  it('says movement, gain and who has locked in', async () => {
    const rows = [
      row(1, { rankBefore: 3, delta: 1378 }),
      row(2, { you: true, rankBefore: 1, delta: 0 }),
      row(3, { rankBefore: 3, ticked: true }),
    ];
    const screen = await render(Board, { rows });
    const lines = [...screen.container.querySelectorAll('li')].map((line) =>
      line.textContent?.replaceAll(/\s+/gu, ' ').trim(),
    );
    expect(lines[0]).toBe('1 Seat 1Up 2 8,900+1,378');
    expect(lines[1]).toContain('You, down 1');
    expect(lines[2]).not.toContain('Up');
    await expect.element(screen.getByRole('img', { name: 'locked in' })).toBeInTheDocument();
  });

  it('[U202] says what was gained or lost, and nothing where it was neither', async () => {
    const rows = [row(1, { delta: 900 }), row(2, { delta: 0 }), row(3, { delta: -2000 }), row(4)];
    const screen = await render(Board, { rows });
    const gains = [...screen.container.querySelectorAll('.pts')].map(
      (points) => points.querySelector('small')?.textContent,
    );
    expect(gains).toEqual(['+900', undefined, '-2,000', undefined]);
  });

  it('keeps me in sight on a long list', () => {
    const rows = Array.from({ length: 30 }, (_, i) => row(i + 1, { you: i === 20 }));
    const shown = rowsInView(rows, 8);
    expect(shown).toHaveLength(8);
    expect(shown.at(-1)?.rank).toBe(21);
    expect(rowsInView(rows.slice(0, 5), 8)).toHaveLength(5);
    expect(
      rowsInView(
        rows.map((one) => ({ ...one, you: one.rank === 2 })),
        8,
      ).at(-1)?.rank,
    ).toBe(8);
  });
});

describe('[U28] choices and counters by keyboard', () => {
  it('arrow keys move a choice and wrap', async () => {
    const onchange = vi.fn();
    const options = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
      { value: 'c', label: 'C' },
    ];
    const screen = await render(Segmented, { label: 'Which', value: 'c', options, onchange });
    screen.getByRole('radio', { name: 'C' }).element().focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(onchange).toHaveBeenLastCalledWith('a');
    await expect.element(screen.getByRole('radio', { name: 'C' })).toBeChecked();
  });

  it('a counter stops at its bounds', async () => {
    const onchange = vi.fn();
    const counter = {
      label: 'Seconds',
      less: 'Shorter',
      more: 'Longer',
      min: 5,
      max: 120,
      step: 5,
      onchange,
    };
    const screen = await render(Stepper, { ...counter, value: 118 });
    screen.getByRole('spinbutton').element().focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(onchange).toHaveBeenLastCalledWith(120);
    await screen.rerender({ value: 5 });
    const shorter = screen.getByRole('button', { name: 'Shorter' });
    await expect.element(shorter).toHaveAttribute('aria-disabled', 'true');
    (shorter.element() as HTMLElement).click();
    await userEvent.keyboard('{ArrowDown}');
    expect(onchange).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('{End}');
    expect(onchange).toHaveBeenLastCalledWith(120);
    await screen.rerender({ value: 20 });
    await userEvent.keyboard('{Home}');
    expect(onchange).toHaveBeenLastCalledWith(5);
  });

  it('a counter of many goes down from a round number by one, and up by the coarse step', async () => {
    const onchange = vi.fn();
    const names = { label: 'Seats', less: 'Fewer seats', more: 'More seats' };
    const counter = { ...names, min: 1, max: 500, coarse: { from: 50, step: 50 }, onchange };
    const screen = await render(Stepper, { ...counter, value: 50 });
    await screen.getByRole('button', { name: 'Fewer seats' }).click();
    await screen.getByRole('button', { name: 'More seats' }).click();
    await screen.rerender({ value: 100 });
    await screen.getByRole('button', { name: 'Fewer seats' }).click();
    await screen.rerender({ value: 49 });
    await screen.getByRole('button', { name: 'More seats' }).click();
    expect(onchange.mock.calls.flat()).toEqual([49, 100, 50, 50]);
  });
});
