/** Every screen as a person meets it: by eye, by thumb, by keyboard, by ear, in two themes, two languages and at all sizes. */
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { createPlayer, englishWords, type House, openHouse, openLobby } from '../fixtures/index.ts';

let house: House;

test.beforeAll(async () => {
  house = await openHouse({ env: { RELAY_ADDRESS_FACTOR: '10' } });
  await house.rooms['fairground']?.start();
});
test.afterAll(() => house?.close());

type Look = (page: Page, name: string) => Promise<void>;

/** What a page complained about: exceptions, errors, refusals of the content security policy. */
function complaintsOf(context: BrowserContext): readonly string[] {
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    // A code that nobody has is a 404, and the browser says so by itself.
    const expected = message.location().url.includes('/codes/');
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  return complaints;
}

/** The pages that need no match. */
async function lookAtPages(page: Page, look: Look): Promise<void> {
  await page.goto(house.url);
  await expect(page.locator('.topic').first()).toBeVisible();
  await look(page, 'landing');
  await page.locator('#code').fill('000001');
  await expect(page.getByRole('alert')).toBeVisible();
  await look(page, 'a code that nobody has');
  for (const place of [0, 1]) {
    await page.locator('.me button').nth(place).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(page, place === 0 ? 'profile' : 'settings');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.goto(`${house.url}/create`);
  await page.getByRole('option').first().click();
  await page.locator('summary').click();
  await look(page, 'create');
  await page.goto(`${house.url}/replay`);
  await expect(page.locator('.drop')).toBeVisible();
  await look(page, 'replay');
  await page.goto(`${house.url}/nowhere`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look(page, 'no such page');
  await page.goto(`${house.url}/j/000002`);
  await expect(page.getByRole('alert')).toBeVisible();
  await look(page, 'a link with a wrong code');
}

/** A match of two questions, alone, from the create page to the checked result. */
async function lookAtMatch(page: Page, look: Look): Promise<void> {
  await page.goto(`${house.url}/create`);
  await page.getByRole('option').first().click();
  for (let n = 10; n > 2; n--) await page.locator('.step').first().getByRole('button').first().click();
  await page.locator('summary').click();
  // As long to read as it goes: looking at everything takes its time.
  const reading = page.locator('.more [role=spinbutton]').first();
  for (let n = 6; n < 60; n += 2) await reading.press('ArrowUp');
  await page.locator('button[form=create-lobby]').click();
  await expect(page.locator('.seat')).toBeVisible();
  await look(page, 'lobby');
  await page.locator('.bar .btn--accent').click();
  await expect(page.locator('button.answer').first()).toBeVisible();
  await look(page, 'question');
  await page.locator('.codechip').click();
  await look(page, 'room menu');
  await page.keyboard.press('Escape');
  await page.locator('button.answer').first().click();
  await expect(page.locator('.stamp')).toBeVisible();
  await look(page, 'reveal');
  await page.locator('.gamebar .btn').click();
  await expect(page.locator('button.answer').first()).toBeVisible();
  await page.locator('button.answer').nth(1).click();
  await expect(page.locator('.stamp')).toBeVisible();
  await page.locator('.gamebar .btn').click();
  await expect(page.locator('.podium')).toBeVisible();
  await look(page, 'game over');
  await page.locator('.verify .shield').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'how sure it is');
  await page.getByRole('dialog').getByRole('link').click();
  await expect(page.locator('.verdict')).toBeVisible();
  for (const summary of await page.locator('.verdict summary').all()) await summary.click();
  await look(page, 'checked result');
  await page.locator('.board .ask').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'where a score comes from');
}

async function lookAtNim(page: Page, look: Look): Promise<void> {
  await page.goto(`${house.url}/create`);
  await page.locator('summary').click();
  await page.locator('.more .btn').click();
  await expect(page.locator('.table .btn--accent')).toBeVisible();
  await look(page, 'nim');
}

async function everywhere(page: Page, look: Look): Promise<void> {
  await lookAtPages(page, look);
  await lookAtMatch(page, look);
  await lookAtNim(page, look);
}

test('[U31][U32] axe finds nothing on any screen or dialog in both themes, and no page complains', async ({
  browser,
}) => {
  const { context, page } = await createPlayer(browser);
  const complaints = complaintsOf(context);
  const findings: string[] = [];
  await everywhere(page, async (at, name) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await at.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page: at }).analyze();
      for (const { id, nodes } of violations)
        findings.push(`${name}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => target).join(' and ')}`);
    }
  });
  expect(findings).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

