/** The bodies of C2SP tlog-witness `add-checkpoint`, and the decision a witness makes; the server that keeps state is the relay's. */
import { base64ToBytes, bytesToBase64 } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';
import { emptyRoot } from './merkle.ts';
import { verifyConsistency } from './merkleVerify.ts';
import { type NoteSignature, formatSignatureLine, parseSignatureLines } from './note.ts';
import { type Result, err, ok } from './result.ts';
import { bytesToUtf8 } from './utf8.ts';

/** `note` is the checkpoint verbatim, signatures included. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Bytes[];
  readonly note: string;
}

export type WitnessReply =
  | { readonly status: 200; readonly signatures: readonly NoteSignature[] }
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422 };

/** What goes over HTTP. */
export interface WitnessHttp {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The status that each refusal is answered with. */
export const witnessStatus = { witness_old_size: 400, witness_conflict: 409, witness_proof: 422 } as const;
export type WitnessRefusal = keyof typeof witnessStatus;

export const maxConsistencyLines = 63;

/** Throws for more than 63 hashes. */
export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  if (proof.length > maxConsistencyLines) throw new RangeError('formatAddCheckpoint: at most 63 hashes');
  const lines = proof.map((hash) => `${bytesToBase64(hash)}\n`);
  return `old ${formatDecimal(oldSize)}\n${lines.join('')}\n${note}`;
}

/** Reads the form only; the note in it is to be verified. */
export function parseAddCheckpoint(body: string | Bytes): Result<AddCheckpoint, 'add_checkpoint_malformed'> {
  const text = typeof body === 'string' ? body : bytesToUtf8(body);
  const split = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || split < 0) return err('add_checkpoint_malformed');
  const [old = '', ...lines] = text.slice(0, split).split('\n');
  const oldSize = old.startsWith('old ') ? parseDecimal(old.slice(4)) : undefined;
  const proof = parseHashLines(lines);
  if (oldSize === undefined || !proof || proof.length > maxConsistencyLines)
    return err('add_checkpoint_malformed');
  return ok({ oldSize, proof, note: text.slice(split + 2) });
}

/**
 * Whether a witness whose last word on this origin is `latest` (none: size 0) may cosign. It must hold from this check until the new
 * checkpoint is durable, or a slower request could roll the log back.
 */
export function judgeAddCheckpoint(
  { oldSize, proof }: AddCheckpoint,
  { size, root }: Checkpoint,
  latest?: { readonly size: number; readonly root: Bytes },
): Result<void, WitnessRefusal> {
  const known = latest?.size ?? 0;
  if (oldSize > size) return err('witness_old_size');
  if (oldSize !== known) return err('witness_conflict', formatDecimal(known));
  if (!latest || known === 0) return isFirst(proof, size, root) ? ok() : err('witness_proof');
  // The standard: an empty proof verifies between equal sizes, so another root of the same size is a conflict, not a bad proof.
  if (known === size && proof.length === 0 && !equalBytes(latest.root, root))
    return err('witness_conflict', formatDecimal(known));
  const isGood = verifyConsistency({
    m: BigInt(known),
    n: BigInt(size),
    root1: latest.root,
    root2: root,
    proof,
  }).ok;
  return isGood ? ok() : err('witness_proof');
}

export function formatWitnessReply(reply: WitnessReply): WitnessHttp {
  const contentType = reply.status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8';
  return { status: reply.status, contentType, body: replyBody(reply) };
}

/** Refuses other statuses, a 200 without a signature line, and a 409 whose type or number is not the standard's. */
export function parseWitnessReply({
  status,
  contentType,
  body,
}: WitnessHttp): Result<WitnessReply, 'witness_reply_malformed'> {
  if (status === 400 || status === 403 || status === 404 || status === 422) return ok({ status });
  if (status === 200) {
    const signatures = parseSignatureLines(body);
    if (signatures.ok && signatures.value.length > 0) return ok({ status, signatures: signatures.value });
  }
  if (status === 409 && contentType.split(';')[0]?.trim() === 'text/x.tlog.size' && body.endsWith('\n')) {
    const size = parseDecimal(body.slice(0, -1));
    if (size !== undefined) return ok({ status, size });
  }
  return err('witness_reply_malformed');
}

/** Base64 lines of 32 bytes each; undefined if one is not. */
export function parseHashLines(lines: readonly string[]): readonly Bytes[] | undefined {
  const hashes: Bytes[] = [];
  for (const line of lines) {
    const hash = base64ToBytes(line);
    if (hash?.length !== 32) return undefined;
    hashes.push(hash);
  }
  return hashes;
}

function isFirst(proof: readonly Bytes[], size: number, root: Bytes): boolean {
  return proof.length === 0 && (size > 0 || equalBytes(root, emptyRoot));
}

function replyBody(reply: WitnessReply): string {
  if (reply.status === 200) return reply.signatures.map(formatSignatureLine).join('');
  return reply.status === 409 ? `${formatDecimal(reply.size)}\n` : '';
}
