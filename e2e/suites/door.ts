/** The way in: from a link to the first answer, with a slip of the thumb, into a full tent, under a name that nobody wants on a TV. */
import { type Browser, expect, test } from '@playwright/test';
import {
  createPlayer,
  type House,
  openHouse,
  openLobby,
  party,
  phone,
  type Player,
} from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

/** As somebody who came under that name before there was a filter, or past it. */
async function named(browser: Browser, name: string): Promise<Player> {
  const localStorage = [{ name: 'fairground.profile', value: JSON.stringify({ name, avatar: 7 }) }];
  const storageState = { cookies: [], origins: [{ origin: house.url, localStorage }] };
  return createPlayer(browser, { ...phone, storageState });
}

test('[V33] from the link to the first answer it is three taps at most, without signing up or typing a letter', async ({
  browser,
}, info) => {
  const evening = await party({ browser, url: house.url, players: 1, questions: 1 });
  const { page, answers, context } = await createPlayer(browser);
  const steps: { readonly step: string; readonly atMs: number }[] = [];
  const began = performance.now();
  const note = (step: string) => steps.push({ step, atMs: Math.round(performance.now() - began) });
  // Every tap and every key that reaches the page, on whichever of its addresses.
  await context.addInitScript(() => {
    const count = (name: string) =>
      sessionStorage.setItem(name, String(Number(sessionStorage.getItem(name) ?? '0') + 1));
    addEventListener('pointerdown', () => count('taps'), true);
    addEventListener('keydown', () => count('keys'), true);
  });
  await page.goto(`${house.url}/j/${evening.code}`);
  note('the link is open');
  await expect(page.getByRole('heading', { name: '2 in the tent' })).toBeVisible();
  note('seated, with a name and a face');
  await page.getByRole('button', { name: /I’m ready/ }).tap();
  await expect(evening.host.page.getByText('2 of 2 are ready')).toBeVisible();
  note('ready');
  await evening.host.page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(answers.first()).toBeEnabled();
  note('the first question');
  await answers.first().tap();
  await expect(
    page
      .getByRole('region', { name: 'Answers' })
      .getByText(/Locked in|Counted/)
      .first(),
  ).toBeVisible();
  note('the first answer is locked in');
  const { taps, keys } = await page.evaluate(() => ({
    taps: Number(sessionStorage.getItem('taps')),
    keys: Number(sessionStorage.getItem('keys')),
  }));
  expect({ taps, keys }).toEqual({ taps: 2, keys: 0 });
  await info.attach('steps', { body: JSON.stringify(steps, null, 2), contentType: 'application/json' });
  await context.close();
  await evening.close();
});

test('[V35] what the app is weighed by is what crosses the wire: its scripts and styles come compressed', async () => {
  const ask = (path: string) => fetch(house.url + path, { headers: { 'accept-encoding': 'gzip' } });
  const page = await ask('/');
  const files = [...(await page.text()).matchAll(/(?:src|href)="(\/_app\/[^"]+\.(?:js|css))"/gu)];
  const answers = [page, ...(await Promise.all(files.map(([, path = '']) => ask(path))))];
  expect(files.length).toBeGreaterThan(2);
  expect(new Set(answers.map(({ headers }) => headers.get('content-encoding')))).toEqual(new Set(['gzip']));
});

