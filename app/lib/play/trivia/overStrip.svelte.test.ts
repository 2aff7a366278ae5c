/** What is wrong just now, said over a running question. */
import '#lib/ui/tokens.css';
import '#lib/ui/components.css';
import '#lib/ui/page.css';
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { announced } from '#lib/ui/announcer.svelte.ts';
import { catalogue } from '../../../routes/gallery/catalogue.ts';
import State from '../../../routes/gallery/State.svelte';

afterEach(() => {
  delete document.documentElement.dataset.motion;
});

const boxOf = (node: Element) => node.getBoundingClientRect();
const wordsOf = (node: Element) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect();
};

function meets(one: DOMRect, other: DOMRect): boolean {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 0 && high > 0;
}

async function show(name: string): Promise<void> {
  document.documentElement.dataset.motion = 'less';
  const state = catalogue[name];
  if (!state) throw new Error(`no state is called ${name}`);
  await render(State, { state });
  await document.fonts.ready;
}

const seen = () => [...document.querySelectorAll('.over .notice')].filter((node) => node.checkVisibility());

describe('[U201] without a network and with an answer that is kept here', () => {
  it.each([
    [320, 568],
    [360, 640],
    [360, 740],
    [390, 844],
    [740, 360],
    [820, 1180],
    [1280, 720],
  ])(
    'one notice is seen, over neither the longest question nor its answers nor the time: %i × %i',
    async (width, height) => {
      await page.viewport(width, height);
      await show('question-cut-off');
      // The lock's own words come after a second of waiting, and stand for what came before.
      await expect
        .poll(() => seen().map((node) => node.querySelector('b')?.textContent))
        .toEqual(['Locked here · not sent yet']);
      const notice = boxOf(seen()[0] as Element);
      expect(notice.height).toBeGreaterThan(0);
      const covered = [
        ...[...document.querySelectorAll('.q__body h1, .q__body .eyebrow')].map((node) => wordsOf(node)),
        ...[...document.querySelectorAll('.sheet .answer, .q__art .wheel')].map(boxOf),
      ];
      expect(covered).toHaveLength(7);
      expect(covered.filter((box) => meets(notice, box))).toEqual([]);
    },
  );
});

describe('[U200] a question that was taken out', () => {
  it('is said on a phone, over the next one and before it', async () => {
    await page.viewport(360, 740);
    await show('question-skipped');
    await expect
      .element(page.getByText('Question 8 of 15 · the one before was skipped by Velvet Otter'))
      .toBeVisible();
    expect(announced().text).toMatch(/^Skipped by Velvet Otter\. On 14 August/u);
  });

  it('is said on the big screen', async () => {
    await page.viewport(1280, 720);
    await show('big-skipped');
    await expect
      .element(page.getByText('Question 8 of 15 · the one before was skipped by Velvet Otter'))
      .toBeVisible();
  });

  it('is said at the end, where it was the last', async () => {
    await show('over-skipped');
    await expect
      .element(page.getByText('The last question: skipped by Velvet Otter.', { exact: false }))
      .toBeVisible();
  });
});
