/** A question with a picture, from an operator's folder to every screen and home: what a phone shows is what the log names. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { type House, openHouse, type Party, party } from '../fixtures/index.ts';

const alt = 'A flag of three upright stripes';
const [width, height] = [120, 80];
let house: House;
let evening: Party;

test.afterEach(async () => {
  await evening?.close();
  await house?.close();
});

function chunk(name: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Green, white and red, as PNG. */
function flag(): Buffer {
  const stripes = [0x00_92_46, 0xff_ff_ff, 0xce_2b_37].flatMap((colour) =>
    Array.from({ length: width / 3 }, () => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  );
  const row = Buffer.of(0, ...stripes.flat());
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function importFlag({ dataDir, run }: House): Promise<void> {
  const pack = join(dataDir, 'pack');
  await mkdir(join(pack, 'pictures'), { recursive: true });
  await writeFile(join(pack, 'pictures', 'it.png'), flag());
  const question = {
    ...{ topic: 'flags', source: { name: 'Test', licence: 'CC0-1.0' }, text: 'Whose flag is this?' },
    ...{ answers: ['Italy', 'Ireland', 'Mexico'], correct: [0], image: { file: 'pictures/it.png', alt } },
  };
  await writeFile(join(pack, 'flags.json'), JSON.stringify(question));
  const { code, stdout, stderr } = await run('import', join(pack, 'flags.json'), '--json');
  expect(code, stdout + stderr).toBe(0);
}

/** Drawn, in its own size: stored as it was, since it is small. */
async function seesFlag(page: Page): Promise<void> {
  const image = page.locator(`img[alt="${alt}"]`);
  await expect(image).toBeVisible();
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight]))
    .toEqual([width, height]);
}

test('[V40] two phones and a big screen play a question with a picture; it goes home and is in the replay', async ({
  browser,
}, info) => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
  await importFlag(house);
  evening = await party({
    ...{ browser, url: house.url, players: 2, questions: 1, topic: 'flags', reveal: 60, screen: true },
  });
  const { host, guests, screen } = evening;
  const [guest] = guests;
  if (!guest || !screen) throw new Error('two phones and a screen were asked for');
  const pages = [host.page, guest.page, screen];
  const asked = guest.page.waitForResponse(/\/blob\/[0-9a-f]{64}$/);
  await evening.start();
  await test.step('everybody sees it with the question', async () => {
    await Promise.all(pages.map(seesFlag));
    expect((await asked).headers()).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('immutable'),
    });
  });
  await test.step('also a phone that is reloaded', async () => {
    await guest.page.reload();
    await seesFlag(guest.page);
  });
  await host.answer(0);
  await guest.answer(1);
  await expect(screen.getByText(/^Result in/)).toBeVisible();
  await Promise.all(pages.map(seesFlag));
  await host.page.getByRole('button', { name: /^Result in/ }).click();
  await evening.over();

  const file = info.outputPath('flags.fair');
  const [download] = await Promise.all([
    guest.page.waitForEvent('download'),
    guest.page.getByRole('button', { name: 'Take home' }).click(),
  ]);
  await download.saveAs(file);
  const verified = await house.run('verify', file, '--level', 'full', '--json');
  const { valid, checks } = JSON.parse(verified.stdout) as {
    readonly valid: boolean;
    readonly checks: readonly { readonly name: string; readonly detail: string }[];
  };
  expect(valid).toBe(true);
  expect(checks.find(({ name }) => name === 'files')?.detail).toMatch(
    /1 files have the hashes that entries name$/,
  );
  await test.step('the replay of the file shows it without a network', async () => {
    await host.page.goto(`${house.url}/replay`);
    await host.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await host.context.setOffline(true);
    await host.page.locator('input[type=file]').setInputFiles(file);
    await host.page.getByRole('combobox', { name: 'Jump to' }).selectOption('Question 1');
    await host.page.getByRole('slider', { name: 'Entry' }).press('ArrowRight');
    await seesFlag(host.page);
  });
});
