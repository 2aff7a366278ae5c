/** Stores and locks that a test can hold back, make fail, and watch. */
import type { Lock, LogStore } from '../store/ports.ts';

export interface Gate {
  /** From now on calls wait. */
  hold(): void;
  release(): void;
  /** The next call fails. */
  fail(message: string): void;
  /** Every call fails until it is mended. */
  breakDown(message: string): void;
  mend(): void;
  /** How many calls have failed. */
  readonly failed: number;
  readonly waiting: number;
  pass(): Promise<void>;
}

export function createGate(): Gate {
  let isHeld = false;
  const waiting: (() => void)[] = [];
  const failures: string[] = [];
  let broken: string | undefined;
  let failed = 0;
  return {
    hold: () => void (isHeld = true),
    release() {
      isHeld = false;
      for (const go of waiting.splice(0)) go();
    },
    fail: (message) => void failures.push(message),
    breakDown: (message) => void (broken = message),
    mend: () => void (broken = undefined),
    get failed() {
      return failed;
    },
    get waiting() {
      return waiting.length;
    },
    async pass() {
      if (isHeld) await new Promise<void>((resume) => void waiting.push(resume));
      const failure = failures.shift() ?? broken;
      if (failure === undefined) return;
      failed += 1;
      throw new Error(failure);
    },
  };
}

/** `append` goes through the gate before anything is written; what is called is noted. */
export function gatedStore(store: LogStore, gate: Gate, trace: string[] = []): LogStore {
  return {
    ...store,
    async append(commit) {
      if (commit.worlds.length > 0) await gate.pass();
      await store.append(commit);
      if (commit.worlds.length > 0) trace.push(`commit ${commit.worlds.length}`);
    },
    async putSupply(world, supply) {
      await gate.pass();
      await store.putSupply(world, supply);
      trace.push('supply');
    },
  };
}

export function gatedLock(lock: Lock, gate: Gate, trace: string[] = []): Lock {
  return {
    ...lock,
    async write(rows) {
      await gate.pass();
      await lock.write(rows);
      trace.push('lock');
    },
  };
}
