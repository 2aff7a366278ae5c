/** What many ask for at one time is asked once, and its answer serves a moment longer: nobody gains by asking all the time. */
import type { Clock } from '../ports.ts';

export type Shared<T> = (what: string, ask: () => Promise<T>) => Promise<T>;

/** Answers that are being held, those not worth it only while they are awaited; more than these are asked for one by one. */
const mostHeld = 64;

export function createShared<T>(clock: Clock, ms: number, isWorthHolding: (answer: T) => boolean): Shared<T> {
  const held = new Map<string, Promise<T>>();
  return (what, ask) => {
    const known = held.get(what);
    if (known) return known;
    const asked = ask();
    if (held.size >= mostHeld) return asked;
    held.set(what, asked);
    const forget = () => void held.delete(what);
    asked.then((answer) => (isWorthHolding(answer) ? void clock.setTimer(ms, forget) : forget()), forget);
    return asked;
  };
}
