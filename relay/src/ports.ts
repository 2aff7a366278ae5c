/** What the relay needs of the machine; a simulation hands in its own. */
import type { Bytes } from '@fairground/ledger';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `fn` once after `ms`; the result cancels it. */
  setTimer(ms: number, fn: () => void): () => void;
}

export type Random = (length: number) => Bytes;

/** Structured, one event a line; no tokens, capabilities or secrets in `fields`. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Runs `fn` every `ms` until it is stopped. */
export function every(clock: Clock, ms: number, fn: () => void): () => void {
  let cancel = clock.setTimer(ms, tick);
  function tick() {
    cancel = clock.setTimer(ms, tick);
    fn();
  }
  return () => cancel();
}
