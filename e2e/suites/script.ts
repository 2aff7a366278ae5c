/** Markup and script in everything that strangers may write: on every screen it is text, and if it were not, the page's policy would stop it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import {
  createPlayer,
  type House,
  joinByCode,
  openHouse,
  openLobby,
  type Player,
} from '../fixtures/index.ts';

/** `p` is what each of them would call. */
const names = { host: '<img src=x onerror=p()>', guest: '"><svg/onload=p()>' };
const line = '<script>p()</script><a href="javascript:p()">here</a>';
const question = {
  topic: 'markup',
  text: '<script>p()</script> Which <img src=x onerror=p()> is it?',
  answers: [
    '<svg onload=p()>',
    '<a href="javascript:p()">right</a>',
    '{{p()}} ${p()}',
    '<iframe srcdoc="<script>parent.p()</script>">',
  ],
  correct: [1],
  explanation: '<style>*{display:none}</style><b onmouseover=p()>Because</b> javascript:p()',
  source: { name: '<b onclick=p()>Me</b>', licence: '<i>CC0</i>' },
};

/** A phone whose owner has this name. */
function named(name: string, url: string): BrowserContextOptions {
  const profile = JSON.stringify({ name, avatar: 7, theme: 'system', motion: 'less' });
  return {
    locale: 'en-GB',
    storageState: {
      cookies: [],
      origins: [{ origin: url, localStorage: [{ name: 'fairground.profile', value: profile }] }],
    },
  };
}

/** What the browser says of the policy, from now on. */
async function watch({ page, context }: Player): Promise<string[]> {
  const complaints: string[] = [];
  await context.addInitScript(() => Reflect.set(window, 'p', () => Reflect.set(window, 'pwned', true)));
  page.on('dialog', (dialog) => void complaints.push(dialog.message()));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return complaints;
}

const isPwned = (page: Page) => page.evaluate(() => Reflect.has(window, 'pwned'));

test.describe('script in what strangers write', () => {
  let house: House;
  const players: Player[] = [];

  test.afterEach(async () => {
    for (const { context } of players.splice(0)) await context.close();
    await house?.close();
  });

  test('[X56] names, chat, questions, answers and explanations of markup are text on every screen', async ({
    browser,
  }, info) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    const file = join(house.dataDir, 'markup.json');
    await writeFile(file, JSON.stringify([question]));
    const imported = await house.run('import', file, '--json');
    expect(JSON.parse(imported.stdout)).toMatchObject({ imported: 1, refused: [] });

    const host = await createPlayer(browser, named(names.host, house.url));
    players.push(host);
    const ofHost = await watch(host);
    const code = await openLobby(host.page, {
      url: house.url,
      questions: 1,
      reveal: 30,
      topic: 'markup',
    });
    const guest = await createPlayer(browser, named(names.guest, house.url));
    players.push(guest);
    const ofGuest = await watch(guest);
    await joinByCode(guest.page, house.url, code);
    await expect(host.page.getByText(names.guest).first()).toBeVisible();
    await expect(guest.page.getByText(names.host).first()).toBeVisible();
    await guest.page.getByPlaceholder('Say something').fill(line);
    await guest.page.getByPlaceholder('Say something').press('Enter');
    await expect(host.page.getByText(line).first()).toBeVisible();

    await host.page.getByRole('button', { name: 'Start', exact: true }).click();
    for (const player of players) {
      await player.asked(1);
      await expect(player.page.getByText(question.text).first()).toBeVisible();
      for (const answer of question.answers)
        await expect(player.page.getByText(answer).first()).toBeVisible();
    }
    for (const player of players) await player.answer(0);
    for (const { page } of players) await expect(page.getByText(question.explanation).first()).toBeVisible();
    await info.attach('reveal', { body: await host.page.screenshot(), contentType: 'image/png' });
    for (const { page } of players) expect(await isPwned(page)).toBe(false);
    expect([...ofHost, ...ofGuest]).toEqual([]);
  });

  test('[X57] markup that did get into a page runs nothing: the policy holds in the browser', async ({
    browser,
  }) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    const player = await createPlayer(browser, named('Ada', house.url));
    players.push(player);
    const complaints = await watch(player);
    const response = await player.page.goto(house.url);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/);
    await player.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'p()';
      const holder = document.createElement('div');
      holder.innerHTML =
        '<img src="data:," onerror="p()"><a id="go" href="javascript:p()">x</a><iframe srcdoc="<script>parent.p()</script>"></iframe>';
      document.body.append(script, holder);
      document.getElementById('go')?.click();
    });
    await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(3);
    expect(await isPwned(player.page)).toBe(false);
  });
});
