/** This device has verified more of a log than its authority has: an old copy of its data was put back, and we bring what it lacks. */
import type { VerifiedLog } from './verifiedLog.ts';
import {
  type Cap,
  encodeTailBatch,
  limits,
  paths,
  SoughtReply,
  SuffixReply,
  type WorldId,
} from '@fairground/protocol';
import type { Http } from '../http.ts';
import type { Clock } from '../ports.ts';

/** True if its authority lacks something of this log: then it was brought what we have, if that is enough. */
export type BringBack = (log: VerifiedLog) => Promise<boolean>;

const TIMEOUT_MS = 60_000;

export function createBringBack(http: Http, world: WorldId, cap: Cap | undefined): BringBack {
  return async ({ entries, checkpoint }) => {
    const reply = await http.json(paths.sought(world), SoughtReply, { cap });
    const sought = reply.ok ? reply.value.sought : null;
    if (!sought) return false;
    if (!checkpoint || entries.length < sought.size) return true;
    const body = encodeTailBatch({ first: sought.from, entries: entries.slice(sought.from), checkpoint });
    if (body.length > limits.suffixBytes.max) return true;
    const request = { method: 'POST', body, cap, timeoutMs: TIMEOUT_MS } as const;
    const brought = await http.json(paths.suffix(world), SuffixReply, request);
    return !(brought.ok && brought.value.taken);
  };
}

/** After a path has opened: an authority may take a while to find out what it lacks. A crowd asks four times each, and then no more. */
const ASK_MS = [1_000, 5_000, 15_000, 45_000] as const;
const AGAIN_MS = 5_000;

/** Asks a few times whether something is sought, and brings it as long as it is. Owns the timer. */
export class Offering {
  readonly #clock: Clock;
  readonly #bringBack: BringBack;
  #asked = 0;
  #cancel: (() => void) | undefined;

  constructor({ clock, bringBack }: { readonly clock: Clock; readonly bringBack: BringBack }) {
    this.#clock = clock;
    this.#bringBack = bringBack;
  }

  begin(log: VerifiedLog): void {
    this.#asked = 0;
    if (!this.#cancel) this.#wait(log, ASK_MS[0]);
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = () => {};
  }

  #wait(log: VerifiedLog, ms: number): void {
    const cancel = this.#clock.setTimer(ms, () => void this.#ask(log, cancel));
    this.#cancel = cancel;
  }

  async #ask(log: VerifiedLog, own: () => void): Promise<void> {
    const isSought = log.entries.length > 0 && (await this.#bringBack(log).catch(() => false));
    if (this.#cancel !== own) return;
    this.#asked += 1;
    const next = isSought ? AGAIN_MS : ASK_MS[this.#asked];
    this.#cancel = undefined;
    if (next !== undefined) this.#wait(log, next);
  }
}
