/** When something is first on the screen, noted by the page itself: whoever asks it again and again slows it down. */
import type { Page } from 'playwright';

const PATIENCE_MS = 120_000;
const ASK_MS = 100;

/** For the next page that is opened in `page`. */
export async function noteWhenSeen(page: Page, selector: string): Promise<void> {
  await page.addInitScript(note, selector);
}

/** Ms from the navigation to the end of the first frame that shows it. */
export async function whenSeen(page: Page): Promise<number> {
  const read = () => (globalThis as unknown as { seenAt?: number }).seenAt;
  const seen = await page.waitForFunction(read, undefined, { timeout: PATIENCE_MS, polling: ASK_MS });
  return Number(await seen.jsonValue());
}

/** Runs in the page. */
function note(selector: string): void {
  const look = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    look.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => Object.assign(globalThis, { seenAt: performance.now() }));
      port1.start();
      port2.postMessage(0);
    });
  });
  look.observe(document, { subtree: true, childList: true });
}
