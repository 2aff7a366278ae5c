import { describe, expect, it } from 'vitest';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { createTurn } from './turn.ts';

/** As the browser's: one holder a name, those behind it in a row until their signal aborts. */
function createLocks(): LockManager {
  const rows = new Map<string, Promise<unknown>>();
  const request = (name: string, { signal }: { signal: AbortSignal }, work: () => Promise<unknown>) => {
    const before = rows.get(name) ?? Promise.resolve();
    const gone = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
    const mine = Promise.race([before, gone]).then(work);
    rows.set(name, Promise.allSettled([before, mine]));
    return mine;
  };
  return { request } as unknown as LockManager;
}

describe('[D30] turns', () => {
  it('are one at a time', async () => {
    const turn = createTurn(createLocks(), createTestClock());
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await settle();
      seen.push(`${name} ends`);
    };
    await Promise.all([turn('x', work('one')), turn('x', work('two'))]);
    expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('are waited for two seconds: a frozen page stops nobody', async () => {
    const clock = createTestClock();
    const turn = createTurn(createLocks(), clock);
    void turn('x', () => new Promise(() => {}));
    let isDone = false;
    const mine = turn('x', async () => (isDone = true));
    await clock.advance(1_999);
    expect(isDone).toBe(false);
    await clock.advance(1);
    expect(await mine).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it('hand on what the work failed with, and are over then', async () => {
    const clock = createTestClock();
    const turn = createTurn(createLocks(), clock);
    let tries = 0;
    const failing = turn('x', async () => {
      tries++;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(tries).toBe(1);
    expect(await turn('x', async () => 'next')).toBe('next');
  });

  it('are everybody’s own where there are no locks', async () => {
    expect(await createTurn(undefined, createTestClock())('x', async () => 7)).toBe(7);
  });
});
