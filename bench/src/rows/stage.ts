/** A room of fifty on the big screen: lobby, questions, reveals with their bars and moving ranks, podium. */
import type { Browser, Page } from 'playwright';
import { type MainThread, traceMainThread } from '../browser/mainThread.ts';
import { openBrowser } from '../browser/openBrowser.ts';
import { type Noted, readNotes, watchPage } from '../browser/watchPage.ts';
import { openHouse } from '../house.ts';
import { percentile } from '../median.ts';
import { playParty } from '../party/playParty.ts';
import type { Measure, Row } from '../row.ts';

const PLAYERS = 50;
const HOUSEHOLDS = 5;
const QUESTIONS = 5;
const HESITATES_MS = 5_000;
/** Bars grow and ranks move for a second. */
const SHOWS_RESULT_MS = 3_000;
const FRAME_MS = 1_000 / 60;
const LONG_MS = 50;
const SHIFT = 0.02;
const PATIENCE_MS = 60_000;

interface Shown {
  readonly noted: Noted;
  readonly main: MainThread;
}

export const row: Row = {
  name: 'stage',
  target: 'P14',
  title: `A room of ${PLAYERS} on the big screen, 1920 × 1080, drawn without a graphics card`,
  run,
};

async function run(): Promise<readonly Measure[]> {
  const house = await openHouse();
  const browser = await openBrowser();
  try {
    return measuresOf(await show(browser, house.url));
  } finally {
    await browser.close();
    await house.close();
  }
}

async function show(browser: Browser, url: string): Promise<Shown> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
  await watchPage(page, { frames: true });
  let stop: (() => Promise<MainThread>) | undefined;
  await playParty({
    ...{ url, players: PLAYERS, households: HOUSEHOLDS, questions: QUESTIONS },
    ...{ hesitatesMs: HESITATES_MS, showsResultMs: SHOWS_RESULT_MS },
    async opened({ code }) {
      await page.goto(`${url}/screen/${code ?? ''}`);
      await seeLobby(page);
      await readNotes(page); // how it loads is P9's matter
      stop = await traceMainThread(browser, page);
    },
  });
  await page.getByRole('region', { name: 'Podium' }).waitFor({ timeout: PATIENCE_MS });
  const noted = await readNotes(page);
  if (!stop) throw new Error('no room was opened');
  return { noted, main: await stop() };
}

/** Its first pennant hangs, and the page has come to rest. */
async function seeLobby(page: Page): Promise<void> {
  await page.getByText('in the tent').waitFor({ timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle');
}

function measuresOf({ noted, main }: Shown): readonly Measure[] {
  const { frames, shifts } = noted;
  const took = main.tasks.map(({ cpuMs }) => cpuMs);
  const because = 'the target';
  return [
    {
      ...{ what: 'the main thread’s longest task, processor time', value: Math.max(0, ...took) },
      ...{ unit: 'CPU ms', atMost: LONG_MS, because },
    },
    {
      ...{ what: 'its processor time for a frame, on average', value: main.cpuMs / frames.length },
      ...{ unit: 'CPU ms', atMost: FRAME_MS, because: '60 a second' },
    },
    {
      ...{ what: 'between two frames, 95 %, with fifty players on the same cores' },
      ...{ value: percentile(frames, 0.95), unit: 'ms', atMost: FRAME_MS + 1, because: '60 a second' },
    },
    {
      ...{ what: 'the largest layout shift', value: Math.max(0, ...shifts.map(({ value }) => value)) },
      ...{ unit: '', atMost: SHIFT, because },
    },
  ];
}
