/** A world's secret for those whom its genesis names as successors, as a file of its log: the same bytes whenever it is made. */
import { type Bytes, parseGenesis, sealEscrow } from '@fairground/ledger';
import { deriveSecret } from '@fairground/rules';
import type { WorldRow } from '../store/ports.ts';

/** Undefined where nobody is named. */
export function escrowOf({
  world,
  genesis,
  secret,
}: Pick<WorldRow, 'world' | 'genesis' | 'secret'>): Bytes | undefined {
  const parsed = parseGenesis(genesis);
  if (!parsed.ok || parsed.value.successors.length === 0) return undefined;
  const { successors } = parsed.value;
  return sealEscrow({
    ...{ world, secret, successors },
    ephemeral: (index) => deriveSecret(secret, 'escrow', index),
  });
}
