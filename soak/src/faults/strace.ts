/** Lets system calls of a running process fail: strace is attached, and what it injects the process takes for the kernel's word. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Injection {
  readonly error: 'EIO' | 'ENOSPC' | 'EROFS';
  /** Only calls on this file. */
  readonly path?: string;
  /** Only these calls, and only the nth of each thread; all that write or sync if not given. */
  readonly only?: { readonly call: Call; readonly nth: number };
}

export interface Attached {
  /** The calls so far, a line each. */
  calls(): Promise<readonly string[]>;
  /** How many of them were made to fail. */
  hits(): Promise<number>;
  detach(): Promise<void>;
}

/** What changes a file, or promises that it is changed for good. Sockets are written by other calls. */
const CALLS = ['pwrite64', 'pwritev', 'fsync', 'fdatasync', 'ftruncate', 'fallocate'] as const;
export type Call = (typeof CALLS)[number];

/** A sentence if it cannot be used here. */
export function whyNoStrace(): string | undefined {
  const { error, status } = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', 'true']);
  if (error) return 'strace is not installed: apt-get install strace';
  return status === 0 ? undefined : 'strace may not trace here: run as root, or allow ptrace';
}

/** Without an injection it only looks. */
export async function attach(pid: number, injection?: Injection): Promise<Attached> {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-strace-'));
  const file = join(folder, 'calls');
  const child = spawn('strace', ['-f', '-y', '-p', String(pid), '-o', file, ...flagsOf(injection)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await attached(child);
  const calls = async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return {
    calls,
    hits: async () => (await calls()).filter((line) => line.includes('(INJECTED)')).length,
    async detach() {
      if (child.exitCode === null && child.signalCode === null) {
        const closed = once(child, 'close');
        child.kill('SIGINT');
        await closed;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function flagsOf(injection: Injection | undefined): readonly string[] {
  const traced = ['-e', `trace=${CALLS.join()}`];
  if (!injection) return traced;
  const { error, path, only } = injection;
  const [calls, when] = only ? [only.call, `:when=${only.nth}`] : [CALLS.join(), ''];
  const filter = path === undefined ? [] : ['-P', path];
  return [...traced, '-e', `inject=${calls}:error=${error}${when}`, ...filter];
}

/** Says so on stderr, once for all threads. */
function attached(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/attached/.test(said)) resolve();
    });
    child.once('close', () => reject(new Error(`strace could not be attached: ${said}`)));
  });
}
