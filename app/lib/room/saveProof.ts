/** What a person takes away to show to others: proofs of faults, and what was signed for its own moves. */
import type { Charge, OutboxRecord } from '@fairground/peer';
import { saveFile } from '#lib/play/abilities.ts';

export async function saveProof(charge: Charge): Promise<void> {
  const { formatFaultProof } = await import('@fairground/ledger');
  saveFile(proofName(charge), formatFaultProof(charge.proof), 'application/json');
}

export function proofName({ judgement }: Pick<Charge, 'judgement'>): string {
  return `fairground-proof-${judgement.code.replaceAll('_', '-')}.json`;
}

const receiptsName = 'fairground-receipts.json';
export const receiptsCommand = `fairground verify match.fair --receipt ${receiptsName}`;

/** Whether anything was signed for one of them. */
export function hasReceipts(records: readonly OutboxRecord[]): boolean {
  return records.some(({ receipt, seen }) => receipt ?? seen);
}

export async function saveReceipts(records: readonly OutboxRecord[]): Promise<void> {
  const { takeReceipts } = await import('@fairground/peer');
  const text = takeReceipts(records);
  if (text !== undefined) saveFile(receiptsName, text, 'application/json');
}
