/** A proof of a fault as a file: whoever gets it can check it with `fairground verify --proof`. */
import type { Charge } from '@fairground/peer';
import { saveFile } from '#lib/play/abilities.ts';

export async function saveProof({ proof, judgement }: Charge): Promise<void> {
  const { formatFaultProof } = await import('@fairground/ledger');
  const name = `fairground-proof-${judgement.code.replaceAll('_', '-')}.json`;
  saveFile(name, formatFaultProof(proof), 'application/json');
}
