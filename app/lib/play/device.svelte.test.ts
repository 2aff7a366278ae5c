import { afterEach, describe, expect, it, vi } from 'vitest';
import { knownRooms, recallRoom, rememberRoom } from '#lib/room/memory.ts';
import { copyText, hasAbility, keepAwake, missingAbilities, shareOrCopy } from './abilities.ts';
import { parseProfile } from './profile.svelte.ts';

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe('[U25] a profile', () => {
  const random = () => 12_345;
  const fresh = parseProfile(null, random);

  it.each([
    '',
    'no json',
    '[]',
    '7',
    '{"name":"","avatar":-1,"theme":"loud"}',
    '{"name":{"a":1},"avatar":1.5}',
  ])('is fresh for %s', (text) => expect(parseProfile(text, random)).toEqual(fresh));

  it('keeps what is whole', () => {
    const kept = parseProfile('{"name":"Ana","avatar":"x","theme":"light","motion":"less"}', random);
    expect(kept).toMatchObject({ name: 'Ana', avatar: 12_345, theme: 'light', motion: 'less', sound: false });
    expect(parseProfile('{"sound":true,"vibrate":1}', random)).toMatchObject({ sound: true, vibrate: false });
    expect(parseProfile(JSON.stringify({ name: 'x'.repeat(90) }), random).name).toHaveLength(24);
  });
});

describe('[U21] remembered rooms', () => {
  const room = (n: number) => ({
    room: `room${n}` as never,
    world: `world${n}` as never,
    cap: undefined,
    title: `Room ${n}`,
  });

  it('are the last twelve, newest first, each once', () => {
    for (let n = 0; n < 15; n++) rememberRoom(room(n));
    rememberRoom(room(10));
    expect(
      knownRooms()
        .map(({ title }) => title)
        .slice(0, 3),
    ).toEqual(['Room 10', 'Room 14', 'Room 13']);
    expect(knownRooms()).toHaveLength(12);
    expect(recallRoom('room10' as never)?.world).toBe('world10');
  });

  it('leave out what is damaged', () => {
    localStorage.setItem(
      'fairground.rooms',
      JSON.stringify([null, { room: 1 }, { ...room(1), cap: 7 }, room(2)]),
    );
    expect(knownRooms()).toEqual([room(2)].map(({ cap: _, ...rest }) => rest));
    localStorage.setItem('fairground.rooms', '{');
    expect(knownRooms()).toEqual([]);
  });
});

describe('[U29] a page that may do little', () => {
  it('knows what is missing', () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    expect(hasAbility('protectedKey')).toBe(false);
    expect(missingAbilities()).toContain('protectedKey');
  });

  it('copies by selection without a clipboard, and leaves nothing behind', async () => {
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as never);
    const fields = document.querySelectorAll('textarea').length;
    let selected = '';
    const copy = vi.spyOn(document, 'execCommand').mockImplementation(() => {
      selected = document.getSelection()?.toString() || (document.activeElement as HTMLTextAreaElement).value;
      return true;
    });
    expect(await copyText('https://fair.example/j/482917')).toBe(true);
    expect(selected).toBe('https://fair.example/j/482917');
    expect(document.querySelectorAll('textarea')).toHaveLength(fields);
    copy.mockReturnValue(false);
    expect(await copyText('x')).toBe(false);
    vi.restoreAllMocks();
  });

  it('shares by copying where nothing can be shared', async () => {
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as never);
    vi.spyOn(document, 'execCommand').mockReturnValue(true);
    Object.defineProperty(navigator, 'share', { value: undefined, configurable: true });
    expect(await shareOrCopy({ title: 't', text: 'x', url: 'u' })).toBe('copied');
    vi.restoreAllMocks();
  });

  it('[U146] keeps the screen on as long as a match runs, again after each look elsewhere, and no longer', async () => {
    const released: number[] = [];
    const request = vi.fn(async () => ({ release: async () => void released.push(1) }));
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    const end = keepAwake();
    expect(request.mock.calls).toEqual([['screen']]);
    // The browser lets go of it when the page is hidden.
    document.dispatchEvent(new Event('visibilitychange'));
    await expect.poll(() => request.mock.calls.length).toBe(2);
    end();
    await expect.poll(() => released.length).toBeGreaterThan(0);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(request).toHaveBeenCalledTimes(2);
    Reflect.deleteProperty(navigator, 'wakeLock');
  });

  it('[U146] does not mind a screen that is refused', async () => {
    const request = vi.fn(async () => Promise.reject(new DOMException('low battery')));
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    const end = keepAwake();
    await expect.poll(() => request.mock.calls.length).toBe(1);
    expect(end).not.toThrow();
    Reflect.deleteProperty(navigator, 'wakeLock');
  });

  it('does not mind a screen that cannot be kept on', () => expect(() => keepAwake()()).not.toThrow());
});
