/** The tails of all worlds that were shown, and what readers have of them. */
import { type Bytes, bytesToHex } from '@fairground/ledger';
import { type ToRelay, formatWorldId } from '@fairground/protocol';
import type { Committed } from '../log/committed.ts';
import type { LogStore } from '../store/ports.ts';
import { type Tail, createTail } from './tail.ts';

export interface TailsDeps {
  readonly store: Pick<LogStore, 'segments' | 'world' | 'batches' | 'entries'>;
  send(frame: ToRelay): void;
}

export interface Tails {
  /** How many are in memory. */
  readonly count: number;
  /** Takes up a stored world's tail where it was. */
  restore(world: Bytes): Promise<void>;
  push(committed: Committed): void;
  /** Takes off what a sealed segment holds. */
  seal(world: Bytes, end: number): void;
  /** All of it, for a link that has nothing yet. */
  show(world: Bytes): Promise<void>;
  /** It is another document than the one that readers have. */
  reset(world: Bytes): void;
  /** Frees its memory; it is built again when it is needed. */
  forget(world: Bytes): void;
}

export function createTails({ store, send }: TailsDeps): Tails {
  const tails = new Map<string, Tail>();
  const tailOf = (world: Bytes) => tails.get(bytesToHex(world));

  function sendTail(world: Bytes, update: Bytes): void {
    send({ t: 'doc', name: `tail:${formatWorldId(world)}`, update });
  }

  return {
    get count() {
      return tails.size;
    },
    async restore(world) {
      tails.set(bytesToHex(world), await restoreTail(store, world));
    },
    push({ append: { world, entries, expectedSize }, batches }) {
      const tail = tailOf(world) ?? createTail(formatWorldId(world));
      tails.set(bytesToHex(world), tail);
      for (const { first, end, checkpoint } of batches) {
        const some = entries.slice(first - expectedSize, end - expectedSize);
        sendTail(world, tail.push({ first, entries: [...some], checkpoint }));
      }
    },
    seal(world, end) {
      const update = tailOf(world)?.seal(end);
      if (update) sendTail(world, update);
    },
    async show(world) {
      const tail = tailOf(world) ?? (await restoreTail(store, world));
      sendTail(world, tail.state());
    },
    reset(world) {
      const update = tailOf(world)?.state();
      if (update) send({ t: 'doc.reset', name: `tail:${formatWorldId(world)}`, update });
    },
    forget: (world) => void tails.delete(bytesToHex(world)),
  };
}

/** Batches of finished segments were taken off, and are taken off again. */
async function restoreTail(store: TailsDeps['store'], world: Bytes): Promise<Tail> {
  const segments = await store.segments(world);
  const row = await store.world(world);
  // The last segment of a closed world stays in the tail: whoever comes late sees the end there.
  const sealedEnd = (row?.closed ? segments.at(-2) : segments.at(-1))?.end ?? 0;
  const batches = await store.batches(world, 0);
  const count = batches.filter(({ end }) => end <= sealedEnd).length;
  const tail = createTail(formatWorldId(world), { count, end: sealedEnd });
  for (const { first, end, checkpoint } of batches.slice(count)) {
    tail.push({ first, entries: [...(await store.entries(world, first, end))], checkpoint });
  }
  return tail;
}
