/** What a device was told of its intents in one world, as the file that `fairground verify --receipt` reads. */
import { formatWords } from '@fairground/ledger';
import type { OutboxRecord } from '../outbox/record.ts';

/** Undefined where nobody has signed anything yet. */
export function takeReceipts(records: readonly OutboxRecord[]): string | undefined {
  const told = records.filter(({ receipt, seen }) => receipt ?? seen);
  if (told.length === 0) return undefined;
  return formatWords(
    told.map(({ bytes, sig, receipt, seen }) => ({
      intent: { bytes, sig },
      ...(receipt && { receipt: { bytes: receipt.bytes, sig: receipt.sig } }),
      ...(seen && { seen: { bytes: seen.bytes, sig: seen.sig } }),
    })),
  );
}
