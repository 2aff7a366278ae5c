/** Honest people in a process of their own, who play one match after another while others do what they like; and what a process weighs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finished, run } from '../testing/run.ts';

export interface Honest {
  /** Resolves when one more whole match has ended, begun after this was asked. */
  anotherMatch(): Promise<void>;
  /** How every match ended: `simulate` ends with 0 when all have seen the end, and the file verifies. */
  stop(): Promise<readonly Finished[]>;
}

export function keepPlaying(url: string, folder: string): Honest {
  const played: Finished[] = [];
  const wakes = new Set<() => void>();
  let isStopped = false;
  const playing = (async () => {
    for (let round = 1; !isStopped; round++) {
      const flags = [
        '--players',
        '3',
        '--questions',
        '1',
        '--seed',
        String(round),
        '--url',
        url,
        '--patience',
        '300',
      ];
      played.push(await run(['simulate', 'trivia', ...flags, '-o', join(folder, `${round}.fair`), '--json']));
      for (const wake of wakes) wake();
      wakes.clear();
    }
  })();
  const oneEnds = () => new Promise<void>((resolve) => wakes.add(resolve));
  return {
    async anotherMatch() {
      // The first to end may have begun before.
      await oneEnds();
      await oneEnds();
    },
    async stop() {
      isStopped = true;
      await playing;
      return played;
    },
  };
}

/** Resident memory of a process, MiB; undefined where the system does not say. */
export async function residentMiB(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kB = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kB === undefined ? undefined : Number(kB) / 1024;
}
