import { afterEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { announce, announced } from './announcer.svelte.ts';
import Wheel from './Wheel.svelte';

afterEach(() => announce(''));

describe('[U2] the wheel speaks', () => {
  it('at ten, five and three seconds, once each, and nothing between', async () => {
    const screen = await render(Wheel, { left: 12_000, window: 20_000 });
    const heard: string[] = [];
    for (let left = 12_000; left >= 0; left -= 500) {
      announce('');
      await screen.rerender({ left });
      if (announced().text !== '') heard.push(announced().text);
    }
    expect(heard).toEqual(['10 seconds left', '5 seconds left', '3 seconds left']);
  });

  it('nothing when it appears late: the page is not shouting at who comes in', async () => {
    announce('');
    await render(Wheel, { left: 4_000, window: 20_000 });
    expect(announced().text).toBe('');
  });
});

describe('[U1] the wheel shows', () => {
  it('the seconds as a timer, and turns red for the last three', async () => {
    const screen = await render(Wheel, { left: 12_400, window: 20_000 });
    const timer = screen.getByRole('timer', { name: '13 seconds left' });
    await expect.element(timer).toBeVisible();
    expect(timer.element().querySelectorAll('.b.on')).toHaveLength(13);
    await screen.rerender({ left: 2_900 });
    await expect.element(screen.getByRole('timer', { name: '3 seconds left' })).toHaveClass('late');
  });
});
