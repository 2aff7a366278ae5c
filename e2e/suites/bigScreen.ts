/** A TV in the room: it shows the match to everybody, takes no seat, survives a reload, and the host's phone is its remote. */
import { expect, test } from '@playwright/test';
import { createPlayer, type House, openHouse, party } from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

test('[U80][U81][U82] a big screen follows the host’s phone through a match, and a reload in the middle', async ({
  browser,
}) => {
  const evening = await party({
    browser,
    url: house.url,
    players: 2,
    questions: 2,
    reveal: 60,
    screen: true,
  });
  const { host, guests, screen: tv } = evening;
  const [guest] = guests;
  if (!tv || !guest) throw new Error('two people and a screen were asked for');
  await test.step('it takes no seat and is nobody who looks on', async () => {
    await expect(tv.getByText('2in the tent')).toBeVisible();
    await expect(host.page.getByText('It is on')).toBeVisible();
    await expect(host.page.getByText(/\d watching/)).toHaveCount(0);
  });
  await test.step('the host has the phones show the answers only', async () => {
    await host.page.getByRole('button', { name: 'Settings' }).last().click();
    await host.page.getByRole('switch', { name: 'Phones show the answers only' }).click();
    await host.page.keyboard.press('Escape');
    await expect(guest.page.getByText('phones show the answers only')).toBeVisible();
  });
  await evening.start();
  const question = await tv.getByRole('heading', { level: 1 }).innerText();
  await test.step('the question is on the screen, and for a screen reader on the phone', async () => {
    await expect(guest.page.getByText('Look at the big screen')).toBeVisible();
    await expect(guest.page.getByRole('heading', { level: 1, name: question })).toBeAttached();
  });
  await guest.answer(0);
  await expect(tv.getByRole('list', { name: '1 of 2 locked in' })).toBeVisible();
  await tv.reload();
  await expect(tv.getByRole('heading', { level: 1, name: question })).toBeVisible();
  await expect(tv.getByRole('list', { name: '1 of 2 locked in' })).toBeVisible();
  await host.answer(1);
  await expect(tv.getByText(/^Next in/)).toBeVisible();
  await host.page.getByRole('button', { name: /^Next in/ }).click();
  await expect(tv.getByText('Question 2 of 2')).toBeVisible();
  for (const player of evening.players) await player.answer(0);
  await host.page.getByRole('button', { name: /^Result in/ }).click();
  await expect(tv.getByRole('region', { name: 'Podium' })).toBeVisible();
  await test.step('and the next match in the room is on it by itself', async () => {
    await host.page.getByRole('button', { name: 'Play again' }).click();
    await expect(tv.getByLabel(/^Code \d/)).toBeVisible();
  });
  await evening.close();
});

test('[U81] a screen asks for the code when it has none, and says so when it is wrong', async ({
  browser,
}) => {
  const tv = await createPlayer(browser, { viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
  await tv.page.goto(`${house.url}/screen`);
  await tv.page.getByRole('textbox', { name: 'Six-digit code' }).fill('000003');
  await expect(tv.page.getByText('No lobby has this code')).toBeVisible();
  await tv.context.close();
});
