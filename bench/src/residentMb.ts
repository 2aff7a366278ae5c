/** What a process occupies, in MB: what its operator pays for, garbage that is not collected yet included. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { median } from './median.ts';

const run = promisify(execFile);
const LOOKS = 5;
const BETWEEN_MS = 1_000;

/** The median of five looks, a second apart. */
export async function residentMb(pid: number): Promise<number> {
  const seen: number[] = [];
  for (let i = 0; i < LOOKS; i++) {
    await sleep(BETWEEN_MS);
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    seen.push(Number(stdout) / 1024);
  }
  return median(seen);
}
