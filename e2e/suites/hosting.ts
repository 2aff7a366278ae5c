/** What a host may do to a match, seen from the phones that it is done to. */
import { expect, type Page, test } from '@playwright/test';
import { createPlayer, type House, openHouse, party, type Party, type Player } from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

/** In the lobby it has a button of its own, in a match it is in the room's menu. */
async function openDesk(page: Page): Promise<ReturnType<Page['getByRole']>> {
  await page
    .getByRole('button', { name: /Room and way out|Host’s desk/ })
    .last()
    .click();
  return page.getByRole('dialog');
}

async function nameOf({ page }: Player): Promise<string> {
  const label = await page.getByRole('button', { name: /^Your profile/ }).getAttribute('aria-label');
  return label?.replace('Your profile, ', '') ?? '';
}

async function storyOf(evening: Party, page: Page, file: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Take home' }).click(),
  ]);
  await download.saveAs(file);
  const verdict = await house.run('verify', file, '--level', 'full');
  expect(verdict.code, evening.url).toBe(0);
  return (await house.run('replay', file)).stdout;
}

/** Every sentence that the page says politely, from now on. */
async function hear(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      const text = document.querySelector('.sr[role=status]')?.textContent ?? '';
      if (text !== '' && text !== heard.at(-1)) heard.push(text);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test('[V30][U200] a host locks the room, pauses with a countdown back, skips, hands over; who is gone is replaced, and comes back to the seat', async ({
  browser,
}, info) => {
  const evening = await party({ browser, url: house.url, players: 3, questions: 3, reveal: 60 });
  const { host, guests } = evening;
  const [first, second] = guests;
  if (!first || !second) throw new Error('two guests were asked for');
  const [hostName, firstName] = [await nameOf(host), await nameOf(first)];
  const late = await createPlayer(browser);
  await test.step('a locked room takes nobody new until it is open again', async () => {
    const desk = await openDesk(host.page);
    await desk.getByRole('switch', { name: 'Lock the room' }).click();
    await expect(desk.getByRole('switch', { name: 'Lock the room' })).toBeChecked();
    await late.page.goto(`${house.url}/j/${evening.code}`);
    await expect(late.page.getByRole('button', { name: 'The room is locked' })).toBeVisible();
    await expect(host.page.getByRole('heading', { name: '3 in the tent' })).toBeAttached();
    await desk.getByRole('switch', { name: 'Lock the room' }).click();
    await desk.getByRole('button', { name: 'Close' }).click();
    await late.page.getByRole('button', { name: 'Take a seat' }).click();
    await expect(host.page.getByRole('heading', { name: '4 in the tent' })).toBeVisible();
    await late.page.getByRole('button', { name: 'Leave' }).click();
    await expect(host.page.getByRole('heading', { name: '3 in the tent' })).toBeVisible();
    await late.context.close();
  });
  await evening.start();
  const heard = await hear(first.page);
  await test.step('a pause says who, keeps the answers away, and counts back in', async () => {
    await host.page.getByRole('button', { name: 'Pause' }).click();
    await expect(
      first.page.getByRole('main').getByRole('heading', { name: `${hostName} has paused` }),
    ).toBeVisible();
    await expect(first.answers.first()).toBeHidden();
    await host.page.getByRole('button', { name: 'Go on' }).click();
    await first.asked(1);
    expect((await heard()).filter((words) => /^It goes on in [1-3]$/u.test(words)).length).toBeGreaterThan(0);
  });
  await test.step('a question that is skipped counts for nobody, and is said by name', async () => {
    await first.answer(0);
    await (await openDesk(host.page)).getByRole('button', { name: 'Skip question' }).click();
    await second.asked(2);
    await expect.poll(async () => (await heard()).join('\n')).toContain(`Skipped by ${hostName}.`);
  });
  await test.step('the host’s desk is handed over', async () => {
    for (const player of evening.players) await player.answer(0);
    await expect(host.page.getByRole('button', { name: /^Next in/ })).toBeVisible();
    const desk = await openDesk(host.page);
    await desk.getByRole('button', { name: `Make ${firstName} host` }).click();
    await desk.getByRole('button', { name: 'Make host', exact: true }).click();
    await expect(first.page.getByRole('button', { name: /^Next in/ })).toBeVisible();
    await expect(host.page.getByRole('button', { name: /^Next in/ })).toBeHidden();
    await first.page.getByRole('button', { name: /^Next in/ }).click();
    await second.asked(3);
  });
  const address = first.page.url();
  await test.step('when the host is gone, somebody who is there takes over', async () => {
    await first.page.close();
    const menu = await openDesk(second.page);
    await menu.getByRole('button', { name: 'Take over' }).click({ timeout: 60_000 });
    await menu.getByRole('button', { name: 'Close' }).click();
    await expect(host.page.getByText(/asks whether the host is still there/).first()).toBeVisible();
    await expect(second.page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 60_000 });
  });
  await test.step('who was host comes back to the seat, not to the desk, and the match ends', async () => {
    const back = await first.context.newPage();
    await back.goto(address);
    await back.getByRole('region', { name: 'Answers' }).getByRole('button').first().click();
    await host.answer(0);
    await second.answer(0);
    await second.page.getByRole('button', { name: /^Result in/ }).click();
    await expect(back.getByRole('region', { name: 'Your numbers' })).toContainText('/ 2');
    await expect(back.getByRole('button', { name: 'Play again' })).toBeHidden();
  });
  const story = await storyOf(evening, second.page, info.outputPath('steered.fair'));
  await info.attach('story', { body: story });
  await evening.close();
});
