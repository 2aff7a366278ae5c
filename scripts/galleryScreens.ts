/** Pictures of every screen at four sizes in both themes, `docs/screens/gallery/*.webp`, from the gallery's examples, or only those named as arguments: to be looked at side by side with what was drawn first. */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium as playwright, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { chromium } from './chromium.ts';
import { galleryIndex } from './galleryIndex.ts';
import { SHOTS, type Shot, SIZES, THEMES } from '../app/routes/gallery/shots.ts';

const folder = new URL('../docs/screens/gallery/', import.meta.url).pathname;
/** They lie in the repository for good: every state in four sizes and both themes is some 1,400 pictures of 19 kB. More of it than this is worth a thought. */
const mostBytes = 28_000_000;
/** Words stay sharp, and flat colours flat. */
const QUALITY = 18;
const ME = JSON.stringify({ name: 'Lucky Lantern', avatar: 16_838 });
const PATIENCE_MS = 120_000;

/** By a link of the page, so that nothing but the state changes. */
async function open(page: Page, url: string, { state, press }: Shot): Promise<void> {
  if (!page.url().startsWith(url)) {
    await page.goto(`${url}gallery`);
    await page.locator('main li').first().waitFor({ timeout: PATIENCE_MS });
  }
  await page.evaluate((name) => {
    const link = document.createElement('a');
    link.href = `/gallery?screen=${name}`;
    document.body.append(link);
    link.click();
    link.remove();
  }, state);
  await page.waitForURL((at) => at.searchParams.get('screen') === state);
  await page.locator('main, [role=dialog]').first().waitFor({ timeout: PATIENCE_MS });
  // The list that one came from is not it.
  await page.waitForFunction(
    (isList) => (document.querySelector('main h1')?.textContent === 'Gallery') === isList,
    state === 'components',
  );
  // A part of the page that comes by itself is there.
  if (state !== 'components' && !state.endsWith('-loading'))
    await page.waitForFunction(() => !document.querySelector('.sk'), undefined, { timeout: PATIENCE_MS });
  if (press) await page.getByText(press, { exact: false }).first().click();
  await page.evaluate(() => document.fonts.ready);
}

async function shoot(page: Page, session: CDPSession, name: string): Promise<void> {
  // Two frames: what a new size or theme changes has been laid out and drawn.
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  // Nor is anything still on its way that comes to an end.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect, playState }) => effect?.getTiming().iterations === 1 && playState === 'running');
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** In bytes. */
async function sizeOfAll(): Promise<number> {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Looked at in every size and theme. */
async function shootAll(browser: Browser, url: string, shots: readonly Shot[]): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' });
  // Nobody answers and nobody refuses: what waits goes on waiting.
  await context.route(
    ({ pathname }) => /^\/(session|docs|bank|authority|codes|healthz)(\/|$)/u.test(pathname),
    () => {},
  );
  // Each time the same person.
  await context.addInitScript((me) => localStorage.setItem('fairground.profile', me), ME);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  for (const shot of shots) {
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(SIZES.phone);
      await open(page, url, { ...shot, state: 'components', press: undefined });
      await open(page, url, shot);
      for (const size of shot.sizes) {
        await page.setViewportSize(SIZES[size]);
        await shoot(page, session, `${shot.name}-${size}-${colorScheme}`);
      }
    }
  }
  await context.close();
}

async function main(): Promise<void> {
  const server = await createServer({ configFile: 'vite.config.ts', server: { port: 0 }, logLevel: 'error' });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the development server has no address');
  const { args, executablePath } = chromium();
  const browser = await playwright.launch({
    args: [...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const names = process.argv.slice(2);
    const shots = names.length === 0 ? SHOTS : SHOTS.filter(({ name }) => names.includes(name));
    if (names.length === 0) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await shootAll(browser, url, shots);
    const total = await sizeOfAll();
    await writeFile(join(folder, '../README.md'), galleryIndex());
    console.log(`${Math.round(total / 1000)} kB`);
    if (total > mostBytes) throw new Error(`that is more than ${mostBytes} bytes`);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
