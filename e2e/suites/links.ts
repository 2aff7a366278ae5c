/** What is handed on as a link: opened by somebody who was never there. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { createPlayer, type House, openHouse, openLobby } from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse();
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

/** The host's page at the end of an unlisted match of one question. */
async function playAlone(page: Page): Promise<void> {
  await openLobby(page, { url: house.url, questions: 1 });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('region', { name: 'Answers' }).getByRole('button').first().click();
  await expect(page.getByRole('region', { name: 'Podium' })).toBeVisible({ timeout: 60_000 });
}

/** The proof's address as the page of the result has it, and the match's own address with its capability. */
async function addressesOf(page: Page): Promise<{ readonly proof: string; readonly match: string }> {
  const href = await page.getByRole('link', { name: 'See the proof' }).first().getAttribute('href');
  const proof = new URL(href ?? '', house.url);
  const match = new URL(`/w/${proof.searchParams.get('world')}${proof.hash}`, house.url);
  return { proof: proof.href, match: match.href };
}

/** A browser that has never been here. */
async function stranger(browser: Browser, locale: string): Promise<Page> {
  const { page } = await createPlayer(browser, { locale, viewport: { width: 360, height: 640 } });
  return page;
}

test('[U48] a stranger gets a verdict from the proof of an unlisted match, and is told where half of its link leads', async ({
  browser,
}) => {
  const { page, context } = await createPlayer(browser);
  await playAlone(page);
  const { proof, match } = await addressesOf(page);
  const [half = ''] = match.split('#');
  const other = await stranger(browser, 'en-GB');

  await other.goto(proof);
  await expect(other.getByRole('heading', { name: 'It checks out.' })).toBeVisible();

  await other.goto(half);
  await expect(other.getByRole('heading', { name: 'This match is not public' })).toBeVisible();
  await expect(other.getByText('It opens only with its whole link')).toBeVisible();
  await expect(other.getByText('Relay out of reach')).toBeHidden();

  // The whole link, put in the place of half of it, loads nothing anew.
  await other.goto(match);
  await expect(other.getByRole('region', { name: 'Podium' })).toBeVisible();

  const german = await stranger(browser, 'de-DE');
  await german.goto(half);
  await expect(german.getByText('Sie öffnet sich nur mit ihrem ganzen Link')).toBeVisible();
  for (const one of [context, other.context(), german.context()]) await one.close();
});
