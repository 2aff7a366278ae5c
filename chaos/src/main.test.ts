import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const main = new URL('./main.ts', import.meta.url).pathname;

/** The last line that a process of its own prints about a seed. */
async function lastLine(seed: number): Promise<string> {
  const { stdout } = await run(process.execPath, [main, '--from', String(seed), '--trace'], {
    maxBuffer: 2 ** 28,
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

describe('a seed', () => {
  it.each([2, 9])(
    '[S9][S10] keeps every promise by the same trace in two processes (seed %i)',
    async (seed) => {
      const line = await lastLine(seed);
      expect(line).toMatch(/every promise was kept, trace [0-9a-f]{64}$/);
      expect(await lastLine(seed)).toBe(line);
    },
  );

  it('[S15] of a long world lets somebody begin at its snapshot (seed 4)', async () => {
    const { stdout } = await run(process.execPath, [main, '--from', '4', '--trace'], { maxBuffer: 2 ** 28 });
    expect(stdout).toMatch(/peer3 begins at entry 255\n/);
    expect(stdout).toMatch(/every promise was kept/);
  });

  it('[S10] is told by its number', async () => {
    await expect(run(process.execPath, [main, '--from', 'seven'])).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringContaining('--from is a whole number, not seven'),
    });
  });
});
