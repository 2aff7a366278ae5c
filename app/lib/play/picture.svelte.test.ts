import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { createRawSnippet } from 'svelte';
import { announced } from '#lib/ui/announcer.svelte.ts';
import { screenOf } from '../../routes/gallery/examples.ts';
import { results, rounds } from '../../routes/gallery/kindExamples.ts';
import { ALT, examplePictures, pictures } from '../../routes/gallery/pictureExamples.ts';
import { replays } from '../../routes/gallery/replayExamples.ts';
import { stages } from '../../routes/gallery/stages.ts';
import State from '../../routes/gallery/State.svelte';
import type { GalleryState } from '../../routes/gallery/catalogue.ts';
import Picture from './Picture.svelte';
import { PICTURES, type PictureSource } from './pictureSource.ts';
import ReplayView from './replay/ReplayView.svelte';
import BigScreen from './screen/BigScreen.svelte';
import Question from './trivia/Question.svelte';
import Reveal from './trivia/Reveal.svelte';

afterEach(() => vi.useRealTimers());

const nothing = createRawSnippet(() => ({ render: () => '<span></span>' }));
const frame = { shield: nothing, notices: nothing };
const show = (source: PictureSource, hash: string = pictures.here) =>
  render(Picture, {
    props: { image: { hash, alt: ALT }, lang: 'en' },
    context: new Map([[PICTURES, source]]),
  });

/** The picture is drawn, and nothing in its place moved meanwhile. */
async function isDrawn(container: Element): Promise<void> {
  await expect
    .poll(() =>
      [...container.querySelectorAll('img')].map(({ naturalWidth, complete }) => complete && naturalWidth),
    )
    .toEqual([600]);
}

describe('[U170] a question’s picture', () => {
  it('is shown with its words, in the frame that was there before', async () => {
    let bring = () => {};
    const source: PictureSource = (hash) =>
      new Promise((resolve) => (bring = () => void examplePictures(hash).then(resolve)));
    const screen = await show(source);
    const box = () => screen.container.querySelector('.picture')?.getBoundingClientRect().toJSON() as unknown;
    await expect.element(screen.getByRole('img', { name: ALT })).toBeInTheDocument();
    expect(screen.container.querySelector('.picture')?.getAttribute('aria-busy')).toBe('true');
    const before = box();
    bring();
    await isDrawn(screen.container);
    expect(box()).toEqual(before);
    await expect.element(screen.getByRole('img', { name: ALT })).toBeInTheDocument();
  });

  it.each([
    ['away', /not here yet.*asked for again/u],
    ['absent', /is not there/u],
    ['wrong', /not the picture of this question/u],
  ] as const)('that is %s is said to be, and what it shows stands there in words', async (state, words) => {
    const screen = await show(examplePictures, pictures[state]);
    await expect.poll(() => screen.container.textContent).toMatch(words);
    expect(screen.container.textContent).toContain(ALT);
    await expect.element(screen.getByRole('img', { name: ALT })).toBeInTheDocument();
    expect(screen.container.querySelector('img')).toBeNull();
  });

  it('whose bytes no browser draws is not shown', async () => {
    const screen = await show(async () => ({ ok: true, value: new TextEncoder().encode('<svg/>') }));
    await expect.poll(() => screen.container.textContent).toMatch(/not the picture of this question/u);
  });

  it('that did not come is asked for again, later each time, and at once when the network is back', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = vi.fn<PictureSource>(async () => ({ ok: false, code: 'unreachable' }));
    const settle = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      flushSync();
      await vi.advanceTimersByTimeAsync(0);
    };
    const screen = await show(asked);
    await settle(0);
    expect(asked).toHaveBeenCalledTimes(1);
    for (const [ms, times] of [
      [999, 1],
      [1, 2],
      [1999, 2],
      [1, 3],
    ] as const) {
      await settle(ms);
      expect(asked).toHaveBeenCalledTimes(times);
    }
    // Another picture has its own patience.
    await screen.rerender({ image: { hash: pictures.away, alt: ALT } });
    await settle(0);
    expect(asked).toHaveBeenCalledTimes(4);
    await settle(1_000);
    expect(asked).toHaveBeenCalledTimes(5);
    await screen.rerender({ image: { hash: pictures.here, alt: ALT } });
    await settle(0);
    asked.mockClear();
    asked.mockImplementation(examplePictures);
    window.dispatchEvent(new Event('online'));
    await settle(0);
    expect(asked).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
    await isDrawn(screen.container);
  });
});

describe('[U171] every screen shows the picture of its question', () => {
  const view = rounds['picture']?.();
  const reveal = results['picture']?.();
  it.each<[string, GalleryState['component'], object]>([
    ['the phone', Question as never, { screen: screenOf(view!) }],
    [
      'the reveal',
      Reveal as never,
      { screen: screenOf(reveal!), round: reveal?.round, result: reveal?.round?.result },
    ],
    ['the big screen', BigScreen as never, { stage: stages['big-picture']() }],
    ['the big screen’s reveal', BigScreen as never, { stage: stages['big-reveal-picture']() }],
    ['the replay', ReplayView as never, { replay: replays['replay-picture'] }],
  ])('%s', async (_, component, given) => {
    const properties = () => ({ ...frame, ...given });
    const state = { component, properties, offline: false, prepare: () => {} };
    const screen = await render(State, { state });
    await isDrawn(screen.container);
    await expect.element(screen.getByRole('img', { name: ALT })).toBeInTheDocument();
  });

  it('a phone beside a big screen leaves it to that one, and says what it shows', async () => {
    const screens = { count: 1, optionsOnly: true, onoptions: undefined };
    const screen = await render(Question, { screen: screenOf(view!, { screens }), ...frame });
    expect(screen.container.querySelector('.picture')).toBeNull();
    await expect.poll(() => announced().text).toContain(`Picture: ${ALT}.`);
  });
});