test('[V34][U95] a wrong code is said and typed again; a full tent says so and takes the next one when there is room; a rude name is nobody’s', async ({
  browser,
}) => {
  const host = await createPlayer(browser);
  const code = await openLobby(host.page, { url: house.url, questions: 1, counters: { Seats: 2 } });
  const rude = await named(browser, 'FUCK yo mama');
  const { page } = rude;
  await test.step('five digits are too few, six wrong ones are nobody’s, then the link itself is pasted', async () => {
    await page.goto(house.url);
    const input = page.getByRole('textbox', { name: 'Got a code?' });
    await input.fill(code.slice(0, 5));
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('No lobby has this code');
    await input.fill(code === '000001' ? '000002' : '000001');
    await expect(page.getByRole('alert')).toContainText('Two digits may have swapped places');
    await input.fill(`${house.url}/j/${code}`);
    await expect(page.getByRole('button', { name: /I’m ready/ })).toBeVisible();
  });
  await test.step('a rude name is not shown to anybody, and not taken for a new one', async () => {
    await expect(host.page.getByRole('heading', { name: '2 in the tent' })).toBeVisible();
    for (const one of [host.page, page]) await expect(one.getByRole('main')).not.toContainText(/fuck/iu);
    await page.getByRole('button', { name: /^Your profile/ }).click();
    const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
    await name.fill('Arschloch');
    await name.press('Enter');
    await name.blur();
    await expect(page.getByRole('dialog').getByText('Not that name')).toBeVisible();
    await page.keyboard.press('Escape');
  });
  const third = await createPlayer(browser);
  const seat = third.page.getByRole('contentinfo').getByRole('button');
  await test.step('two seats are two seats, and whoever is too late may watch', async () => {
    await third.page.goto(`${house.url}/j/${code}`);
    await expect(seat).toHaveText('Every seat is taken');
    await expect(seat).toBeDisabled();
    await expect(host.page.getByRole('heading', { name: '2 in the tent' })).toBeVisible();
  });
  await test.step('when somebody leaves, the seat is free', async () => {
    await page.getByRole('button', { name: 'Leave' }).click();
    await expect(host.page.getByRole('heading', { name: '1 in the tent' })).toBeVisible();
    await third.page.getByRole('button', { name: 'Take a seat' }).click();
    await expect(third.page.getByRole('button', { name: /I’m ready/ })).toBeVisible();
    await expect(host.page.getByRole('heading', { name: '2 in the tent' })).toBeVisible();
  });
  for (const { context } of [host, rude, third]) await context.close();
});

test('[U245] who has a generated name that is here already gets another one and a seat; who chose it is asked', async ({
  browser,
}) => {
  const host = await createPlayer(browser);
  const code = await openLobby(host.page, { url: house.url, questions: 1 });
  const here: Player[] = [];
  for (const name of ['Velvet Otter', 'Velvet Otter', 'Ann Example', 'ANN example']) {
    const player = await named(browser, name);
    here.push(player);
    await player.page.goto(`${house.url}/j/${code}`);
    if (name !== 'ANN example')
      await expect(player.page.getByRole('button', { name: /I’m ready/ })).toBeVisible();
  }
  await expect(here[3]!.page.getByText('That name is taken')).toBeVisible();
  await expect(host.page.getByRole('heading', { name: '4 in the tent' })).toBeVisible();
  await expect(host.page.getByRole('main').getByText('Velvet Otter')).toHaveCount(1);
  for (const { context } of [host, ...here]) await context.close();
});

test('[U230] until the app is here the page shows its brand, as one likes it, and says what to do when it does not come', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...phone, colorScheme: 'light', serviceWorkers: 'block' });
  await context.addInitScript(() => localStorage.setItem('PARAGLIDE_LOCALE', 'de'));
  const page = await context.newPage();
  await page.clock.install();
  let deliver: () => void = () => {};
  const held = new Promise<void>((resolve) => (deliver = resolve));
  await page.route('**/_app/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(house.url, { waitUntil: 'commit' });
  const splash = page.locator('#splash');
  await expect(splash.getByText('Fairground')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.clock.fastForward(12_000);
  await expect(splash.getByRole('alert')).toHaveText(/Prüfe deine Verbindung/);
  deliver();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(splash).toHaveCount(0);
  await context.close();

  const without = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const plain = await without.newPage();
  await plain.goto(house.url);
  await expect(plain.getByText(/needs JavaScript/)).toBeVisible();
  await without.close();
});
