/** Phones that are out for a while: without a network, or dark in a pocket. The match neither waits for ever nor leaves them behind. */
import { expect, type Page, test } from '@playwright/test';
import { type House, openHouse, party, type Player } from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

/**
 * What a phone does to a page when its screen goes dark: no line of its script runs, and its sockets go, until somebody looks again. A
 * debugger does it: `Page.setWebLifecycleState` leaves a page alone that Chromium calls visible, and without a window it calls all so.
 */
async function lockScreen({ page, context }: Player): Promise<() => Promise<void>> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Debugger.enable');
  const isDark = new Promise((resolve) => devtools.once('Debugger.paused', resolve));
  await devtools.send('Debugger.pause');
  await isDark;
  await context.setOffline(true);
  return async () => {
    await context.setOffline(false);
    await devtools.send('Debugger.disable');
    await devtools.detach();
  };
}

const WINDOW_S = 15;

test('[V31][V32] the reveal waits for a phone that is cut off, which counts; one that was dark for a minute of the match is in it again at once', async ({
  browser,
}, info) => {
  const evening = await party({
    ...{ browser, url: house.url, players: 3, questions: 3, seconds: WINDOW_S },
    counters: { 'Wait for lost connections, s': 15 },
  });
  const { host, guests } = evening;
  const [cut, dark] = guests;
  if (!cut || !dark) throw new Error('two guests were asked for');
  const sheet = (page: Page) => page.getByRole('region', { name: 'Answers' });
  await evening.start();
  await cut.context.setOffline(true);
  const wake = await lockScreen(dark);
  await test.step('one is cut off with an answer, one is dark; the others wait past the time', async () => {
    await cut.answer(0);
    await expect(sheet(cut.page).getByText('Locked here · not sent yet').first()).toBeVisible();
    await host.answer(0);
    await expect(sheet(host.page).getByText('Time is up.')).toBeVisible();
  });
  await test.step('whoever was cut off comes back into the wait, and counts', async () => {
    await cut.context.setOffline(false);
    await expect(sheet(host.page).getByText('2 of 3 locked in')).toBeVisible();
    await expect(host.page.getByRole('button', { name: 'Good' })).toBeVisible();
  });
  await test.step('nobody is waited for twice in a row', async () => {
    for (const player of [host, cut]) {
      await player.asked(2);
      await player.answer(0);
    }
  });
  await host.asked(3);
  await test.step('the dark one wakes up in the third question, and answers it', async () => {
    await wake();
    await dark.asked(3);
    for (const player of evening.players) await player.answer(0);
    await evening.over();
    for (const [{ page }, asked] of [[host, 3] as const, [cut, 3] as const, [dark, 3] as const])
      await expect(page.getByRole('region', { name: 'Your numbers' })).toContainText(`/ ${asked}`);
  });
  await test.step('the ledger says what came when', async () => {
    const [download] = await Promise.all([
      host.page.waitForEvent('download'),
      host.page.getByRole('button', { name: 'Take home' }).click(),
    ]);
    const file = info.outputPath('away.fair');
    await download.saveAs(file);
    const { code } = await house.run('verify', file, '--level', 'full');
    expect(code).toBe(0);
    const { stdout } = await house.run('replay', file);
    await info.attach('story', { body: stdout });
    expect(stdout.match(/locks an answer in/g)).toHaveLength(7);
  });
  await evening.close();
});
