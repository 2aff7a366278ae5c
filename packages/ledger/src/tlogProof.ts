/** Self-contained proofs that an entry is in a log (C2SP tlog-proof, file extension `.tlog-proof`). */
import { base64ToBytes, bytesToBase64 } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';
import { type InclusionRefusal, verifyInclusion } from './merkleVerify.ts';
import { maxNoteBytes } from './note.ts';
import { type VerifyNoteRefusal, verifyNote } from './noteVerify.ts';
import { type Policy, type Trusted, checkPolicy, policyVkeys } from './policy.ts';
import { type Result, err, ok } from './result.ts';
import { bytesToUtf8 } from './utf8.ts';
import { parseHashLines } from './witness.ts';

/** `checkpoint` is the signed note verbatim; `extra` is authenticated by nothing. */
export interface TlogProof {
  readonly extra?: Bytes;
  readonly index: number;
  readonly proof: readonly Bytes[];
  readonly checkpoint: string;
}

export type TlogProofRefusal =
  | VerifyNoteRefusal
  | InclusionRefusal
  | 'checkpoint_malformed'
  | 'policy_no_log'
  | 'policy_quorum';

const firstLine = 'c2sp.org/tlog-proof@v1';
const maxProofLines = 63;
const maxProofBytes = 2 * maxNoteBytes;

export function formatTlogProof({ extra, index, proof, checkpoint }: TlogProof): string {
  const head = [
    firstLine,
    ...(extra ? [`extra ${bytesToBase64(extra)}`] : []),
    `index ${formatDecimal(index)}`,
    ...proof.map(bytesToBase64),
  ];
  return `${head.join('\n')}\n\n${checkpoint}`;
}

/** Reads the form only, and only the one that `formatTlogProof` writes; the checkpoint in it is not parsed. */
export function parseTlogProof(file: string | Bytes): Result<TlogProof, 'tlog_proof_malformed'> {
  const text = file.length > maxProofBytes ? undefined : typeof file === 'string' ? file : bytesToUtf8(file);
  const split = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || split < 0) return err('tlog_proof_malformed');
  const [first, ...lines] = text.slice(0, split).split('\n');
  const extra = lines[0]?.startsWith('extra ') ? base64ToBytes(lines.shift()?.slice(6) ?? '') : null;
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice(6)) : undefined;
  const proof = parseHashLines(lines);
  const isGood = first === firstLine && extra !== undefined && proof && proof.length <= maxProofLines;
  if (!isGood || index === undefined) return err('tlog_proof_malformed');
  return ok({ ...(extra ? { extra } : {}), index, proof, checkpoint: text.slice(split + 2) });
}

/** Checks, for the hash of a leaf that the caller has made itself, the note, the policy, and the inclusion. */
export async function verifyTlogProof(
  { index, proof, checkpoint }: TlogProof,
  leaf: Bytes,
  policy: Policy,
): Promise<Result<Trusted, TlogProofRefusal>> {
  const note = await verifyNote(checkpoint, policyVkeys(policy));
  if (!note.ok) return note;
  const trusted = checkPolicy(policy, note.value);
  if (!trusted.ok) return trusted;
  const { size, root } = trusted.value.checkpoint;
  const included = verifyInclusion({ leaf, index: BigInt(index), size: BigInt(size), root, proof });
  return included.ok ? trusted : included;
}
