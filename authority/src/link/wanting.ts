/** Asks the relay for what this authority published and lost. */
import type { Bytes } from '@fairground/ledger';
import type { GivenFrame, ToRelay } from '@fairground/protocol';
import type { Clock } from '../ports.ts';

export interface Wanting {
  /** Undefined if the relay does not hold it, is away, or does not answer. `path`: `tail`, or a path of the log. */
  want(world: Bytes, path: string): Promise<Bytes | undefined>;
  given(frame: GivenFrame): void;
  /** Nothing that is under way comes any more. */
  close(): void;
}

const patienceMs = 10_000;

export function createWanting({
  clock,
  send,
}: {
  readonly clock: Clock;
  send(frame: ToRelay): void;
}): Wanting {
  const waiting = new Map<number, (bytes: Bytes | undefined) => void>();
  let lastId = 0;
  let isClosed = false;
  return {
    want(world, path) {
      if (isClosed) return Promise.resolve(undefined);
      const id = ++lastId;
      return new Promise((resolve) => {
        const settle = (bytes: Bytes | undefined) => {
          cancel();
          waiting.delete(id);
          resolve(bytes);
        };
        const cancel = clock.setTimer(patienceMs, () => settle(undefined));
        waiting.set(id, settle);
        send({ t: 'want', id, world, path });
      });
    },
    close() {
      isClosed = true;
      for (const settle of waiting.values()) settle(undefined);
    },
    given: ({ id, bytes }) => waiting.get(id)?.(bytes ?? undefined),
  };
}
