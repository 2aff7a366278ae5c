/** What became of an answer when everything around it fails: pages, networks, storages and keys. */
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  expect,
  type Page,
  test,
} from '@playwright/test';
import {
  createPlayer,
  type House,
  joinByCode,
  openHouse,
  party,
  type Party,
  type Player,
} from '../fixtures/index.ts';
import { makeSmall } from '../fixtures/fullDevice.ts';

/** How many have answered, as the sheet under a player's thumb says it. */
function lockedIn(player: Player, count: string) {
  return player.page.getByRole('region', { name: 'Answers' }).getByText(`${count} locked in`);
}

/** What the sheet under the thumb says of my answer. */
function said(page: Page, words: string) {
  return page.getByRole('region', { name: 'Answers' }).getByText(words).filter({ visible: true }).first();
}

/** Until the worker is there, nothing is sent without a page. */
async function workerReady(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
}

/** The browser's own call of the worker, as often as a test wants it. */
class Syncs {
  readonly #session: CDPSession;
  readonly #origin: string;
  readonly #registration: string;

  private constructor(session: CDPSession, origin: string, registration: string) {
    this.#session = session;
    this.#origin = origin;
    this.#registration = registration;
  }

  /** `page` stays open and need not be one of the app. */
  static async open(page: Page, url: string): Promise<Syncs> {
    const session = await page.context().newCDPSession(page);
    const found = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(url) && !isDeleted);
        if (ours) resolve(ours.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    return new Syncs(session, new URL(url).origin, await found);
  }

  async dispatch(lastChance = false): Promise<void> {
    const [origin, registrationId] = [this.#origin, this.#registration];
    await this.#session.send('ServiceWorker.dispatchSyncEvent', {
      origin,
      registrationId,
      tag: 'outbox',
      lastChance,
    });
  }
}

/** Deletes the rows of one table of the app's database, as a browser does that runs out of room. */
async function lose(page: Page, table: 'identity' | 'outbox'): Promise<void> {
  await page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('fairground');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('no database')));
    });
    const transaction = db.transaction(name, 'readwrite');
    transaction.objectStore(name).clear();
    await new Promise((resolve) => transaction.addEventListener('complete', resolve));
    db.close();
  }, table);
}

/** How the device has noted the newest intent. */
async function newestState(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const opened = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)));
    const db = await opened(indexedDB.open('fairground'));
    const rows = await opened(db.transaction('outbox').objectStore('outbox').getAll());
    db.close();
    return rows.at(-1).state;
  });
}

