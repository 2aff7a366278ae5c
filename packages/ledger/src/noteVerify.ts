/** Which known keys have signed a note (C2SP signed-note v1.0.0, "Signatures"). */
import { type Bytes, equalBytes } from './bytes.ts';
import { verifyCosignature } from './cosignature.ts';
import { verifyEd25519 } from './ed25519.ts';
import { type Note, type NoteRefusal, type NoteSignature, parseNote } from './note.ts';
import { type Result, err, ok } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import { type Vkey, ed25519Type } from './vkey.ts';

/** A line that verified; `unixSeconds` only for cosignatures. */
export interface VerifiedSignature {
  readonly vkey: Vkey;
  readonly line: NoteSignature;
  readonly unixSeconds?: number;
}

/** A note with at least one good signature of a known key. */
export interface VerifiedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
}

export type VerifyNoteRefusal = NoteRefusal | 'note_signature_bad' | 'note_unsigned';

/**
 * Lines of unknown (name, key id) are ignored. One bad line of a known key rejects the whole note (`note_signature_bad`), also if the
 * same key has a good line; a note without any known key is `note_unsigned`.
 */
export async function verifyNote(
  note: string | Bytes | Note,
  vkeys: readonly Vkey[],
): Promise<Result<VerifiedNote, VerifyNoteRefusal>> {
  const parsed = typeof note === 'string' || note instanceof Uint8Array ? parseNote(note) : ok(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const verified: VerifiedSignature[] = [];
  for (const line of signatures) {
    const vkey = vkeys.find((known) => known.name === line.name && equalBytes(known.keyId, line.keyId));
    if (!vkey) continue;
    const good = await verifyLine(vkey, text, line);
    if (!good) return err('note_signature_bad', line.name);
    verified.push(good);
  }
  return verified.length === 0 ? err('note_unsigned') : ok({ text, verified });
}

async function verifyLine(
  vkey: Vkey,
  text: string,
  line: NoteSignature,
): Promise<VerifiedSignature | undefined> {
  if (vkey.type === ed25519Type) {
    return (await verifyEd25519(vkey.key, utf8ToBytes(text), line.signature)) ? { vkey, line } : undefined;
  }
  const cosigned = await verifyCosignature(vkey, text, line.signature);
  return cosigned.ok ? { vkey, line, unixSeconds: cosigned.value.unixSeconds } : undefined;
}
