/** Signed notes (C2SP signed-note v1.0.0): a text and lines that sign it. */
import { base64ToBytes, bytesToBase64 } from './baseText.ts';
import { type Bytes, concatBytes, copyBytes } from './bytes.ts';
import type { Signer } from './ed25519.ts';
import { type Result, err, ok } from './result.ts';
import { bytesToUtf8, hasControl, isWellFormed, utf8ToBytes } from './utf8.ts';
import { ed25519Type, isKeyName, keyIdOf } from './vkey.ts';

/** One signature line; `signature` is what follows the 4 bytes of key id. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Bytes;
  readonly signature: Bytes;
}

/** `text` ends in a newline and is what is signed. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteRefusal =
  | 'note_too_large'
  | 'note_malformed'
  | 'note_signature_malformed'
  | 'note_too_many_signatures';

/** A signer under a name, as notes know them. */
export interface NoteSigner extends Signer {
  readonly name: string;
}

export const maxNoteBytes = 65_536;
export const maxNoteSignatures = 100;

export function namedSigner(name: string, signer: Signer): NoteSigner {
  return { name, key: signer.key, sign: (message) => signer.sign(message) };
}

/** Throws on what `parseNote` would refuse: a text without its final newline, control characters, bad names, no signature. */
export function formatNote({ text, signatures }: Note): string {
  const note = `${text}\n${signatures.map(formatSignatureLine).join('')}`;
  const parsed = parseNote(note);
  if (!parsed.ok || parsed.value.text !== text)
    throw new RangeError(`formatNote: ${parsed.ok ? 'note_malformed' : parsed.code}`);
  return note;
}

/** Reads the form only; nothing in it is to be believed before `verifyNote`. */
export function parseNote(note: string | Bytes): Result<Note, NoteRefusal> {
  if (note.length > maxNoteBytes) return err('note_too_large');
  const whole = typeof note === 'string' ? note : bytesToUtf8(note);
  if (whole === undefined || !isWellFormed(whole) || hasControl(whole, '\n')) return err('note_malformed');
  if (utf8ToBytes(whole).length > maxNoteBytes) return err('note_too_large');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n') || split + 2 === whole.length) return err('note_malformed');
  const signatures = parseSignatureLines(whole.slice(split + 2));
  return signatures.ok ? ok({ text: whole.slice(0, split + 1), signatures: signatures.value }) : signatures;
}

/** An Ed25519 (type 01) signature line over the text. */
export async function signNote(signer: NoteSigner, text: string): Promise<NoteSignature> {
  const signature = await signer.sign(utf8ToBytes(text));
  return { name: signer.name, keyId: keyIdOf(signer.name, ed25519Type, signer.key), signature };
}

/** `— <name> <base64(keyID ‖ signature)>` and a newline; the dash is U+2014. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${bytesToBase64(concatBytes(keyId, signature))}\n`;
}

/** Newline-terminated signature lines, as at the end of a note and in a witness's reply. */
export function parseSignatureLines(
  text: string,
): Result<readonly NoteSignature[], 'note_signature_malformed' | 'note_too_many_signatures'> {
  const lines = text.split('\n');
  if (lines.pop() !== '') return err('note_signature_malformed');
  if (lines.length > maxNoteSignatures) return err('note_too_many_signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return err('note_signature_malformed');
    signatures.push(signature);
  }
  return ok(signatures);
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  if (dash !== '\u2014' || rest.length > 0 || !isKeyName(name)) return undefined;
  const bytes = base64ToBytes(encoded);
  if (!bytes || bytes.length < 5) return undefined;
  return { name, keyId: copyBytes(bytes, 0, 4), signature: copyBytes(bytes, 4) };
}