async function reopen(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

function guestOf(evening: Party): Player {
  const [guest] = evening.guests;
  if (!guest) throw new Error('a party has guests');
  return guest;
}

test.describe('an answer', () => {
  let house: House;
  let evening: Party;

  test.beforeEach(() => test.setTimeout(240_000));
  test.afterEach(async () => {
    await evening?.close();
    await house?.close();
  });

  async function begin(browser: Browser, questions: number, apart = false): Promise<Player> {
    house = await openHouse(apart ? { layout: 'apart' } : {});
    for (const room of Object.values(house.rooms)) await room.start();
    evening = await party({ browser, url: house.url, players: 2, questions, seconds: 60, reveal: 2 });
    await evening.start();
    return guestOf(evening);
  }

  test('[V20][V23] that was given without a network is sent by the browser after its page is closed', async ({
    browser,
  }) => {
    const guest = await begin(browser, 2);
    const address = guest.page.url();
    await workerReady(guest.page);
    await guest.context.setOffline(true);
    await guest.answer(1);
    await expect(said(guest.page, 'Locked here · not sent yet')).toBeVisible();
    await guest.page.close();
    await guest.context.setOffline(false);
    await expect(lockedIn(evening.host, '1 of 2')).toBeVisible({ timeout: 60_000 });
    const back = await reopen(guest.context, address);
    await expect(said(back, 'Counted. Wait for the others.')).toBeVisible();
    // A tab that crashes in the middle of it loses nothing either.
    await evening.host.answer(0);
    await evening.host.asked(2);
    await expect(back.getByText('One tap locks it in')).toBeVisible();
    await guest.context.setOffline(true);
    await back.getByRole('region', { name: 'Answers' }).getByRole('button').nth(1).click();
    await expect(said(back, 'Locked here · not sent yet')).toBeVisible();
    const session = await guest.context.newCDPSession(back);
    const crashed = back.waitForEvent('crash');
    void session.send('Page.crash').catch(() => {});
    await crashed;
    await back.close();
    await guest.context.setOffline(false);
    await expect(lockedIn(evening.host, '1 of 2')).toBeVisible({ timeout: 60_000 });
  });

  test('[V21][V22][U65] is sent once by page and worker together, and a sync that failed is repeated', async ({
    browser,
  }, info) => {
    const guest = await begin(browser, 2, true);
    const address = guest.page.url();
    await workerReady(guest.page);
    const bystander = await guest.context.newPage();
    const syncs = await Syncs.open(bystander, house.url);
    await house.rooms['relay']?.kill();
    await guest.answer(1);
    await expect(said(guest.page, 'Locked here · not sent yet')).toBeVisible();
    await syncs.dispatch();
    await house.rooms['relay']?.start();
    for (let n = 0; n < 3; n++) await syncs.dispatch();
    await expect(lockedIn(evening.host, '1 of 2')).toBeVisible({ timeout: 60_000 });
    await expect(said(guest.page, 'Counted. Wait for the others.')).toBeVisible();
    await evening.host.answer(0);
    await guest.asked(2);

    await house.rooms['relay']?.kill();
    await guest.answer(0);
    await guest.page.close();
    await syncs.dispatch();
    await house.rooms['relay']?.start();
    await syncs.dispatch(true);
    await expect(lockedIn(evening.host, '1 of 2')).toBeVisible({ timeout: 60_000 });
    // What the worker heard is kept for a page to judge.
    await bystander.goto(`${house.url}/icon.svg`);
    await expect.poll(() => newestState(bystander)).toBe('received');
    const back = await reopen(guest.context, address);
    await expect(said(back, 'Counted. Wait for the others.')).toBeVisible();
    await evening.host.answer(0);
    await expect(evening.host.page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
    const file = info.outputPath('evening.fair');
    const download = evening.host.page.waitForEvent('download');
    await evening.host.page.getByRole('button', { name: 'Take home' }).click();
    await (await download).saveAs(file);
    const { stdout } = await house.run('replay', file, '--json');
    expect(stdout.match(/locks an answer in/g)).toHaveLength(4);
    expect(stdout).not.toMatch(/refused/);
  });

  test('[V24] that the device cannot keep is said to be so, and counts; once there is room again it is kept', async ({
    browser,
  }) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    evening = await party({ browser, url: house.url, players: 1, questions: 2, seconds: 60, reveal: 2 });
    const guest = await createPlayer(browser);
    const device = await makeSmall(guest.page, house.url);
    await joinByCode(guest.page, house.url, evening.code);
    await evening.start();
    await guest.asked(1);
    // What it keeps of the app has its room before; a copy that failed half-way would give some back.
    await workerReady(guest.page);
    await device.fill();
    await guest.context.setOffline(true);
    await guest.answer(1);
    await expect(said(guest.page, 'Not kept on this device')).toBeVisible();
    await guest.context.setOffline(false);
    await expect(said(guest.page, 'Counted. Wait for the others.')).toBeVisible({ timeout: 60_000 });
    await expect(lockedIn(evening.host, '1 of 2')).toBeVisible();
    await device.makeRoom();
    await evening.host.answer(0);
    await guest.asked(2);
    await guest.context.setOffline(true);
    await guest.answer(1);
    await expect(said(guest.page, 'Locked here · not sent yet')).toBeVisible();
    await expect(said(guest.page, 'Not kept on this device')).toBeHidden();
    expect(await newestState(guest.page)).toBe('stored');
    await guest.context.close();
  });

  test('[V25][V26] of a device that lost its state counts; one that lost its key is told so', async ({
    browser,
  }) => {
    const guest = await begin(browser, 3);
    await guest.answer(1);
    await expect(said(guest.page, 'Counted. Wait for the others.')).toBeVisible();
    await lose(guest.page, 'outbox');
    await guest.page.reload();
    await expect(said(guest.page, 'Counted. Wait for the others.')).toBeVisible();
    await evening.host.answer(0);
    await guest.asked(2);
    await guest.answer(0);
    await expect(said(guest.page, 'Counted. Wait for the others.')).toBeVisible({ timeout: 60_000 });
    await lose(guest.page, 'identity');
    await guest.page.reload();
    await expect(guest.page.getByText('This device’s key is gone').first()).toBeVisible({ timeout: 60_000 });
    await expect(guest.page.getByText('You are watching').first()).toBeVisible();
  });

  test('[V27] two tabs of one phone show the same and get in nobody’s way', async ({ browser }) => {
    const guest = await begin(browser, 2);
    const second = await reopen(guest.context, guest.page.url());
    await expect(second.getByText('One tap locks it in')).toBeVisible();
    await guest.answer(1);
    await expect(said(second, 'Counted. Wait for the others.')).toBeVisible();
    await evening.host.answer(0);
    await guest.asked(2);
    await expect(second.getByText('One tap locks it in')).toBeVisible();
    await second.getByRole('region', { name: 'Answers' }).getByRole('button').nth(1).click();
    for (const page of [guest.page, second])
      await expect(said(page, 'Counted. Wait for the others.')).toBeVisible();
  });

  test('[V28] of a browser that keeps nothing counts as long as its page is open, and it says so', async ({
    browser,
  }) => {
    house = await openHouse();
    await house.rooms['fairground']?.start();
    evening = await party({ browser, url: house.url, players: 1, questions: 1, seconds: 60 });
    const guest = await createPlayer(browser);
    await guest.context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not in a private window', 'SecurityError');
      };
    });
    await joinByCode(guest.page, house.url, evening.code);
    await expect(guest.page.getByText('This browser keeps nothing').first()).toBeVisible();
    await evening.start();
    await guest.asked(1);
    await guest.answer(1);
    await expect(said(guest.page, 'Counted. Wait for the others.')).toBeVisible();
    await guest.context.close();
  });
});
