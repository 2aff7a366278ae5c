/**
 * Takes the machine's clock and chance away from the whole process, libraries included. To be called before anything else is loaded: some
 * libraries hold on to what they find when they are.
 */
import { createRequire } from 'node:module';
import { syncBuiltinESMExports } from 'node:module';
import { knownVerdicts } from '@fairground/ledger/testing/knownVerdicts';
import { cachedKeys } from './cachedKeys.ts';
import { type Chance } from './chance.ts';
import { currentLife, type Loop } from './loop.ts';

interface Ruler {
  loop: Loop;
  chance: Chance;
}

let ruler: Ruler | undefined;
const realImmediate = globalThis.setImmediate;

/** From now on time and chance are these. */
export function rule(loop: Loop, chance: Chance): void {
  ruler = { loop, chance };
}

/** Resolves when no promise, no `nextTick` and no microtask is left. */
export function settle(): Promise<void> {
  return new Promise((resume) => void realImmediate(resume));
}

function ruled(): Ruler {
  if (!ruler) throw new Error('globals: nothing rules yet');
  return ruler;
}

/** By the clock of whoever asks. */
function now(): number {
  return ruler ? ruler.loop.now + (currentLife()?.skew ?? 0) : 0;
}

export function installGlobals(): void {
  installTimers();
  installDate();
  installChance();
}

function installTimers(): void {
  const once =
    (label: string) =>
    (act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const { loop } = ruled();
      return timerOf(() =>
        loop.after(label === 'immediate' ? 0 : Math.max(1, Number(ms) || 1), label, () => act(...args)),
      );
    };
  const immediate = once('immediate');
  Object.assign(globalThis, {
    setTimeout: once('timeout'),
    setImmediate: (act: (...args: unknown[]) => void, ...args: unknown[]) => immediate(act, 0, ...args),
    setInterval: (act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const { loop } = ruled();
      const begin = () => {
        let cancel = () => {};
        const again = () => {
          cancel = loop.after(Math.max(1, Number(ms) || 1), 'interval', () => {
            again();
            act(...args);
          });
        };
        again();
        return () => cancel();
      };
      return timerOf(begin);
    },
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  });
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    ruled().loop.after(ms, 'abort', () => controller.abort(new DOMException('timed out', 'TimeoutError')));
    return controller.signal;
  };
  performance.now = () => now();
}

interface Timer {
  cancel: () => void;
  unref(): Timer;
  ref(): Timer;
  hasRef(): boolean;
  refresh(): Timer;
}

/** As Node's, as far as libraries use it. */
function timerOf(begin: () => () => void): Timer {
  const timer: Timer = {
    cancel: begin(),
    unref: () => timer,
    ref: () => timer,
    hasRef: () => true,
    refresh() {
      timer.cancel();
      timer.cancel = begin();
      return timer;
    },
  };
  return timer;
}

function clear(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'cancel' in timer) (timer as Timer).cancel();
}

function installDate(): void {
  const RealDate = globalThis.Date;
  class VirtualDate extends RealDate {
    constructor(...args: readonly unknown[]) {
      // oxlint-disable-next-line typescript/no-explicit-any -- Date's overloads cannot be passed on otherwise
      super(...((args.length === 0 ? [now()] : args) as [any]));
    }
    static override now = now;
  }
  globalThis.Date = VirtualDate as DateConstructor;
}

function installChance(): void {
  Math.random = () => ruled().chance.below(2 ** 32) / 2 ** 32;
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    bytes.set(ruled().chance.bytes(bytes.length));
    return view;
  };
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: fill });
  // The module object itself: libraries take these functions out of it by name.
  const nodeCrypto = createRequire(import.meta.url)('node:crypto') as Record<string, unknown>;
  Object.assign(nodeCrypto, {
    verify: knownVerdicts(nodeCrypto['verify'] as Parameters<typeof knownVerdicts>[0]),
    createPrivateKey: cachedKeys(nodeCrypto['createPrivateKey'] as Parameters<typeof cachedKeys>[0]),
    randomFillSync: (view: ArrayBufferView) => fill(view),
    randomBytes: (length: number) => Buffer.from(ruled().chance.bytes(length)),
    randomUUID: () => uuidOf(ruled().chance),
  });
  Object.defineProperty(globalThis.crypto, 'randomUUID', { value: () => uuidOf(ruled().chance) });
  syncBuiltinESMExports();
}

function uuidOf(chance: Chance): string {
  const hex = Buffer.from(chance.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
