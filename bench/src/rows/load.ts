/** P9: the first visit, by a QR, on a slow phone and a slow network: what is loaded, when it is seen, when a seat can be taken. */
import type { Browser } from 'playwright';
import { holdLobby } from '../browser/lobby.ts';
import { serveOneHeading } from '../browser/oneHeading.ts';
import { openBrowser } from '../browser/openBrowser.ts';
import { slowDown, type Throttle } from '../browser/slowDown.ts';
import { readNotes, watchPage } from '../browser/watchPage.ts';
import { noteWhenSeen, whenSeen } from '../browser/whenSeen.ts';
import { openHouse } from '../house.ts';
import { median } from '../median.ts';
import type { Measure, Row } from '../row.ts';

const RUNS = 5;
const SETTLED_MS = 1_000;
/** Whoever has a seat and is not the host may say so by a button that is pressed or not. */
const SEAT = 'footer.bar button[aria-pressed]';
/** A page of the app with next to nothing on it: no page of it can be there sooner. */
const EMPTY = { path: '/nowhere', shows: 'main h1' };

interface Visit {
  readonly firstPaint: number;
  readonly largestPaint: number;
  /** From the navigation to a seat in the lobby, on the screen. */
  readonly usable: number;
  /** What of the long tasks until then was past 50 ms. */
  readonly blocked: number;
  readonly shift: number;
  /** Scripts that had arrived when something was painted first. */
  readonly shellBytes: number;
  /** All that had arrived when a seat was taken. */
  readonly allBytes: number;
}

export const row: Row = {
  name: 'load',
  target: 'P9',
  title: 'First visit by a lobby’s link, nothing kept, a quarter of the CPU',
  run,
};

async function run(): Promise<readonly Measure[]> {
  const house = await openHouse();
  const heading = await serveOneHeading();
  const browser = await openBrowser();
  try {
    const lobby = await holdLobby(house.url);
    const address = `${house.url}/j/${lobby.joined.code ?? ''}`;
    const empty = house.url + EMPTY.path;
    const [near, far, least, bare]: [Visit[], Visit[], Visit[], Visit[]] = [[], [], [], []];
    for (let i = 0; i < RUNS; i++) {
      near.push(await visit(browser, [address, SEAT], { cpu: 4, network: false }));
      far.push(await visit(browser, [address, SEAT], { cpu: 4, network: true }));
      least.push(await visit(browser, [empty, EMPTY.shows], { cpu: 4, network: false }));
      bare.push(await visit(browser, [heading.url, EMPTY.shows], { cpu: 4, network: false }));
    }
    lobby.leave();
    return [...measuresNear(near, least, bare), ...measuresFar(far)];
  } finally {
    await browser.close();
    heading.close();
    await house.close();
  }
}

async function visit(
  browser: Browser,
  [address, shows]: readonly [string, string],
  throttle: Throttle,
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'en-GB',
    serviceWorkers: 'block', // what it fetches for the next visit comes after
  });
  const page = await context.newPage();
  await watchPage(page);
  await noteWhenSeen(page, shows);
  const devtools = await slowDown(page, throttle);
  let allBytes = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (allBytes += encodedDataLength));
  await page.goto(address, { waitUntil: 'commit' });
  const usable = await whenSeen(page);
  const arrived = allBytes;
  await page.waitForTimeout(SETTLED_MS);
  const { shifts, tasks, firstPaint, largestPaint } = await readNotes(page);
  const shellBytes = await page.evaluate(scriptBytesBy, firstPaint);
  await context.close();
  return {
    ...{ firstPaint, largestPaint, usable },
    blocked: tasks.filter(({ at }) => at < usable).reduce((sum, { ms }) => sum + ms - 50, 0),
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    ...{ shellBytes, allBytes: arrived },
  };
}

/** Runs in the page. */
function scriptBytesBy(ms: number): number {
  const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return fetched
    .filter(({ name, responseEnd }) => new URL(name).pathname.endsWith('.js') && responseEnd <= ms)
    .reduce((sum, { transferSize }) => sum + transferSize, 0);
}

function measuresNear(
  visits: readonly Visit[],
  least: readonly Visit[],
  bare: readonly Visit[],
): readonly Measure[] {
  const take = of(visits);
  const peer = median(least.map(({ usable }) => usable));
  return [
    {
      ...take('usable', 'a seat in the lobby, against an empty page of the app', 'ms', [1_000, 'the target']),
      peer,
    },
    // Of what the page itself says, before any script of the app.
    {
      ...take('firstPaint', 'first paint, against a page of one heading', 'ms', [
        1_000,
        'the target of a seat',
      ]),
      peer: median(bare.map(({ firstPaint }) => firstPaint)),
    },
    take('blocked', 'blocked till the seat', 'ms', [200, 'good by Lighthouse']),
  ];
}

function measuresFar(visits: readonly Visit[]): readonly Measure[] {
  const take = of(visits);
  return [
    take('firstPaint', 'on slow 4G: first paint', 'ms', [1_800, 'good by Web Vitals']),
    take('largestPaint', 'on slow 4G: largest paint', 'ms', [2_500, 'good by Web Vitals']),
    take('usable', 'on slow 4G: a seat in the lobby', 'ms', [3_800, 'good by Lighthouse for interactive']),
    take('shift', 'on slow 4G: layout shift', '', [0.1, 'good by Web Vitals']),
    take('shellBytes', 'on slow 4G: JavaScript till the first paint', 'B', [120_000, 'the target']),
    take('allBytes', 'on slow 4G: everything till the seat', 'B', [500_000, '2.5 s of 1.6 Mbit/s']),
  ];
}

/** The median of one thing, as a line. */
function of(visits: readonly Visit[]) {
  return (
    key: keyof Visit,
    what: string,
    unit: string,
    [atMost, because]: readonly [number, string],
  ): Measure => ({
    ...{ what, unit, atMost, because },
    value: median(visits.map((visit) => visit[key])),
  });
}
