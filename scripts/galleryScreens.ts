/** Pictures of every screen at four sizes in both themes, `docs/screens/gallery/*.jpg`, from the gallery's examples: to be looked at side by side with what was drawn first. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from '@playwright/test';
import { createServer } from 'vite';
import { chromium } from './chromium.ts';

const folder = new URL('../docs/screens/gallery/', import.meta.url).pathname;
/** They lie in the repository for good. */
const mostBytes = 6_000_000;

const SIZES = {
  phone: { width: 360, height: 740 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
  big: { width: 1920, height: 1080 },
} as const;
type Size = keyof typeof SIZES;

const SCREENS = [
  ...['gate', 'create', 'lobby-host', 'lobby-teams', 'question', 'question-multi', 'question-stake'],
  ...['question-cut-off', 'question-paused-host', 'reveal-right', 'reveal-wrong', 'over', 'replay'],
  'questions-read',
];
const DIALOGS = ['create-dialog', 'score', 'profile', 'settings', 'shield'];
const STAGES = ['big-lobby', 'big-question', 'big-reveal', 'big-over'];

/** Loaded once, looked at in every size and theme; resolves with the size of its pictures in bytes. */
async function shoot(browser: Browser, url: string, name: string, sizes: readonly Size[]): Promise<number> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(`${url}gallery?screen=${name}`);
  let total = 0;
  for (const size of sizes) {
    await page.setViewportSize(SIZES[size]);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      // The development server may have loaded the page anew: it found another dependency.
      await page.locator('main, [role=dialog]').first().waitFor({ timeout: 120_000 });
      await page.evaluate(() => document.fonts.ready);
      const path = join(folder, `${name}-${size}-${colorScheme}.jpg`);
      await page.screenshot({ path, type: 'jpeg', quality: 36, animations: 'disabled' });
      total += (await stat(path)).size;
    }
  }
  await context.close();
  return total;
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
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    let total = 0;
    for (const name of SCREENS) total += await shoot(browser, url, name, ['phone', 'tablet', 'desktop']);
    for (const name of DIALOGS) total += await shoot(browser, url, name, ['phone', 'desktop']);
    for (const name of STAGES) total += await shoot(browser, url, name, ['big']);
    console.log(`${Math.round(total / 1000)} kB`);
    if (total > mostBytes) throw new Error(`that is more than ${mostBytes} bytes`);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
