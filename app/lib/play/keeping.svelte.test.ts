import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { createSendLater } from './backgroundSync.ts';
import { connection } from './connection.svelte.ts';
import DeviceNotices from './DeviceNotices.svelte';
import { isKeyLost, understood } from './knownKey.ts';

beforeEach(() => localStorage.clear());
afterEach(() => {
  localStorage.clear();
  Object.assign(connection, { keyLost: false, unreadable: 0, forgetful: false, did: undefined });
  vi.restoreAllMocks();
});

describe('[U63] a device whose key is gone', () => {
  it('is told so until that is understood, also after a reload', () => {
    expect([isKeyLost('did:one'), isKeyLost('did:one')]).toEqual([false, false]);
    expect([isKeyLost('did:two'), isKeyLost('did:two')]).toEqual([true, true]);
    understood('did:two');
    expect(isKeyLost('did:two')).toBe(false);
  });

  it.each(['{', 'null', '7', '{"did":7}'])('is nobody’s whose memory is damaged: %s', (text) => {
    localStorage.setItem('fairground.key', text);
    expect(isKeyLost('did:one')).toBe(false);
  });

  it('has no key to lose where the browser forbids storage', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    expect(isKeyLost('did:one')).toBe(false);
  });

  it('reads it in words, and puts them away', async () => {
    Object.assign(connection, { keyLost: true, did: 'did:two' });
    localStorage.setItem('fairground.key', JSON.stringify({ did: 'did:two', lost: true }));
    const screen = await render(DeviceNotices);
    await expect.element(screen.getByText('its seat cannot be taken over', { exact: false })).toBeVisible();
    await screen.getByRole('button', { name: 'Understood' }).click();
    expect(screen.container.querySelector('.notice')).toBeNull();
    expect(isKeyLost('did:two')).toBe(false);
  });
});

describe('[U64] a device with stored intents that cannot be read', () => {
  it.each([
    [1, '1 stored answer cannot be read'],
    [3, '3 stored answers cannot be read'],
  ])('%i: %s', async (unreadable, words) => {
    Object.assign(connection, { unreadable });
    const screen = await render(DeviceNotices);
    await expect.element(screen.getByText(words)).toBeVisible();
  });
});

describe('[U62] a browser that keeps nothing', () => {
  it('is told so where nothing is played yet', async () => {
    Object.assign(connection, { forgetful: true });
    const calm = await render(DeviceNotices, { calm: true });
    await expect.element(calm.getByText('This browser keeps nothing')).toBeVisible();
    const playing = await render(DeviceNotices);
    expect(playing.container.querySelector('.notice')).toBeNull();
  });
});

describe('[U66] a page that has stored something', () => {
  const container = (ready: Promise<unknown>) => ({ ready }) as unknown as ServiceWorkerContainer;

  it('has the browser call the worker for it', async () => {
    const register = vi.fn(async () => {});
    const ready = Promise.resolve({ sync: { register } });
    const sendLater = createSendLater(container(ready));
    await ready;
    sendLater();
    expect(register.mock.calls).toEqual([['outbox']]);
  });

  it('before its worker was ready, has it called when it is', async () => {
    const register = vi.fn(async () => {});
    let become: (registration: unknown) => void = () => {};
    const sendLater = createSendLater(container(new Promise((resolve) => (become = resolve))));
    sendLater();
    become({ sync: { register } });
    await expect.poll(() => register.mock.calls.length).toBe(1);
  });

  it.each([
    ['no workers', undefined],
    ['no background sync', container(Promise.resolve({}))],
    [
      'it forbidden',
      container(Promise.resolve({ sync: { register: () => Promise.reject(new Error('no')) } })),
    ],
  ])('does not mind a browser with %s', async (_, workers) => {
    const sendLater = createSendLater(workers);
    await workers?.ready;
    expect(sendLater).not.toThrow();
  });
});
