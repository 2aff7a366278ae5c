/** Checkpoints (C2SP tlog-checkpoint) without extension lines: the signed size and root of a log. */
import { base64ToBytes, bytesToBase64 } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';
import type { Signer } from './ed25519.ts';
import { formatNote, namedSigner, signNote } from './note.ts';
import { type VerifyNoteRefusal, verifyNote } from './noteVerify.ts';
import { type Result, err, ok } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import { type Vkey, ed25519Type, isKeyName } from './vkey.ts';

/** `origin` names the log and is its key's name; `root` is the RFC 6962 root of `size` leaves. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

/** What everything else that is signed begins with, and so no origin. */
const reservedPrefix = 'fairground/';

/** The three lines that are signed. Throws on an origin that is no key name or begins with `fairground/`, and on a root not of 32 bytes. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin)) throw new RangeError('formatCheckpoint: not an origin');
  if (root.length !== 32) throw new RangeError('formatCheckpoint: a root has 32 bytes');
  return `${origin}\n${formatDecimal(size)}\n${bytesToBase64(root)}\n`;
}

/** Reads a note's text, exactly as `formatCheckpoint` writes it; a size past 2^53 − 1 is refused. */
export function parseCheckpoint(text: string): Result<Checkpoint, 'checkpoint_malformed'> {
  const [origin = '', decimal = '', encoded = '', end, ...rest] = text.split('\n');
  const size = parseDecimal(decimal);
  const root = base64ToBytes(encoded);
  const isWhole = end === '' && rest.length === 0 && isOrigin(origin);
  if (!isWhole || size === undefined || root?.length !== 32) return err('checkpoint_malformed');
  return ok({ origin, size, root });
}

/** The note, signed by the log under its origin as key name; stored and sent as these bytes. */
export async function signCheckpoint(signer: Signer, checkpoint: Checkpoint): Promise<Bytes> {
  const text = formatCheckpoint(checkpoint);
  const signature = await signNote(namedSigner(checkpoint.origin, signer), text);
  return utf8ToBytes(formatNote({ text, signatures: [signature] }));
}

/** The checkpoint of a note that the log's own key (type 01, its name the origin) has signed; other lines are ignored. */
export async function verifyCheckpoint(
  note: string | Bytes,
  vkey: Vkey,
): Promise<Result<Checkpoint, VerifyNoteRefusal | 'checkpoint_malformed' | 'checkpoint_origin'>> {
  if (vkey.type !== ed25519Type) return err('note_unsigned');
  const verified = await verifyNote(note, [vkey]);
  if (!verified.ok) return verified;
  const checkpoint = parseCheckpoint(verified.value.text);
  if (!checkpoint.ok) return checkpoint;
  return checkpoint.value.origin === vkey.name ? checkpoint : err('checkpoint_origin');
}

function isOrigin(origin: string): boolean {
  return isKeyName(origin) && !origin.startsWith(reservedPrefix);
}
