/** Finished segments as documents: built in a thread of their own after the receipts, sent, and then taken off the tail. */
import type { Bytes, SealedSegment, Segment } from '@fairground/ledger';
import type { LogStore, SegmentRow } from '../store/ports.ts';
import { startThread } from '../worker/ask.ts';

export interface Sealer {
  /** The segment's document under the checkpoint at its end; the same bytes whenever it is asked for. */
  seal(world: Bytes, segment: SegmentRow, checkpoint: Bytes): Promise<SealedSegment>;
  close(): Promise<void>;
}

/** Builds documents beside everything else that goes on. */
export interface SealThread {
  build(n: number, segment: Segment): Promise<SealedSegment>;
  stop(): Promise<void>;
}

/** Started when the first segment is finished. */
export function startSealThread(): SealThread {
  const thread = startThread(new URL('./sealWorker.ts', import.meta.url), {});
  return {
    build: async (n, segment) => (await thread.call('seal', n, segment)) as SealedSegment,
    stop: thread.stop,
  };
}

export function createSealer(store: Pick<LogStore, 'entries'>, start = startSealThread): Sealer {
  let thread: SealThread | undefined;
  return {
    async seal(world, { n, first, end }, checkpoint) {
      const entries = await store.entries(world, first, end);
      if (entries.length !== end - first)
        throw new Error(`seal: segment ${n} [${first}, ${end}) is not in the store`);
      thread ??= start();
      return thread.build(n, { first, entries, checkpoint });
    },
    close: async () => thread?.stop(),
  };
}
