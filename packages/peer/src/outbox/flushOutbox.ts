/** Sends what a device has stored when none of its pages may be open: what a service worker does at a background sync. */
import type { Clock, Ports } from '../ports.ts';
import { createHttp } from '../http.ts';
import { findIdentity } from '../identity.ts';
import type { Storage } from '../storage/storage.ts';
import { deliver, fetchHead } from './deliver.ts';
import { createOutbox } from './outbox.ts';
import type { Turn } from './outboxDeps.ts';
import { knownCap } from './knownCap.ts';

export interface FlushDeps extends Pick<Ports, 'fetch' | 'random'> {
  /** The relay. */
  readonly url: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly turn?: Turn;
}

/**
 * False: some of it has to be sent later. Receipts are kept as they come; a page that knows the world's authority says whether they count.
 * Never makes a key: a device without one has nothing to send.
 */
export async function flushOutbox({ url, storage, clock, fetch, random, turn }: FlushDeps): Promise<boolean> {
  const identity = await findIdentity(storage);
  if (!identity) return true;
  const http = createHttp(url, { fetch });
  const outbox = createOutbox({
    // What pages write meanwhile starts nothing here: one pass, and the worker may rest.
    storage: { ...storage, watch: () => () => {} },
    identity,
    clock,
    random,
    now: clock.now,
    deliver: (record) => deliver(http, record),
    fetchHead: async (world) => fetchHead(http, world, identity.key, await knownCap(storage, world)),
    ...(turn && { turn }),
  });
  try {
    return await outbox.flush();
  } finally {
    outbox.close();
  }
}
