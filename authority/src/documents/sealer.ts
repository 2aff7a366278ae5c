/** Finished segments as documents: built in a thread of their own after the receipts, sent, and then taken off the tail. */
import type { Bytes, SealedSegment } from '@fairground/ledger';
import type { LogStore, SegmentRow } from '../store/ports.ts';
import { startThread } from '../worker/ask.ts';

export interface Sealer {
  /** The segment's document under the checkpoint at its end; the same bytes whenever it is asked for. */
  seal(world: Bytes, segment: SegmentRow, checkpoint: Bytes): Promise<SealedSegment>;
  close(): Promise<void>;
}

/** The thread is started when the first segment is finished. */
export function createSealer(store: Pick<LogStore, 'entries'>): Sealer {
  let thread: ReturnType<typeof startThread> | undefined;
  return {
    async seal(world, { n, first, end }, checkpoint) {
      const entries = await store.entries(world, first, end);
      if (entries.length !== end - first)
        throw new Error(`seal: segment ${n} [${first}, ${end}) is not in the store`);
      thread ??= startThread(new URL('./sealWorker.ts', import.meta.url), {});
      return (await thread.call('seal', n, { first, entries, checkpoint })) as SealedSegment;
    },
    close: async () => thread?.stop(),
  };
}
