/** `fairground start` in a process of its own, so that what is measured is not also what measures. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface House {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

const command = new URL('../../node_modules/.bin/fairground', import.meta.url).pathname;

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-bench-'));
  const child = spawn(command, ['start'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      LOCK_DIR: join(folder, 'locks'),
      RELAY_ADDRESS_FACTOR: '1000',
    },
  });
  let said = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    said += String(chunk);
    if (said.includes('Ctrl-C')) break;
  }
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  if (url === undefined) throw new Error(`the server did not start: ${said}`);
  return {
    url,
    pid: child.pid ?? 0,
    async close() {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
