/** Compares what others were shown with what this device has verified. A proof convicts; whatever falls short of one speaks against nobody. */
import {
  accuseOfTwoHistories,
  type Bytes,
  type Checkpoint,
  type Conviction,
  equalBytes,
  type FaultProof,
  type HashReader,
  judgeEquivocation,
  parseCheckpoint,
  parseNote,
  rootAt,
  type ShownTree,
  verifyCheckpoint,
} from '@fairground/ledger';
import type { ReadLog } from './catchUp.ts';
import { tilesOf } from './servedTree.ts';
import type { VerifiedLog } from './verifiedLog.ts';

/** A fault with its proof, which anybody can check. */
export interface Charge {
  readonly judgement: Conviction;
  readonly proof: FaultProof;
}

/**
 * `junk`: not this log's signed word. `same`: the beginning of our log, or ours. `ahead`: signed, and of a longer log than ours.
 * `unproven`: signed, not of our history as far as it goes, and nobody has the hashes that would show it.
 */
export type Heard =
  | { readonly kind: 'junk' | 'same' | 'ahead' | 'unproven' }
  | { readonly kind: 'guilty'; readonly charge: Charge };

export interface Court {
  /** What a note of this log comes to. */
  hear(note: Bytes): Promise<Heard>;
  /** A note that is `ahead`, with hashes of its tree from wherever; without them the log's tiles are asked. */
  compareAhead(note: Bytes, hashes?: HashReader): Promise<Heard>;
}

export function createCourt({
  log,
  readLog,
}: {
  readonly log: VerifiedLog;
  readonly readLog: ReadLog;
}): Court {
  return {
    async hear(note) {
      const head = headIn(note);
      const { vkey } = log;
      if (!vkey || !head || head.origin !== vkey.name || head.size === 0) return { kind: 'junk' };
      // Almost all that one hears is the beginning of what one has: no signature need be looked at.
      if (isOurs(log, head)) return { kind: 'same' };
      const signed = await verifyCheckpoint(note, vkey);
      if (!signed.ok) return { kind: 'junk' };
      if (isOurs(log, head)) return { kind: 'same' };
      const { checkpoint, entries, hashes } = log;
      if (!checkpoint || head.size > entries.length) return { kind: 'ahead' };
      return compare(log, note, { note: checkpoint, hashes: hashes.read });
    },
    async compareAhead(note, hashes) {
      const head = headIn(note);
      if (!head || !log.checkpoint) return { kind: 'unproven' };
      const larger = { note, hashes: hashes ?? tilesOf(readLog, head.size) };
      return compare(log, log.checkpoint, larger).catch(() => ({ kind: 'unproven' }) as const);
    },
  };
}

/** The checkpoint that a note claims; nothing is verified. */
export function headIn(note: Bytes): Checkpoint | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value : undefined;
}

function isOurs({ entries, hashes }: VerifiedLog, { size, root }: Checkpoint): boolean {
  return size <= entries.length && equalBytes(rootAt(hashes.read, size), root);
}

async function compare({ vkey }: VerifiedLog, smaller: Bytes, larger: ShownTree): Promise<Heard> {
  const proof = vkey && (await accuseOfTwoHistories(vkey, smaller, larger));
  if (!proof?.ok) return { kind: 'unproven' };
  const judgement = await judgeEquivocation(proof.value);
  if (judgement.verdict === 'convicts') return { kind: 'guilty', charge: { judgement, proof: proof.value } };
  return { kind: judgement.code === 'consistent' || judgement.code === 'same_root' ? 'same' : 'unproven' };
}
