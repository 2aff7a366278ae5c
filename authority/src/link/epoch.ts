/** Which start this is: a later one has a larger number, though the clock was set back meanwhile, and the relay takes the newest one's link. */
import { decodeCbor, encodeCbor } from '@fairground/ledger';
import type { Clock, Log } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';

export interface EpochDeps {
  readonly store: Pick<LogStore, 'document' | 'putDocument'>;
  readonly clock: Clock;
  readonly log: Log;
}

const EPOCH = 'epoch';

/** The clock where it goes forward. A disk that cannot keep the number is no reason not to start. */
export async function nextEpoch({ store, clock, log }: EpochDeps): Promise<number> {
  const kept = await store.document(EPOCH);
  const decoded = kept ? decodeCbor(kept) : undefined;
  const last = decoded?.ok && typeof decoded.value === 'number' ? decoded.value : 0;
  const epoch = Math.max(clock.now(), last + 1);
  await store
    .putDocument(EPOCH, encodeCbor(epoch))
    .catch((fault: unknown) => log.warn({ fault }, 'the number of this start could not be kept'));
  return epoch;
}
