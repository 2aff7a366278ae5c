import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Skeleton from './Skeleton.svelte';
import { beginPage, holdSplash, noteSplash, splash } from './splash.svelte.ts';

const drawn = () => document.getElementById('splash') !== null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.body.append(Object.assign(document.createElement('div'), { id: 'splash' }));
  noteSplash();
});
afterEach(() => {
  document.getElementById('splash')?.remove();
  noteSplash();
  vi.useRealTimers();
});

describe('[U248] the brand of the first moment', () => {
  it('is gone with the first page that shows something', () => {
    const leave = beginPage(700);
    expect([drawn(), splash.isUp]).toEqual([false, false]);
    leave();
  });

  it('stays while pages are on their way, one after the other, and what says so is heard but not drawn', async () => {
    const letGo = holdSplash();
    const leave = beginPage(700);
    const screen = await render(Skeleton, { shape: 'room' });
    letGo();
    await Promise.resolve();
    expect(drawn()).toBe(true);
    await expect.element(screen.getByRole('heading', { level: 1 })).toBeInTheDocument();
    expect(screen.container.querySelector('.sk')).toBeNull();
    await screen.unmount();
    await expect.poll(drawn).toBe(false);
    expect(splash.isUp).toBe(false);
    leave();
  });

  it('gives way 2.2 seconds after the navigation to what is waited for', async () => {
    const screen = await render(Skeleton, { shape: 'room' });
    const leave = beginPage(700);
    vi.advanceTimersByTime(1_499);
    expect(drawn()).toBe(true);
    vi.advanceTimersByTime(1);
    flushSync();
    expect(drawn()).toBe(false);
    expect(screen.container.querySelector('.sk')).not.toBeNull();
    leave();
  });

  it('does not wait for a part of a page', async () => {
    const screen = await render(Skeleton, { shape: 'cards' });
    const leave = beginPage(700);
    expect(drawn()).toBe(false);
    expect(screen.container.querySelector('.sk')).not.toBeNull();
    leave();
  });
});
