import { afterEach, expect, it, vi } from 'vitest';
import { keepApp } from './update.svelte.ts';

const register = vi
  .spyOn(navigator.serviceWorker, 'register')
  .mockImplementation(async () => ({}) as ServiceWorkerRegistration);

afterEach(() => {
  register.mockClear();
  vi.useRealTimers();
});

it('[U232] the app is kept for the next visit when the page has nothing better to do, not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  keepApp();
  await vi.advanceTimersByTimeAsync(1_499);
  expect(register).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  await expect.poll(() => register.mock.calls).toEqual([['/service-worker.js', { type: 'module' }]]);
});

it('[U232] and not by a page that was left meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  keepApp()();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await new Promise((idle) => requestIdleCallback(idle, { timeout: 1_000 }));
  expect(register).not.toHaveBeenCalled();
});
