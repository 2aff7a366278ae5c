/** Looks at every screen in every state. Pictures would differ with each machine's fonts and Chromium; what is measured here must hold on all of them. */
import '#lib/ui/tokens.css';
import '#lib/ui/components.css';
import '#lib/ui/page.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { catalogue } from './catalogue.ts';
import {
  axeFindings,
  overlaps,
  sideways,
  smallTargets,
  tooHigh,
  tooSmallToRead,
  wordsOutside,
} from './looks.fixture.ts';
import State from './State.svelte';

// No relay is asked: a state is what its properties say.
vi.mock('#lib/play/connection.svelte.ts', async (original) => ({
  ...(await original<object>()),
  loadPeer: () => new Promise(() => {}),
  askPeer: () => new Promise(() => {}),
}));
// The rooms that other tests in this browser have been to are none of its.
vi.mock('#lib/room/memory.ts', async (original) => ({ ...(await original<object>()), knownRooms: () => [] }));

const SIZES = [
  [320, 568],
  [360, 740],
  [740, 360],
  [768, 1024],
  [1280, 800],
  [1920, 1080],
] as const;
const SCREENS = [
  [1024, 768],
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
] as const;

const states = Object.entries(catalogue);
const isStage = (name: string) => /^(big|screen)-/u.test(name) && !/^(big-enter|screen-dialog)$/u.test(name);
const root = document.documentElement;

beforeEach(() => {
  // No question runs out while it is measured.
  vi.useFakeTimers({ toFake: ['Date'] });
  root.dataset.motion = 'less';
});
afterEach(() => {
  vi.useRealTimers();
  root.dataset.theme = 'dark';
});

async function show(name: string): Promise<void> {
  const state = catalogue[name];
  if (!state) throw new Error(`no state is called ${name}`);
  await render(State, { state });
  await document.fonts.ready;
}

/** What follows the size of something has followed it. */
const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));

describe('[U89] every screen in every state', () => {
  it.each(states.map(([name]) => name))(
    '%s fits, can be hit and read at every size and in both themes',
    async (name) => {
      await show(name);
      const findings: string[] = [];
      const note = (where: string, found: readonly string[]) =>
        findings.push(...found.map((what) => `${where}: ${what}`));
      for (const [width, height] of SIZES) {
        await page.viewport(width, height);
        note(`${width}×${height}`, [...sideways(), ...wordsOutside(), ...overlaps()]);
        if (width === 360 || width === 1280) note(`${width}×${height}`, smallTargets());
      }
      for (const [theme, width] of [
        ['dark', 1280],
        ['light', 360],
      ] as const) {
        root.dataset.theme = theme;
        await page.viewport(width, 800);
        if (theme === 'dark') await drawn();
        note(theme, await axeFindings(theme === 'dark' ? 'all' : 'contrast'));
      }
      expect(findings).toEqual([]);
    },
  );
});

describe('[U90] every big screen', () => {
  it.each(states.map(([name]) => name).filter(isStage))(
    '%s fits without scrolling, and is read from afar',
    async (name) => {
      await show(name);
      const findings: string[] = [];
      for (const [width, height] of SCREENS) {
        await page.viewport(width, height);
        findings.push(
          ...[...tooHigh(), ...sideways(), ...tooSmallToRead(1.2)].map(
            (what) => `${width}×${height}: ${what}`,
          ),
        );
      }
      expect(findings).toEqual([]);
    },
  );
});

describe('[U97] a question', () => {
  it.each([
    [360, 740],
    [740, 360],
    [768, 1024],
    [1280, 800],
  ])('has every answer in sight at %i × %i', async (width, height) => {
    await page.viewport(width, height);
    await show('question');
    const boxes = [...document.querySelectorAll('.sheet .answer')].map((answer) =>
      answer.getBoundingClientRect(),
    );
    expect(boxes).toHaveLength(4);
    for (const { top, bottom } of boxes) {
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(height);
    }
  });
});

describe('[U244] a screen of little height', () => {
  it.each([
    ['question-teams', 1280, 800, '.sheet .answer', 6],
    ['question-teams', 768, 1024, '.sheet .answer', 6],
    ['question-order', 1280, 800, '.sheet .lock', 1],
    ['question-order', 740, 360, '.sheet .lock', 1],
    ['reveal-right', 1280, 800, '.foot .feedback button', 3],
    ['reveal-order', 1280, 800, '.rail__foot input', 1],
    ['reveal-picture', 1920, 1080, '.rail__foot input', 1],
  ])('has in sight what is to be done: %s at %i × %i', async (name, width, height, what, count) => {
    await page.viewport(width, height);
    await show(name);
    const boxes = [...document.querySelectorAll(what)].map((one) => one.getBoundingClientRect());
    expect(boxes).toHaveLength(count);
    for (const { top, bottom } of boxes) {
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(height);
    }
  });
});

describe('[U242] the fastest fingers', () => {
  it('stand beside each other on a phone', async () => {
    await page.viewport(360, 740);
    await show('reveal-right');
    const rows = [...document.querySelectorAll('.fingers li')].map((li) => li.getBoundingClientRect().top);
    expect(rows).toHaveLength(3);
    expect(new Set(rows).size).toBe(2);
  });
});