/** Whatever can be tapped and cannot be hit 21 px away from its middle, up, down, left and right. */
function tooSmall(): string[] {
  const hits = (node: Element, x: number, y: number) => {
    const found = document.elementFromPoint(x, y);
    return found !== null && node.contains(found);
  };
  const controls =
    'a[href], button:not(:disabled), input:not([tabindex="-1"]), summary, [role=option], [role=spinbutton]';
  const scope = document.querySelector('[role=dialog]') ?? document;
  return [...scope.querySelectorAll(controls)].flatMap((node) => {
    // What is folded away cannot be tapped.
    if (node.matches('.skip') || !node.checkVisibility()) return [];
    node.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = node.getBoundingClientRect();
    if (width === 0) return [];
    const [cx, cy] = [x + width / 2, y + height / 2];
    const around = [
      [0, -21],
      [0, 21],
      [-21, 0],
      [21, 0],
    ] as const;
    const isHit = around.every(([dx, dy]) => hits(node, cx + dx, cy + dy));
    return isHit ? [] : [`${node.tagName}.${node.className} ${Math.round(width)}×${Math.round(height)}`];
  });
}

test('[U34] whatever can be tapped is at least 44 px high and wide', async ({ browser }) => {
  const { context, page } = await createPlayer(browser);
  const findings: string[] = [];
  await everywhere(page, async (at, name) => {
    for (const small of await at.evaluate(tooSmall)) findings.push(`${name}: ${small}`);
  });
  expect(findings).toEqual([]);
  await context.close();
});

/** A laptop's 1280 px at 200 % are 640; 320 is what WCAG 1.4.10 asks for. */
const NARROW = [
  { width: 360, height: 640 },
  { width: 320, height: 568 },
  { width: 640, height: 400 },
];

test('[U35] nothing scrolls sideways on a small phone or at 200 % zoom', async ({ browser }) => {
  const { context, page } = await createPlayer(browser, { viewport: NARROW[0]!, reducedMotion: 'reduce' });
  const findings: string[] = [];
  await everywhere(page, async (at, name) => {
    for (const size of NARROW) {
      await at.setViewportSize(size);
      const over = await at.evaluate(() => {
        const scope = document.querySelector('.dialog__body') ?? document.documentElement;
        return scope.scrollWidth - scope.clientWidth;
      });
      if (over > 0) findings.push(`${name} at ${size.width}: ${over} px too wide`);
    }
    await at.setViewportSize(NARROW[0]!);
  });
  expect(findings).toEqual([]);
  await context.close();
});

test('[U38] in German no English word of ours is left on any screen', async ({ browser }) => {
  const englishOn = await englishWords();
  const { context, page } = await createPlayer(browser, { locale: 'de-DE', reducedMotion: 'reduce' });
  const findings = new Set<string>();
  await everywhere(page, async (at, name) => {
    for (const said of await englishOn(at)) findings.add(`${name}: ${said}`);
  });
  expect([...findings]).toEqual([]);
  await context.close();
});

/** Presses Tab until the focus is where it should be; a person gives up sooner than this. */
async function tabTo(page: Page, wanted: ReturnType<Page['locator']>): Promise<void> {
  for (let n = 0; n < 30; n++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((node) => node === document.activeElement)) return;
  }
  throw new Error(`${wanted.toString()} is not reached by Tab`);
}

test('[U33] the keyboard alone leads from the landing page to a locked answer; a dialog gives the focus back', async ({
  browser,
}) => {
  const host = await createPlayer(browser);
  const code = await openLobby(host.page, { url: house.url, questions: 1 });
  const { context, page, answers } = await createPlayer(browser);
  await page.goto(house.url);
  for (const name of [/profile/, /^Settings/]) {
    const opener = page.getByRole('button', { name });
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
  }
  await tabTo(page, page.getByRole('textbox', { name: 'Got a code?' }));
  await page.keyboard.type(code);
  const ready = page.getByRole('button', { name: /I’m ready/ });
  await expect(ready).toBeVisible();
  await tabTo(page, ready);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Ready', exact: true })).toBeVisible();
  await host.page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(answers.first()).toBeVisible();
  await tabTo(page, answers.first());
  await page.keyboard.press('Enter');
  await expect(answers.first()).toHaveAttribute('aria-pressed', 'true');
  await Promise.all([context.close(), host.context.close()]);
});
