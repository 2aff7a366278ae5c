/** Finds or gets what the tests drive: a Chromium, and JavaScriptCore's shell. What cannot be had is said, and the tests go on. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium as playwrightChromium } from 'playwright';
import { chromium, findOnPath } from './chromium.ts';

const tenMinutes = 600_000;
let packageListsAreFresh = false;

async function ensureBrowser(): Promise<void> {
  if (await launches()) return;
  console.log("No Chromium yet: trying Playwright's download.");
  run('playwright', ['install', 'chromium']);
  if (await launches()) return;
  console.log('Still none: trying the Debian package.');
  aptInstall('chromium');
  if (await launches()) return;
  console.log('No Chromium could be had, so browser tests will fail. Put one on the PATH and run again.');
}

function ensureJavaScriptCore(): void {
  const packages = ['libjavascriptcoregtk-4.0-bin', 'libjavascriptcoregtk-4.1-bin'];
  if (findOnPath(['jsc']) !== undefined || packages.some(aptInstall)) return;
  console.log('No JavaScriptCore shell (jsc) could be had: one engine fewer replays the golden ledgers.');
}

/** A file that is there may still lack libraries, or be a stub of another package manager: only a launch tells. */
async function launches(): Promise<boolean> {
  const { executablePath, args } = chromium();
  try {
    const browser = await playwrightChromium.launch({
      args: [...args],
      ...(executablePath ? { executablePath } : {}),
    });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

function aptInstall(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  packageListsAreFresh ||= run('apt-get', ['update', '-qq']);
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
}

function run(program: string, args: readonly string[]): boolean {
  const env = {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
  };
  const { status, stderr } = spawnSync(program, args, { env, timeout: tenMinutes, encoding: 'utf8' });
  if (status !== 0) console.log(`${program} ${args.join(' ')} failed: ${firstFault(stderr ?? '')}`);
  return status === 0;
}

function firstFault(stderr: string): string {
  return stderr.split('\n').find((line) => /error|failed|^E:/i.test(line)) ?? 'not found, or too slow';
}

await ensureBrowser();
ensureJavaScriptCore();
