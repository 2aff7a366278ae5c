/** A match with every kind of question, two teams and a stake, that its host steers. */
import { writeFile } from 'node:fs/promises';
import { type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import {
  answerRightly,
  createPlayer,
  type House,
  importKinds,
  joinByCode,
  openHouse,
  openLobby,
  type Player,
  questionOn,
} from '../fixtures/index.ts';

const narrow: BrowserContextOptions = {
  ...{ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  ...{ reducedMotion: 'reduce', locale: 'en-GB' },
};
const QUESTIONS = 8;

async function joinTeam(page: Page, letter: string): Promise<void> {
  const row = page
    .getByRole('list', { name: 'Teams' })
    .getByRole('listitem')
    .filter({ hasText: `Team ${letter}` });
  await row.getByRole('button').click();
  await expect(row.getByRole('button', { name: 'Your team' })).toBeVisible();
}

test.describe('a steered match', () => {
  let house: House;
  const players: Player[] = [];

  test.afterEach(async () => {
    for (const { context } of players.splice(0)) await context.close();
    await house?.close();
  });

  test('[V29] every kind, teams, a stake, a pause, a skip and somebody sent out, on phones of 360 px', async ({
    browser,
  }, info) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    await importKinds(house);
    const [host, guest] = [await createPlayer(browser, narrow), await createPlayer(browser, narrow)];
    players.push(host, guest);
    const both = [host.page, guest.page];
    const look = async (name: string) => {
      for (const [at, page] of both.entries())
        await page.screenshot({ path: info.outputPath(`${name}-${at === 0 ? 'host' : 'guest'}.png`) });
    };
    const code = await openLobby(host.page, {
      ...{ url: house.url, questions: QUESTIONS, topic: 'Kinds', counters: { Teams: 2 } },
      switches: ['All kinds of question', 'Stake on the last question', 'The host goes on'],
    });
    await joinByCode(guest.page, house.url, code);
    await joinTeam(host.page, 'A');
    await joinTeam(guest.page, 'B');
    await look('lobby');
    await host.page.getByRole('button', { name: 'Start', exact: true }).click();

    let [isSkipped, isPaused] = [false, false];
    for (let at = 1; at < QUESTIONS; at++) {
      for (const page of both) await expect(page.getByText(new RegExp(`^Question ${at} of`))).toBeVisible();
      // Of two that are true or false the first is skipped, so that every kind is answered.
      if (!isSkipped && (await questionOn(host.page)).startsWith('Canberra is')) {
        isSkipped = true;
        await skip(host.page);
        if (at < QUESTIONS - 1) continue;
        await sendOut(host.page, guest.page, look);
        break;
      }
      // The dice may put the question that is skipped first: the pause is then in the second.
      if (!isPaused) {
        isPaused = true;
        await pauseAndGoOn(host.page, guest.page, look);
      }
      await look(`question-${at}`);
      for (const page of both) await answerRightly(page);
      await expect(host.page.getByRole('button', { name: 'Good' })).toBeVisible();
      await expect(guest.page.getByText('The host goes on')).toBeVisible();
      await look(`reveal-${at}`);
      if (at === QUESTIONS - 1) await sendOut(host.page, guest.page, look);
      await host.page.getByRole('button', { name: 'Next', exact: true }).click();
    }
    await expect(host.page.getByText('What do you dare?')).toBeVisible();
    await host.page.getByRole('button', { name: 'All of it' }).click();
    await look('stake');
    await host.page.getByRole('button', { name: /^Stake / }).click();
    await expect(host.page.getByText(/for what you staked/)).toBeVisible();
    await answerRightly(host.page);
    await host.page.getByRole('button', { name: 'Result', exact: true }).click();
    await expect(host.page.getByRole('region', { name: 'Podium' })).toBeVisible();
    await look('over');

    const [download] = await Promise.all([
      host.page.waitForEvent('download'),
      host.page.getByRole('button', { name: 'Take home' }).click(),
    ]);
    const file = info.outputPath('steered.fair');
    await download.saveAs(file);
    const { code: verdict } = await house.run('verify', file, '--level', 'full');
    expect(verdict).toBe(0);
    const { stdout } = await house.run('replay', file);
    await writeFile(info.outputPath('story.txt'), stdout);
    for (const words of [
      'pauses the match: "Pizza"',
      'lets the match go on',
      'skips the question',
      'out for 600 s: "Noise"',
      'stakes something',
      'joins team 2',
    ])
      expect(stdout).toContain(words);
  });
});

async function pauseAndGoOn(host: Page, guest: Page, look: (name: string) => Promise<void>): Promise<void> {
  await host
    .getByRole('button', { name: /Room and way out/ })
    .last()
    .click();
  await look('desk');
  await host.getByRole('textbox', { name: /Why/ }).fill('Pizza');
  await host.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await expect(guest.getByText('“Pizza”')).toBeVisible();
  await look('paused');
  await host.getByRole('button', { name: 'Go on' }).click();
  await expect(guest.getByText('“Pizza”')).toBeHidden();
}

async function skip(host: Page): Promise<void> {
  await host
    .getByRole('button', { name: /Room and way out/ })
    .first()
    .click();
  await host.getByRole('dialog').getByRole('button', { name: 'Skip question' }).click();
  await expect(host.getByRole('dialog')).toBeHidden();
}

async function sendOut(host: Page, guest: Page, look: (name: string) => Promise<void>): Promise<void> {
  await host
    .getByRole('button', { name: /Room and way out/ })
    .first()
    .click();
  const dialog = host.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Send .* out$/ }).click();
  await dialog.getByRole('textbox', { name: /They will read it/ }).fill('Noise');
  await look('kick');
  await dialog.getByRole('button', { name: 'Send out', exact: true }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(guest.getByText('You were sent out').first()).toBeVisible();
}
