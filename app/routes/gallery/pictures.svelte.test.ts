/** Pictures of the gallery at four sizes, compared with those beside this file: what moved, vanished or lost its colour, and no measure finds. */
import '#lib/ui/tokens.css';
import '#lib/ui/components.css';
import '#lib/ui/page.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { profile } from '#lib/play/profile.svelte.ts';
import { catalogue } from './catalogue.ts';
import State from './State.svelte';

// No relay is asked: a state is what its properties say.
vi.mock('#lib/play/connection.svelte.ts', async (original) => ({
  ...(await original<object>()),
  loadPeer: () => new Promise(() => {}),
  askPeer: () => new Promise(() => {}),
}));
// The rooms that other tests in this browser have been to are none of its.
vi.mock('#lib/room/memory.ts', async (original) => ({ ...(await original<object>()), knownRooms: () => [] }));

const SIZES = {
  phone: [360, 740],
  tablet: [768, 1024],
  desktop: [1280, 800],
  big: [1920, 1080],
} as const;
const EVERYWHERE = ['gate', 'lobby-host', 'question', 'reveal-right', 'over'];
const STAGES = ['big-lobby', 'big-question', 'big-reveal', 'big-over'];
const PHONE_ALONE = ['create', 'question-multi', 'question-cut-off', 'reveal-wrong', 'gate-offline'];

/** The browser that drew those beside this file. */
const DRAWN_BY = 'Chrome/156.';
/** Each build smooths letters a little differently. */
const isSameBuild = navigator.userAgent.includes(DRAWN_BY);
/** A pixel is another one when it differs by a fifth of black to white. */
const TOLERANCE = { threshold: 0.2, allowedMismatchedPixelRatio: isSameBuild ? 0.001 : 0.01 };

const cases = [
  ...[...EVERYWHERE, ...PHONE_ALONE].map((name) => [name, 'phone', 'dark'] as const),
  ...EVERYWHERE.map((name) => [name, 'tablet', 'light'] as const),
  ...EVERYWHERE.map((name) => [name, 'desktop', 'dark'] as const),
  ...STAGES.map((name) => [name, 'big', 'dark'] as const),
];

const root = document.documentElement;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 20) });
  root.dataset.motion = 'less';
  // What is seen without scrolling, and no more.
  document.body.style.cssText = 'height: 100dvh; overflow: hidden';
  Object.assign(profile, { name: 'Lucky Lantern', avatar: 16_838 });
});
afterEach(() => {
  vi.useRealTimers();
  document.body.removeAttribute('style');
  root.dataset.theme = 'dark';
});

describe('[U205] the gallery looks as it did', () => {
  it.each(cases)('%s on a %s, %s', async (name, size, theme) => {
    const state = catalogue[name];
    if (!state) throw new Error(`no state is called ${name}`);
    root.dataset.theme = theme;
    const [width, height] = SIZES[size];
    await page.viewport(width, height);
    await render(State, { state });
    await document.fonts.ready;
    await expect.element(page.elementLocator(document.body)).toMatchScreenshot(`${name}-${size}`, {
      comparatorName: 'pixelmatch',
      comparatorOptions: TOLERANCE,
    });
  });
});
