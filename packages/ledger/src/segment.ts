/**
 * A sealed piece of a log as an Automerge document that anybody can keep and pass on. It follows from the log alone, so two builders make
 * the same bytes under the same id, and nobody needs an index.
 */
import type { Doc } from '@automerge/automerge';
import { bytesToBase58 } from './base58.ts';
import { type Bytes, concatBytes, copyBytes, u64be } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { bytesToHex } from './hex.ts';
import { formatNote, parseNote } from './note.ts';
import { type Result, err, ok, unwrap } from './result.ts';
import { sha256, sha256Parts } from './sha256.ts';
import { isAnyBytes, isUint, listOf, shape } from './shape.ts';
import { decodeEntryBundle, encodeEntryBundle, tileWidth } from './tiles.ts';
import { utf8ToBytes } from './utf8.ts';

export interface Segment {
  /** The index of its first entry, a multiple of 256. */
  readonly first: number;
  readonly entries: readonly Bytes[];
  /** The log's note over everything up to this segment's last entry. */
  readonly checkpoint: Bytes;
}

export interface SealedSegment {
  /** For `repo.import(bytes, { docId })`. */
  readonly docId: string;
  readonly bytes: Bytes;
}

interface SegmentDocument {
  first: number;
  blocks: Bytes[];
  checkpoint: Bytes;
}

const isDocument = shape<SegmentDocument>({
  first: isUint,
  blocks: listOf(isAnyBytes),
  checkpoint: isAnyBytes,
});

/** bs58check(SHA-256(`fairground/segment/v1\n` ‖ origin ‖ u64be(n))[:16]); n counts the log's segments from 0. */
export function segmentDocId(origin: string, n: number): string {
  return base58Check(
    copyBytes(sha256Parts(utf8ToBytes(`fairground/segment/v1\n${origin}`), u64be(n)), 0, 16),
  );
}

/** Of a checkpoint only the log's own line is kept: cosignatures come when they come. Throws unless the segment is of whole bundles and the checkpoint is of its end. */
export async function sealSegment(
  n: number,
  { first, entries, checkpoint }: Segment,
): Promise<SealedSegment> {
  const { origin, note } = logNote(checkpoint, first + entries.length);
  if (first % tileWidth !== 0 || entries.length === 0)
    throw new RangeError('sealSegment: a segment begins at a bundle');
  const { init, change, save } = await import('@automerge/automerge');
  const empty = init<SegmentDocument>({ actor: bytesToHex(copyBytes(sha256(utf8ToBytes(origin)), 0, 16)) });
  const doc: Doc<SegmentDocument> = change(empty, { time: 0 }, (draft) => {
    draft.first = first;
    draft.blocks = blocksOf(entries).map((block) => copyBytes(block));
    draft.checkpoint = copyBytes(utf8ToBytes(note));
  });
  return { docId: segmentDocId(origin, n), bytes: save(doc) };
}

/** Reads the form only; whoever keeps it checks the entries against a checkpoint. Never rejects. */
export async function readSegment(bytes: Bytes): Promise<Result<Segment, 'segment_malformed'>> {
  const { load, toJS } = await import('@automerge/automerge');
  try {
    const plain: unknown = toJS(load<SegmentDocument>(bytes));
    if (!isDocument(plain)) return err('segment_malformed');
    const { first, blocks, checkpoint } = plain;
    const bundles = blocks.map(decodeEntryBundle);
    const entries = bundles.flatMap((bundle) => (bundle.ok ? bundle.value : []));
    const isWhole = bundles.every(
      (bundle, i) => bundle.ok && (i === blocks.length - 1 || bundle.value.length === tileWidth),
    );
    return isWhole && entries.length > 0 ? ok({ first, entries, checkpoint }) : err('segment_malformed');
  } catch {
    return err('segment_malformed'); // Automerge throws on bytes that are no document
  }
}

function blocksOf(entries: readonly Bytes[]): Bytes[] {
  const blocks: Bytes[] = [];
  for (let at = 0; at < entries.length; at += tileWidth)
    blocks.push(encodeEntryBundle(entries.slice(at, at + tileWidth)));
  return blocks;
}

function logNote(checkpoint: Bytes, size: number): { readonly origin: string; readonly note: string } {
  const { text, signatures } = unwrap(parseNote(checkpoint));
  const { origin, size: signed } = unwrap(parseCheckpoint(text));
  if (signed !== size) throw new RangeError('sealSegment: the checkpoint is of another size');
  return { origin, note: formatNote({ text, signatures: signatures.filter(({ name }) => name === origin) }) };
}

/** Base58 with four bytes of double SHA-256 behind, as automerge-repo writes document ids. */
function base58Check(payload: Bytes): string {
  return bytesToBase58(concatBytes(payload, copyBytes(sha256(sha256(payload)), 0, 4)));
}
