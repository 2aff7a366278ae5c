/** The README's pictures, `docs/screens/*.png`: a real match on phones, dark and light, and its file checked on the replay page. */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium as playwright, expect } from '@playwright/test';
import { starterQuestions } from '../authority/src/starter/starter.ts';
import { createPlayer, joinByCode, openHouse, party, type Player } from '../e2e/fixtures/index.ts';
import { chromium } from './chromium.ts';

const folder = new URL('../docs/screens/', import.meta.url).pathname;
/** Pictures are looked at in a browser, over whatever network there is. */
const mostBytes = 120_000;
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
  locale: 'en-GB',
};

async function shoot({ page }: Player, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  if (size > mostBytes) throw new Error(`${name}.png has ${size} bytes, more than ${mostBytes}`);
  console.log(`${name}.png ${Math.round(size / 1000)} kB`);
}

const rightAnswers = new Map(
  starterQuestions().map(({ text, answers, correct }) => [text, answers[correct[0] ?? 0]]),
);

/** Taps what the starter questions say is right. */
async function answerRight(player: Player): Promise<void> {
  const page = await player.page.innerText('main');
  const right = [...rightAnswers].find(([text]) => page.includes(text))?.[1];
  const shown = await player.answers.allInnerTexts();
  await player.answer(shown.findIndex((text) => right !== undefined && text.includes(right)));
}

async function shootMatch(browser: Browser, url: string, evening: string): Promise<void> {
  const match = await party({ browser, url, players: 3, questions: 2, context: { colorScheme: 'dark' } });
  const light = await createPlayer(browser, { ...phone, colorScheme: 'light' });
  await joinByCode(light.page, url, match.code);
  await expect(match.host.page.getByRole('heading', { name: '4 in the tent' })).toBeVisible();
  await shoot(match.host, 'lobby-dark');
  await match.start();
  await light.asked(1);
  const [first, second] = match.guests;
  if (!first || !second) throw new Error('a party of three has two guests');
  await first.answer(1);
  await shoot(match.host, 'question-dark');
  await shoot(light, 'question-light');
  await answerRight(match.host);
  await second.answer(1);
  await answerRight(light);
  await expect(match.host.page.getByText(/voted$/)).toBeVisible();
  await shoot(match.host, 'reveal-dark');
  for (const player of [...match.players, light]) await player.asked(2);
  await answerRight(match.host);
  for (const player of [first, second, light]) await player.answer(1);
  await expect(match.host.page.getByRole('region', { name: 'Podium' })).toBeVisible();
  await shoot(match.host, 'over-dark');
  const download = match.host.page.waitForEvent('download');
  await match.host.page.getByRole('button', { name: 'Take home' }).click();
  await (await download).saveAs(evening);
  await light.context.close();
  await match.close();
}

async function shootReplay(
  browser: Browser,
  url: string,
  evening: string,
  colorScheme: 'dark' | 'light',
): Promise<void> {
  const viewer = await createPlayer(browser, { viewport: { width: 1160, height: 540 }, colorScheme });
  await viewer.page.goto(`${url}/replay`);
  await viewer.page.locator('input[type=file]').setInputFiles(evening);
  await expect(viewer.page.getByText('It checks out.')).toBeVisible({ timeout: 20_000 });
  await expect(viewer.page.getByRole('heading', { name: 'Standing then' })).toBeVisible();
  await shoot(viewer, `replay-${colorScheme}`);
  await viewer.context.close();
}

async function main(): Promise<void> {
  const { args, executablePath } = chromium();
  const scratch = await mkdtemp(join(tmpdir(), 'fairground-screens-'));
  const evening = join(scratch, 'evening.fair');
  const house = await openHouse();
  const browser = await playwright.launch({
    args: [...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    await mkdir(folder, { recursive: true });
    await house.rooms['fairground']?.start();
    await shootMatch(browser, house.url, evening);
    for (const scheme of ['dark', 'light'] as const) await shootReplay(browser, house.url, evening, scheme);
  } finally {
    await browser.close();
    await house.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

await main();
