/** What a page notes about itself while it is used: put into it before its own script runs. */
import type { Page } from 'playwright';

export interface Noted {
  /** Layout shifts that no input explains: how far, and what moved. */
  readonly shifts: readonly { readonly value: number; readonly what: string }[];
  /** Tasks of 50 ms and more: when they began and how long they took, ms. */
  readonly tasks: readonly { readonly at: number; readonly ms: number }[];
  /** Times between frames, ms; only where they were asked for, because to look at every frame costs time of its own. */
  readonly frames: readonly number[];
  /** First and largest contentful paint, ms after the navigation. */
  readonly firstPaint: number;
  readonly largestPaint: number;
}

/** For every page that is opened in `page` from now on. */
export async function watchPage(page: Page, { frames } = { frames: false }): Promise<void> {
  await page.addInitScript(note);
  if (frames) await page.addInitScript(noteFrames);
}

/** What was noted since the navigation, or since it was read last. */
export async function readNotes(page: Page): Promise<Noted> {
  return page.evaluate(() => {
    const kept = (globalThis as unknown as { noted: Noted }).noted;
    const taken: Noted = { ...kept };
    Object.assign(kept, { shifts: [], tasks: [], frames: [] });
    return taken;
  });
}

/** Runs in the page: nothing from outside is in reach. */
function note(): void {
  const noted = {
    shifts: [] as { value: number; what: string }[],
    tasks: [] as { at: number; ms: number }[],
    frames: [] as number[],
    firstPaint: 0,
    largestPaint: 0,
  };
  Object.assign(globalThis, { noted });
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: readonly { node: Node | null }[];
    };
    const names = sources.map(({ node }) => (node instanceof Element ? node.className : node?.nodeName));
    if (!hadRecentInput) noted.shifts.push({ value, what: names.join(', ') });
  });
  watch('longtask', ({ startTime, duration }) => noted.tasks.push({ at: startTime, ms: duration }));
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') noted.firstPaint = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => (noted.largestPaint = startTime));
}

/** Runs in the page, after `note`. */
function noteFrames(): void {
  const { noted } = globalThis as unknown as { noted: { frames: number[] } };
  let last = performance.now();
  const frame = (now: number) => {
    noted.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
