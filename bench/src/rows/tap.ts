/** How soon a tap is seen, and whether anything jumps meanwhile: on a phone in a whole match, with all its motion. */
import type { Browser, Page } from 'playwright';
import { createPlayer as createBot, createSeed, triviaBot } from '@fairground/cli';
import { openBrowser } from '../browser/openBrowser.ts';
import { slowDown } from '../browser/slowDown.ts';
import { type Noted, readNotes, watchPage } from '../browser/watchPage.ts';
import { openHouse } from '../house.ts';
import { percentile } from '../median.ts';
import type { Measure, Row } from '../row.ts';

const QUESTIONS = 10;
const SEEN_MS = 50;
const SHIFT = 0.02;
const WORST_PATIENCE_MS = 60_000;

interface Evening {
  /** From the finger's leaving the glass to the frame that marks the answer, as being locked in or locked, ms. */
  readonly seen: readonly number[];
  /** To the frame that shows it as locked: signed, sealed and stored. */
  readonly locked: readonly number[];
  readonly noted: Noted;
}

export const row: Row = {
  name: 'tap',
  target: 'P13',
  title: `From a tap to the frame that shows it, ${QUESTIONS} questions on a phone`,
  run,
};

async function run(): Promise<readonly Measure[]> {
  const house = await openHouse();
  const browser = await openBrowser();
  try {
    const quick = await play(browser, house.url, 1);
    const slow = await play(browser, house.url, 4);
    const shifts = [...quick.noted.shifts, ...slow.noted.shifts].map(({ value }) => value);
    const because = 'the target';
    const of95 = (what: string, times: readonly number[], why = because): Measure => ({
      ...{ what, value: percentile(times, 0.95), unit: 'ms', atMost: SEEN_MS, because: why },
    });
    return [
      of95('95 % of the taps, marked', quick.seen),
      of95('locked: stored on the device', quick.locked, 'the same'),
      of95('marked, on a quarter of the CPU', slow.seen, 'the same'),
      of95('locked, on a quarter of the CPU', slow.locked, 'the same'),
      {
        ...{ what: 'the largest layout shift in both matches', value: Math.max(0, ...shifts), unit: '' },
        ...{ atMost: SHIFT, because },
      },
    ];
  } finally {
    await browser.close();
    await house.close();
  }
}

/** A bot is host and answers last, so that a tap is seen before the reveal hides it. */
async function play(browser: Browser, url: string, cpu: number): Promise<Evening> {
  const seed = createSeed(cpu);
  const host = createBot(url, 'Host', seed.bytes('host'));
  const config = {
    topics: ['science', 'history'],
    questions: QUESTIONS,
    revealMs: 2_000,
    windowMs: 60_000,
    seats: 2,
  };
  const made = await untilMade(() =>
    host.peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' }),
  );
  const context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
    ...{ isMobile: true, hasTouch: true, locale: 'en-GB' },
  });
  const page = await context.newPage();
  await watchPage(page);
  await page.addInitScript(timeTaps);
  await page.goto(`${url}/j/${made.code ?? ''}`);
  await page.getByRole('button', { name: /ready/ }).tap();
  await slowDown(page, { cpu, network: false });
  await host.play(made, triviaBot({ players: 2, seed, hesitatesMs: 1_500 }));
  await untilAsked(page, 1);
  // In the lobby each newcomer moves what stands below; the match begins here.
  await readNotes(page);
  for (let at = 1; at <= QUESTIONS; at++) await answer(page, at);
  await page.getByRole('region', { name: 'Podium' }).waitFor({ timeout: WORST_PATIENCE_MS });
  const noted = await readNotes(page);
  const taps = await page.evaluate(() => (globalThis as unknown as { taps: Taps }).taps);
  await context.close();
  host.leave();
  return { ...taps, noted };
}

async function untilAsked(page: Page, at: number): Promise<void> {
  const place = page.getByText(new RegExp(`^Question ${at} of`)).first();
  await place.waitFor({ timeout: WORST_PATIENCE_MS });
}

async function answer(page: Page, at: number): Promise<void> {
  await untilAsked(page, at);
  await page.locator('button.answer:not(:disabled)').first().tap();
  await page.waitForFunction(
    (count) => (globalThis as unknown as { taps: Taps }).taps.locked.length >= count,
    at,
  );
}

type Taps = Pick<Evening, 'seen' | 'locked'>;

type Made = Awaited<ReturnType<ReturnType<typeof createBot>['peer']['createWorld']>>;

/** Asks again while the authority is still connecting. */
async function untilMade(make: () => Promise<Made>): Promise<Extract<Made, { ok: true }>['value']> {
  for (let tries = 0; tries < 40; tries++) {
    const made = await make();
    if (made.ok) return made.value;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the lobby could not be opened');
}

/** Runs in the page: from the event's own time, which the browser sets, to after the frame in which the answer is marked. */
function timeTaps(): void {
  const taps = { seen: [] as number[], locked: [] as number[] };
  Object.assign(globalThis, { taps });
  const awaited = new Map<'seen' | 'locked', number>();
  const marks = {
    seen: 'button.answer:is([aria-busy=true], [aria-pressed=true])',
    locked: 'button.answer[aria-pressed=true]',
  };
  addEventListener(
    'pointerup',
    ({ timeStamp, target }) => {
      if (!(target instanceof Element) || !target.closest('button.answer')) return;
      awaited.set('seen', timeStamp);
      awaited.set('locked', timeStamp);
    },
    true,
  );
  new MutationObserver(() => {
    for (const [what, began] of awaited) {
      if (!document.querySelector(marks[what])) continue;
      awaited.delete(what);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => taps[what].push(performance.now() - began));
        port1.start();
        port2.postMessage(0);
      });
    }
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-pressed', 'aria-busy'] });
}
