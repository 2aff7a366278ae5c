/** A match in German, light, on phones that lie on their side, in two teams that the dice deal: from the code to the podium. */
import { type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import {
  createPlayer,
  englishWords,
  type House,
  openHouse,
  openLobby,
  type Player,
  wordsIn,
} from '../fixtures/index.ts';

const lying: BrowserContextOptions = {
  ...{ viewport: { width: 740, height: 360 }, hasTouch: true, isMobile: true },
  ...{ reducedMotion: 'reduce', locale: 'de-DE', colorScheme: 'light' },
};
const QUESTIONS = 2;
const PAPER = 'rgb(243, 236, 223)';

test.describe('a German match', () => {
  let house: House;
  const players: Player[] = [];

  test.afterEach(async () => {
    for (const { context } of players.splice(0)) await context.close();
    await house?.close();
  });

  test('[V50] in light, on phones on their side, with teams by dice: no English word of ours, nothing out of reach', async ({
    browser,
  }, info) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    const [say, englishOn] = await Promise.all([wordsIn('de'), englishWords()]);
    const look = async (name: string) => {
      for (const [at, { page }] of players.entries()) {
        expect(await englishOn(page), `${name}, phone ${at}`).toEqual([]);
        expect(await misfit(page), `${name}, phone ${at}`).toEqual([]);
      }
      await players.at(-1)?.page.screenshot({ path: info.outputPath(`${name}.png`) });
    };

    const host = await createPlayer(browser, lying);
    players.push(host);
    const code = await openLobby(host.page, {
      ...{ url: house.url, language: 'de', questions: QUESTIONS },
      // Nothing goes on while it is looked at.
      switches: [say('setting_by_hand')],
      counters: { [say('setting_teams')]: 2 },
      choices: [say('teams_drawn')],
    });
    for (let n = 1; n < 4; n++) {
      const guest = await createPlayer(browser, lying);
      await guest.page.goto(house.url);
      await guest.page.getByRole('textbox', { name: say('got_a_code') }).fill(code);
      await expect(guest.page.getByRole('button', { name: say('im_ready') })).toBeVisible();
      players.push(guest);
    }
    await expect(host.page.getByText(say('teams_by_dice').replace('{count}', '2'))).toBeVisible();
    await expect(host.page.getByRole('heading', { name: /^4 / })).toBeVisible();
    await look('lobby');
    await host.page.getByRole('button', { name: say('start'), exact: true }).click();

    for (let at = 1; at <= QUESTIONS; at++) {
      const asked = say('question_of').replace('{at}', String(at)).replace('{count}', String(QUESTIONS));
      for (const { page } of players) await expect(page.getByText(asked).first()).toBeVisible();
      await look(`question-${at}`);
      for (const { page } of players)
        await page
          .getByRole('region', { name: say('answers') })
          .getByRole('button')
          .first()
          .tap();
      for (const { page } of players) await expect(page.locator('.stamp')).toBeVisible();
      await look(`reveal-${at}`);
      const next = say(at < QUESTIONS ? 'next_short' : 'result_short');
      await host.page.getByRole('button', { name: next, exact: true }).click();
    }
    for (const { page } of players)
      await expect(page.getByRole('region', { name: say('podium') })).toBeVisible();
    await look('over');
    expect(await teamSizes(host.page, say('teams'))).toEqual([2, 2]);

    const [download] = await Promise.all([
      host.page.waitForEvent('download'),
      host.page.getByRole('button', { name: say('take_home') }).click(),
    ]);
    const file = info.outputPath('abend.fair');
    await download.saveAs(file);
    const verified = await house.run('verify', file, '--level', 'full', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({
      valid: true,
      level: 'full',
      players: 4,
      failure: null,
    });
    expect(verified.code).toBe(0);
  });
});

/** What scrolls sideways, or is not light. */
async function misfit(page: Page): Promise<readonly string[]> {
  const { over, ground } = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ground: getComputedStyle(document.body).backgroundColor,
  }));
  return [
    ...(over > 0 ? [`${over} px too wide`] : []),
    ...(ground === PAPER ? [] : [`the ground is ${ground}`]),
  ];
}

/** How many people each team has. */
async function teamSizes(page: Page, name: string): Promise<readonly number[]> {
  const rows = await page.getByRole('list', { name }).getByRole('listitem').locator('.meta').allInnerTexts();
  return rows.map((row) => row.split(', ').length);
}
