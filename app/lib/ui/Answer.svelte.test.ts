import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Answer from './Answer.svelte';

const answer = { index: 1, text: 'The Danube' } as const;

describe('[U4] an answer says how it stands', () => {
  it.each([
    ['idle', 'B The Danube'],
    ['locked', 'B The Danube Locked in'],
    ['held', 'B The Danube Locked here, not sent yet'],
  ] as const)('%s', async (state, words) => {
    const screen = await render(Answer, { ...answer, state, onpick: () => {} });
    const button = screen.getByRole('button');
    expect(button.element().textContent?.replaceAll(/\s+/gu, ' ').trim()).toBe(words);
    await expect.element(button).toHaveAttribute('aria-pressed', String(state !== 'idle'));
  });

  it('[U222] being locked in: marked and said so, and not said to be locked', async () => {
    const screen = await render(Answer, { ...answer, state: 'locking', onpick: () => {} });
    const button = screen.getByRole('button');
    const words = button.element().textContent?.replaceAll(/\s+/gu, ' ').trim();
    expect(words).toBe('B The Danube Locking in…');
    await expect.element(button).toHaveAttribute('aria-pressed', 'false');
    await expect.element(button).toHaveAttribute('aria-busy', 'true');
  });

  it.each([
    ['right', 'You', 'B The Danube You Right'],
    ['right', 'Right', 'B The Danube Right'],
    ['wrong', 'You', 'B The Danube You Wrong'],
    ['dim', '1 picked', 'B The Danube 1 picked'],
  ] as const)('%s, %s, and is nothing to press', async (state, tail, words) => {
    const screen = await render(Answer, { ...answer, state, tail });
    expect(screen.container.textContent?.replaceAll(/\s+/gu, ' ').trim()).toBe(words);
    expect(screen.container.querySelector('button')).toBeNull();
  });

  it('the crowd as a share in words and as a bar', async () => {
    const screen = await render(Answer, { ...answer, crowd: 37.6, onpick: () => {} });
    await expect.element(screen.getByText('38\u00a0%')).toBeVisible();
    expect(screen.container.querySelector('.answer__crowd')).not.toBeNull();
  });

  it('letter and shape differ from one to the next', async () => {
    const shapes = new Set<string>();
    for (const index of [0, 1, 2, 3]) {
      const screen = await render(Answer, { index, text: 'x', onpick: () => {} });
      shapes.add(screen.container.querySelector('.answer__mark')?.innerHTML ?? '');
      await screen.unmount();
    }
    expect(shapes.size).toBe(4);
  });
});
