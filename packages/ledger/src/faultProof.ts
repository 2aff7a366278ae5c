/** Proofs of faults as files: JSON objects with a `kind`, judged offline by whoever is handed one. */
import type { Bytes } from './bytes.ts';
import { type DelayProof, isDelayProof, judgeDelay } from './delay.ts';
import { type DropProof, isDropProof, judgeDrop } from './drop.ts';
import { type EquivocationProof, isEquivocationProof, judgeEquivocation } from './equivocation.ts';
import type { Judgement } from './judgement.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { type StateFaultProof, isStateFaultProof, judgeStateFault } from './stateFault.ts';
import { type ViewFaultProof, isViewFaultProof, judgeViewFault } from './viewFault.ts';

export type FaultProof = EquivocationProof | DropProof | DelayProof | StateFaultProof | ViewFaultProof;

export const maxFaultProofLength = 64 * 2 ** 20;

export function formatFaultProof(proof: FaultProof): string {
  return `${JSON.stringify(proof, null, 2)}\n`;
}

/** Form only. Refuses unknown kinds, missing and extra fields. */
export function parseFaultProof(text: string): Result<FaultProof, 'proof_malformed' | 'proof_too_large'> {
  if (text.length > maxFaultProofLength) return err('proof_too_large');
  const json = parseJson(text);
  const isKnown =
    isEquivocationProof(json) ||
    isDropProof(json) ||
    isDelayProof(json) ||
    isStateFaultProof(json) ||
    isViewFaultProof(json);
  return isKnown ? ok(json) : err('proof_malformed');
}

/**
 * What the proof comes to; `games` are the rules that are built in, `relays` those whose word counts, `log` the entries of the log that it
 * is about, for a proof that does not bring them. Never throws on what a file may hold.
 */
export async function judgeFault(
  proof: FaultProof,
  games: readonly AnyGame[],
  relays: readonly Bytes[] = [],
  log?: readonly Bytes[],
): Promise<Judgement> {
  switch (proof.kind) {
    case 'equivocation':
      return judgeEquivocation(proof);
    case 'drop':
      return judgeDrop(proof);
    case 'delay':
      return judgeDelay(proof, games, relays);
    case 'state':
      return judgeStateFault(proof, games);
    case 'view':
      return judgeViewFault(proof, games, log);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
