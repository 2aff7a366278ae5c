/** A receipt was given for an index that holds something else, or that the closed log never reached. */
import { bytesToBase32, bytesToBase64url } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { decodeEntry } from './entryCodec.ts';
import {
  type Judgement,
  type Signed,
  bytesOfText,
  isBytesText,
  isNoteText,
  isVkeyText,
  readSigned,
  unproven,
} from './judgement.ts';
import { leafHash } from './merkle.ts';
import { verifyInclusion } from './merkleVerify.ts';
import { type Receipt, parseReceipt } from './receipt.ts';
import { type Result, err, ok } from './result.ts';
import { isText, listOf, literal, optional, shape } from './shape.ts';
import { type SignedPair, type SignedPairJson, pairFromJson, pairToJson, verifyPair } from './signedPair.ts';
import { bytesToUtf8 } from './utf8.ts';
import { type Vkey, formatVkey } from './vkey.ts';

export interface DropProof {
  readonly kind: 'drop';
  readonly vkey: string;
  readonly receipt: SignedPairJson;
  readonly checkpoint: string;
  /** The hash of the leaf that stands at the receipt's index; absent with `close`. */
  readonly leaf?: string;
  /** The bytes of the entry that closed the log at or before the receipt's index. */
  readonly close?: string;
  /** Of the leaf, or of the close, in the checkpoint's tree. */
  readonly inclusion: readonly string[];
}

type Evidence =
  | { readonly leaf: Bytes; readonly inclusion: readonly Bytes[] }
  | { readonly close: Bytes; readonly inclusion: readonly Bytes[] };

export const isDropProof = shape<DropProof>({
  kind: literal('drop'),
  vkey: isVkeyText,
  receipt: shape<SignedPairJson>({ bytes: isText, sig: isText }),
  checkpoint: isNoteText,
  leaf: optional(isBytesText),
  close: optional(isBytesText),
  inclusion: listOf(isBytesText),
});

export function makeDropProof(
  vkey: Vkey,
  receipt: SignedPair,
  checkpoint: Bytes,
  evidence: Evidence,
): DropProof {
  const what =
    'leaf' in evidence
      ? { leaf: bytesToBase64url(evidence.leaf) }
      : { close: bytesToBase64url(evidence.close) };
  return {
    kind: 'drop',
    vkey: formatVkey(vkey),
    receipt: pairToJson(receipt),
    checkpoint: bytesToUtf8(checkpoint) ?? '',
    ...what,
    inclusion: evidence.inclusion.map(bytesToBase64url),
  };
}

/** Without an inclusion proof there is no proof: an authority that serves none is "withheld", which this does not judge. */
export async function judgeDrop(proof: DropProof): Promise<Judgement> {
  const signed = await readSigned(proof.vkey, proof.checkpoint);
  if (!signed.ok) return unproven(signed.code);
  const receipt = await readReceipt(proof.receipt, signed.value);
  if (!receipt.ok) return unproven(receipt.code);
  return proof.close === undefined
    ? judgeLeaf(proof, receipt.value, signed.value)
    : judgeClose(proof, receipt.value, signed.value);
}

async function readReceipt(json: SignedPairJson, { vkey }: Signed): Promise<Result<Receipt, string>> {
  const pair = pairFromJson(json);
  const receipt = pair.ok ? parseReceipt(pair.value.bytes) : pair;
  if (!pair.ok || !receipt.ok) return err('receipt_malformed');
  const { origin, keyId, world } = receipt.value;
  const isOfLog =
    origin === vkey.name && equalBytes(keyId, vkey.keyId) && origin.endsWith(`/${bytesToBase32(world)}`);
  if (!isOfLog) return err('receipt_of_another_log');
  return (await verifyPair('receipt', vkey.key, pair.value)) ? ok(receipt.value) : err('receipt_signature');
}

function judgeLeaf(
  { vkey, leaf, inclusion }: DropProof,
  { index, leafHash: promised }: Receipt,
  { checkpoint }: Signed,
): Judgement {
  if (leaf === undefined) return unproven('leaf_missing');
  if (equalBytes(bytesOfText(leaf), promised)) return unproven('receipt_kept');
  const included = isIncluded(bytesOfText(leaf), index, { checkpoint, inclusion });
  return included.ok
    ? { verdict: 'convicts', against: 'authority', vkey, code: 'drop', index }
    : unproven(included.code);
}

function judgeClose(
  { vkey, close = '', inclusion }: DropProof,
  { index }: Receipt,
  { checkpoint }: Signed,
): Judgement {
  const bytes = bytesOfText(close);
  const entry = decodeEntry(bytes);
  if (!entry.ok || entry.value.kind !== 'close') return unproven('close_malformed');
  const { finalSize } = entry.value;
  if (finalSize > index) return unproven('receipt_before_close');
  const included = isIncluded(leafHash(bytes), finalSize - 1, { checkpoint, inclusion });
  return included.ok
    ? { verdict: 'convicts', against: 'authority', vkey, code: 'drop', index }
    : unproven(included.code);
}

function isIncluded(
  leaf: Bytes,
  index: number,
  {
    checkpoint,
    inclusion,
  }: { readonly checkpoint: Signed['checkpoint']; readonly inclusion: readonly string[] },
): Result<void, string> {
  const { size, root } = checkpoint;
  return verifyInclusion({
    leaf,
    index: BigInt(index),
    size: BigInt(size),
    root,
    proof: inclusion.map(bytesOfText),
  });
}
