/** A Chromium for measuring: the installed one if there is one, else Playwright's own. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

const installed = '/usr/bin/chromium';

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    ...(existsSync(installed) ? { executablePath: installed } : {}),
  });
}
