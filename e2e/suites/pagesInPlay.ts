/** What only shows while something happens: jumps, speech, a phone on its side, no network, a newer version. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createPlayer, type House, openHouse, openLobby, party } from '../fixtures/index.ts';

let house: House;
let app: string;

test.beforeAll(async () => {
  // A copy of the built app, so that a newer version can be put in its place.
  app = await mkdtemp(join(tmpdir(), 'fairground-app-'));
  await cp(new URL('../../app/build', import.meta.url), app, { recursive: true });
  house = await openHouse({ env: { RELAY_STATIC_DIR: app } });
  await house.rooms['fairground']?.start();
});
test.afterAll(async () => {
  await house?.close();
  await rm(app, { recursive: true, force: true });
});

declare global {
  interface Window {
    shifts: { value: number; at: string }[];
    spoken: string[];
  }
}

/** Notes every layout shift that no tap explains, and every sentence of the polite live region. */
function listen(): void {
  window.shifts = [];
  window.spoken = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Element | null }[];
    })[])
      if (!entry.hadRecentInput)
        window.shifts.push({
          value: entry.value,
          at: entry.sources.map(({ node }) => node?.className ?? node?.nodeName).join(' '),
        });
  }).observe({ type: 'layout-shift' });
  new MutationObserver(() => {
    const text = document.querySelector('.sr[role=status]')?.textContent ?? '';
    if (text !== '' && text !== window.spoken.at(-1)) window.spoken.push(text);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Long enough that the page says where an answer is before it is counted. */
async function slowDown(page: Page, latency: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const throughput = { downloadThroughput: -1, uploadThroughput: -1 };
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency, ...throughput });
}

test('[U36][U39] a match does not jump, also on a slow path, and says question, time and result once each', async ({
  browser,
}) => {
  const evening = await party({ browser, url: house.url, players: 3, questions: 2, seconds: 15, reveal: 2 });
  const [watcher, other] = evening.guests;
  await watcher?.page.evaluate(listen);
  await evening.start();
  await slowDown(watcher!.page, 2000);
  await evening.host.answer(0);
  await other?.answer(0);
  // The watcher lets the first question run out, so that the time is spoken.
  await watcher?.asked(2);
  for (const player of [watcher!, evening.host, other!]) await player.answer(1);
  await expect(watcher!.page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
  const { shifts, spoken } = await watcher!.page.evaluate(() => ({
    shifts: window.shifts,
    spoken: window.spoken,
  }));
  expect(shifts.filter(({ value }) => value > 0.02)).toEqual([]);
  const among = (texts: readonly string[]) => (pattern: RegExp) =>
    texts.filter((text) => pattern.test(text)).length;
  const times = among(spoken);
  expect(times(/ A: .+ B: .+ Question 1 of 2\.$/u), spoken.join('\n')).toBe(1);
  expect(times(/ Question 2 of 2\.$/u)).toBe(1);
  // How long the second one takes is up to the machine: the first alone runs out.
  const turn = spoken.findIndex((text) => text.endsWith('Question 2 of 2.'));
  const [first, second] = [among(spoken.slice(0, turn)), among(spoken.slice(turn))];
  // Of marks that a stalled page has missed the nearest alone is said (U2).
  expect(first(/^\d+ seconds/u)).toBeGreaterThan(0);
  for (const seconds of [/^10 seconds/u, /^5 seconds/u, /^3 seconds/u]) {
    expect(first(seconds)).toBeLessThanOrEqual(1);
    expect(second(seconds)).toBeLessThanOrEqual(1);
  }
  expect(times(/The right answer: /u)).toBe(2);
  expect(times(/Locked in/u)).toBe(1);
  expect(spoken.length - times(/^\d+ seconds/u)).toBeLessThanOrEqual(6);
  await evening.close();
});

test('[U44] on a phone on its side the question and every answer are in sight', async ({ browser }) => {
  const context = { viewport: { width: 844, height: 390 }, isMobile: true, hasTouch: true };
  const evening = await party({ browser, url: house.url, players: 1, questions: 1, context });
  await evening.start();
  const { page, answers } = evening.host;
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport({ ratio: 1 });
  for (const button of await answers.all()) await expect(button).toBeInViewport({ ratio: 1 });
  // Its legs stand behind the perforation.
  await expect(page.getByRole('timer')).toBeInViewport({ ratio: 0.95 });
  await evening.close();
});

test('[U37] with reduced motion nothing moves', async ({ browser }) => {
  const evening = await party({ browser, url: house.url, players: 1, questions: 1, reveal: 10 });
  const { page } = evening.host;
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await evening.start();
  expect(await moving()).toBe(0);
  await evening.host.answer(0);
  await expect(page.locator('.stamp')).toBeVisible();
  expect(await moving()).toBe(0);
  await evening.close();
});

/** Waits until the worker keeps the whole shell. */
const kept = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

test('[U40] deep pages open without a network, and the app can be installed', async ({ browser }) => {
  const { context, page } = await createPlayer(browser);
  await page.goto(house.url);
  await kept(page);
  await context.setOffline(true);
  const deep = ['/create', '/replay', `/r/${'a'.repeat(26)}`, `/w/${'a'.repeat(52)}`, '/j/123456'];
  for (const path of deep) {
    await page.goto(house.url + path);
    await expect(page.getByRole('heading').first(), path).toBeVisible();
  }
  await context.setOffline(false);
  await page.goto(house.url);
  const session = await context.newCDPSession(page);
  const { data = '', errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data)).toMatchObject({ name: 'Fairground', display: 'standalone' });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // An incognito window, which every test context is, can install nothing.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  await context.close();
});

