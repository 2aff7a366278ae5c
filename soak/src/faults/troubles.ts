/** Disks that cannot be written for a while, each by another honest way. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attach } from './strace.ts';

export interface Trouble {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** No file of the process may grow, nor be written at all (`RLIMIT_FSIZE`): needs no rights. */
export function noRoomFor(pid: () => number): Trouble {
  const limit = (soft: string) => must('prlimit', ['--pid', String(pid()), `--fsize=${soft}:unlimited`]);
  return { begin: async () => limit('0'), end: async () => limit('unlimited') };
}

/** Every call that would write is answered with EROFS, as on a disk that the kernel has made read-only. */
export function readOnlyFor(pid: () => number): Trouble {
  let detach = async () => {};
  return {
    async begin() {
      ({ detach } = await attach(pid(), { error: 'EROFS' }));
    },
    end: () => detach(),
  };
}

export interface SmallDisk extends Trouble {
  readonly path: string;
  unmount(): Promise<void>;
}

/** A sentence if nothing can be mounted here. */
export function whyNoMount(): string | undefined {
  return process.getuid?.() === 0 ? undefined : 'only root may mount a small disk: run as root';
}

/** A disk of its own; trouble is a file that takes all the room that is left. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'fairground-disk-'));
  must('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'fairground-soak', path]);
  const ballast = join(path, 'ballast');
  return {
    path,
    async begin() {
      // Half a file is what a full disk leaves behind.
      await writeFile(ballast, new Uint8Array(megabytes * 1_048_576)).catch(() => {});
    },
    async end() {
      await truncate(ballast, 0);
    },
    async unmount() {
      must('umount', [path]);
      await rm(path, { recursive: true });
    },
  };
}

/** Read-only from the start: nothing holds it open yet. */
export function remount({ path }: SmallDisk, how: 'ro' | 'rw'): void {
  must('mount', ['-o', `remount,${how}`, path]);
}

function must(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
