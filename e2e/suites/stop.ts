/** An operator who breaks its word: what people see then, and what they can take away and show to others. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Download, expect, type Page, test } from '@playwright/test';
import { createPlayer, type House, openHouse, party } from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

/** All that it remembers, the lock too: that is what makes an operator of it who lies. */
const folders = () => [house.dataDir, `${house.dataDir}-locks`];

async function backUp(): Promise<void> {
  for (const folder of folders()) await cp(folder, `${folder}-before`, { recursive: true });
}

async function goBack(): Promise<void> {
  for (const folder of folders()) {
    await rm(folder, { recursive: true });
    await cp(`${folder}-before`, folder, { recursive: true });
    await rm(`${folder}-before`, { recursive: true });
  }
}

/** A server that lies does not ask what others have seen: an honest one would, and would get back what it lost. */
async function asksNobody({ page }: { readonly page: Page }): Promise<void> {
  await page.route(/\/sought\b/, (route) => route.fulfill({ json: { sought: null } }));
}

async function kept(page: Page, button: string): Promise<Download> {
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return saved;
}

test('[U110][U111][U112] an operator who signs a second history is stopped on every screen, and the proof that is kept convicts it', async ({
  browser,
}) => {
  const fairground = house.rooms['fairground'];
  const evening = await party({
    browser,
    url: house.url,
    players: 2,
    context: { viewport: { width: 360, height: 740 } },
  });
  const [guest] = evening.guests;
  if (!guest || !fairground) throw new Error('a guest and a house were asked for');
  await fairground.stop();
  await backUp();
  await fairground.start();
  await guest.page.getByRole('button', { name: /I’m ready/ }).click();
  await expect(evening.host.page.getByText('2 of 2 are ready')).toBeVisible({ timeout: 120_000 });
  await fairground.stop();
  await goBack();
  for (const player of evening.players) await asksNobody(player);
  await fairground.start();
  // Somebody sits down where the guest's word stood, and is told by the others what that means.
  const eve = await createPlayer(browser);
  await eve.page.goto(house.url);
  await eve.page.getByRole('textbox', { name: 'Got a code?' }).fill(evening.code);

  const { page } = guest;
  const title = page.getByRole('heading', { level: 1 });
  for (const player of [...evening.players, eve])
    await expect(player.page.getByRole('heading', { level: 1 })).toHaveText(
      /^(Two histories were signed|A receipt was broken)$/,
      { timeout: 120_000 },
    );
  await test.step('it is heard, seen in both themes, and fits a small phone', async () => {
    await expect(page.getByRole('alert')).toContainText('From here on nothing is shown as true');
    await expect(title).toBeFocused();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
  await test.step('the proof that is kept convicts the authority, whoever checks it', async () => {
    const download = await kept(page, 'Keep the proof');
    const file = join(house.dataDir, download.suggestedFilename());
    await download.saveAs(file);
    await expect(page.getByText(`fairground verify --proof ${download.suggestedFilename()}`)).toBeVisible();
    const { code, stdout } = await house.run('verify', '--proof', file, '--json');
    const judged = { verdict: 'convicts', against: 'authority' };
    expect({ code, json: JSON.parse(stdout) }).toMatchObject({ code: 0, json: judged });
  });
  await test.step('so do the guest’s receipts, beside the match as somebody else has it', async () => {
    const [receipts, log] = [join(house.dataDir, 'receipts.json'), join(house.dataDir, 'eves.fair')];
    await (await kept(page, 'Take your receipts along')).saveAs(receipts);
    await (await kept(eve.page, 'Take home')).saveAs(log);
    const { code, stdout } = await house.run('verify', log, '--receipt', receipts, '--json');
    expect({ code, json: JSON.parse(stdout) }).toMatchObject({ code: 0, json: { code: 'drop' } });
  });
  await test.step('a reload forgets nothing; what was verified can still be looked at', async () => {
    await page.reload();
    await expect(title).toHaveText(/^(Two histories were signed|A receipt was broken)$/);
    await page.getByRole('button', { name: 'Look at what was verified' }).click();
    await expect(page.getByRole('heading', { name: '2 in the tent' })).toBeVisible();
  });
  await eve.context.close();
  await evening.close();
});