test('[U42] a finished match is taken home without a network, and checks out there', async ({
  browser,
}, info) => {
  const evening = await party({ browser, url: house.url, players: 1, questions: 1 });
  const { page, context } = evening.host;
  await evening.start();
  await kept(page);
  await evening.host.answer(0);
  await expect(page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Verified to entry \d+/u).first()).toBeVisible();
  await context.setOffline(true);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Take home' }).click(),
  ]);
  const file = info.outputPath('evening.fair');
  await download.saveAs(file);
  await page.goto(`${house.url}/replay`);
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByRole('heading', { name: 'It checks out.' })).toBeVisible({ timeout: 60_000 });
  await context.close();
});

test('[U43] too many codes: how many seconds to wait', async ({ browser }) => {
  const { context, page } = await createPlayer(browser);
  await page.goto(house.url);
  const input = page.getByRole('textbox', { name: 'Got a code?' });
  await expect(async () => {
    await input.fill('');
    await input.fill('000003');
    await expect(page.getByRole('alert')).toContainText(/Wait \d+ seconds?, then/u, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await context.close();
});

test('[U41] a newer version waits until the match is over, is offered, and keeps the seat', async ({
  browser,
}) => {
  const host = await createPlayer(browser);
  const { page, context } = host;
  await openLobby(page, { url: house.url, questions: 1, reveal: 2 });
  await kept(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await host.asked(1);
  await publishNewer();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null))
    .toBe(true);
  await expect(page.getByText('There is a newer version')).toBeHidden();
  await host.answer(0);
  await expect(page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('There is a newer version')).toBeVisible();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
  await expect(page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Your numbers' })).toBeVisible();
  await expect(page.getByText('There is a newer version')).toBeHidden();
  await context.close();
});

/** The same app under another version number, in the page and in the worker. */
async function publishNewer(): Promise<void> {
  const page = await readFile(join(app, 'index.html'), 'utf8');
  const version = /version: "(\d+)"/u.exec(page)?.[1];
  if (version === undefined) throw new Error('the page does not say its version');
  const newer = String(Number(version) + 1);
  await writeFile(join(app, 'index.html'), page.replaceAll(version, newer));
  const worker = join(app, 'service-worker.js');
  // Their compressed copies would be sent in their place.
  for (const file of ['index.html', 'service-worker.js'])
    for (const packed of ['br', 'gz']) await rm(join(app, `${file}.${packed}`), { force: true });
  await writeFile(worker, (await readFile(worker, 'utf8')).replaceAll(version, newer));
}
