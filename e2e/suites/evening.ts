/** The whole line: from a phone's tap to a result that anybody can verify offline. */
import { readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type House, openHouse, party, type Party, type Player } from '../fixtures/index.ts';

/** Own questions in the format of OpenTriviaQA, so that the suite plays on imported ones. */
const questions = Array.from({ length: 8 }, (_, n) => {
  const right = `Right ${n}`;
  return `#Q Which of these is number ${n}?\n^ ${right}\nA ${right}\nB Wrong ${n}a\nC Wrong ${n}b\nD Wrong ${n}c\n`;
}).join('\n');

async function importQuestions(house: House): Promise<void> {
  const file = join(house.dataDir, 'numbers');
  await writeFile(file, questions);
  const { code, stdout, stderr } = await house.run('import', file, '--topic', 'numbers', '--json');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ imported: 8, merged: 0, refused: [] });
}

/** Taps the answer whose text is right, or one that is not. */
async function answer(player: Player, isRight: boolean): Promise<void> {
  const texts = await player.answers.allInnerTexts();
  await player.answer(texts.findIndex((text) => text.includes('Right') === isRight));
}

/** Points by name, from the standings of the game-over page. */
async function podium(player: Player): Promise<string> {
  await expect(player.page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
  return player.page.getByRole('region', { name: 'Podium' }).innerText();
}

async function takeHome(player: Player, path: string): Promise<void> {
  const [download] = await Promise.all([
    player.page.waitForEvent('download'),
    player.page.getByRole('button', { name: 'Take home' }).click(),
  ]);
  await download.saveAs(path);
}

/** How many have answered, as the sheet under a player's thumb says it. */
function lockedIn(player: Player, count: string) {
  return player.page.getByRole('region', { name: 'Answers' }).getByText(`${count} locked in`);
}

async function playThrough(evening: Party, rounds: number, from = 1): Promise<void> {
  for (let at = from; at <= rounds; at++) {
    for (const player of evening.players) await player.asked(at);
    for (const [n, player] of evening.players.entries()) await answer(player, n % 2 === 0);
  }
}

test.describe('an evening', () => {
  let house: House;
  let evening: Party;

  test.afterEach(async () => {
    await evening?.close();
    await house?.close();
  });

  test('[V1][V5][V7][V8] four phones play a match, take it home, and check it without a network', async ({
    browser,
  }, info) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    await importQuestions(house);
    evening = await party({ browser, url: house.url, players: 4, questions: 3, topic: 'numbers' });
    await evening.start();
    await playThrough(evening, 3);
    const shown = await Promise.all(evening.players.map(podium));
    expect(new Set(shown).size).toBe(1);
    for (const { page } of evening.players)
      await expect(page.getByText(/Verified to entry \d+/).first()).toBeVisible();

    const file = info.outputPath('evening.fair');
    await takeHome(evening.host, file);
    const [guest] = evening.guests;
    if (!guest) throw new Error('a party has guests');
    await guest.page.goto(`${house.url}/replay`);
    await guest.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await guest.context.setOffline(true);
    await guest.page.reload();
    await guest.page.locator('input[type=file]').setInputFiles(file);
    await expect(guest.page.getByText('It checks out.')).toBeVisible({ timeout: 60_000 });

    await house.rooms['fairground']?.stop();
    const verified = await house.run('verify', file, '--level', 'full', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({
      valid: true,
      level: 'full',
      trust: 'self-asserted',
      game: 'trivia',
      players: 4,
      failure: null,
    });
    expect(verified.code).toBe(0);
    const bytes = await readFile(file);
    for (const at of [40, Math.floor(bytes.length / 2), bytes.length - 300]) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(file, changed);
      const refused = await house.run('verify', file, '--level', 'full', '--json');
      expect(refused.code).toBe(1);
      const { failure } = JSON.parse(refused.stdout);
      expect(failure.code).toMatch(/^[a-z_]+$/);
      expect(failure.message).not.toBe('');
    }
  });

  test('[V2] a reload in the middle of a question keeps the seat and the answer', async ({ browser }) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    evening = await party({ browser, url: house.url, players: 2, questions: 1 });
    await evening.start();
    const [guest] = evening.guests;
    if (!guest) throw new Error('a party has guests');
    await guest.answer(1);
    await guest.page.reload();
    await expect(guest.answers.nth(1)).toHaveAttribute('aria-pressed', 'true');
    await evening.host.answer(0);
    await podium(guest);
    const [mine] = await Promise.all([
      guest.page.getByRole('region', { name: 'Your numbers' }).innerText(),
      podium(evening.host),
    ]);
    expect(mine).toMatch(/[01] \/ 1/);
  });

  test('[V3] an authority killed inside the window keeps every receipted answer, and the match goes on', async ({
    browser,
  }, info) => {
    house = await openHouse({ layout: 'apart' });
    await house.rooms['relay']?.start();
    await house.rooms['authority']?.start();
    evening = await party({ browser, url: house.url, players: 3, questions: 2, seconds: 60 });
    await evening.start();
    const [first, second] = evening.guests;
    if (!first || !second) throw new Error('a party has guests');
    await first.answer(0);
    await expect(lockedIn(evening.host, '1 of 3')).toBeVisible();
    await house.rooms['authority']?.kill();
    await second.answer(1);
    await house.rooms['authority']?.start();
    await evening.host.answer(0);
    await playThrough(evening, 2, 2);
    await podium(evening.host);
    const file = info.outputPath('evening.fair');
    await takeHome(evening.host, file);
    const { code, stdout } = await house.run('verify', file, '--level', 'full', '--json');
    expect(code, stdout).toBe(0);
    const { stdout: told } = await house.run('replay', file, '--json');
    const [before = ''] = told.split('Question 2 of 2');
    expect(before.match(/locks an answer in/g)).toHaveLength(3);
    const last = await house.run('replay', file, '--json', '--at', String(JSON.parse(stdout).size - 1));
    for (const seat of JSON.parse(last.stdout).state.standings) expect(seat.asked).toBe(2);
  });

  test('[V4] when the relay was killed, clients come back by themselves and the match goes on', async ({
    browser,
  }) => {
    house = await openHouse({ layout: 'apart' });
    await house.rooms['relay']?.start();
    await house.rooms['authority']?.start();
    evening = await party({ browser, url: house.url, players: 3, questions: 2, seconds: 60 });
    await evening.start();
    await house.rooms['relay']?.kill();
    const [first, second] = evening.guests;
    if (!first || !second) throw new Error('a party has guests');
    await first.answer(0);
    await expect(
      first.page.getByText('Locked here · not sent yet').filter({ visible: true }).first(),
    ).toBeVisible();
    await house.rooms['relay']?.start();
    await expect(lockedIn(evening.host, '1 of 3')).toBeVisible({ timeout: 60_000 });
    await evening.host.answer(0);
    await second.answer(0);
    await playThrough(evening, 2, 2);
    const shown = await Promise.all(evening.players.map(podium));
    expect(new Set(shown).size).toBe(1);
  });

  test('[V6] the same match runs on an address that is no secure context', async ({ browser }, info) => {
    const host = lanAddress();
    house = await openHouse({ host });
    await house.rooms['fairground']?.start();
    await importQuestions(house);
    evening = await party({ browser, url: house.url, players: 4, questions: 2, topic: 'numbers' });
    for (const { page } of evening.players) expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await evening.start();
    await playThrough(evening, 2);
    const shown = await Promise.all(evening.players.map(podium));
    expect(new Set(shown).size).toBe(1);
    const file = info.outputPath('evening.fair');
    await takeHome(evening.host, file);
    await evening.host.page.goto(`${house.url}/replay`);
    await evening.host.page.locator('input[type=file]').setInputFiles(file);
    await expect(evening.host.page.getByText('It checks out.')).toBeVisible({ timeout: 60_000 });
  });
});

/** An address of this machine that is not its loopback: what a phone on the same network would dial. */
function lanAddress(): string {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4');
  if (!found) throw new Error('this machine has no address but its loopback: V6 needs one');
  return found.address;
}
