/** What a reply makes of a record: pure, undefined where it changes nothing. */
import { type Bytes, verifyPair } from '@fairground/ledger';
import type { Delivery } from './outboxDeps.ts';
import { isSettled, type OutboxRecord } from './record.ts';

type Receipted = Extract<Delivery, { kind: 'receipt' }>;

export function afterReceipt(record: OutboxRecord, delivery: Receipted): OutboxRecord | undefined {
  const { receipt, index, refused, seen, isVerified = true } = delivery;
  const words = seen ? { seen } : {};
  // The tail may have shown the entry before the reply came: the receipt is kept all the same.
  if (isSettled(record)) return isVerified ? { ...record, ...words, receipt } : undefined;
  const claim = { receipt, index, ...(refused !== undefined && { refused }) };
  if (!isVerified) return { ...record, ...words, state: 'received', claim };
  return { ...settled(record, index, refused), ...words, receipt };
}

export function afterKept(
  record: OutboxRecord,
  { seen }: Extract<Delivery, { kind: 'kept' }>,
): OutboxRecord | undefined {
  const isNews = record.state === 'stored' || (record.state === 'received' && !record.seen && seen);
  return isNews ? { ...record, state: 'received', ...(seen && { seen }) } : undefined;
}

/** What the verified log says, whatever a reply has said before. */
export function afterEntry(
  record: OutboxRecord,
  index: number,
  refused: string | undefined,
): OutboxRecord | undefined {
  const isSame = isSettled(record) && record.index === index && record.code === refused;
  return isSame ? undefined : settled(record, index, refused);
}

/** A reply that came before its signer was known: it counts now, or it never was one. */
export async function afterClaim(record: OutboxRecord, authority: Bytes): Promise<OutboxRecord | undefined> {
  const { claim, ...rest } = record;
  if (!claim || isSettled(record)) return undefined;
  const { receipt, index, refused } = claim;
  const isTrue = await verifyPair('receipt', authority, receipt);
  return isTrue ? { ...settled(rest, index, refused), receipt } : { ...rest, state: 'stored' };
}

function settled(record: OutboxRecord, index: number, refused: string | undefined): OutboxRecord {
  const { code: _code, claim: _claim, ...rest } = record;
  return refused === undefined
    ? { ...rest, index, state: 'counted' }
    : { ...rest, index, state: 'refused', code: refused };
}
