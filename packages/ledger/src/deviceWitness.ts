/** A participant as a witness: its own key cosigns what it has verified, under a name that says the key. */
import { cosignatureType, createVkey, type Vkey } from './vkey.ts';
import type { Bytes } from './bytes.ts';
import { verifyCosignature } from './cosignature.ts';
import { keyToDid } from './didKey.ts';
import { parseNote } from './note.ts';
import { equalBytes } from './bytes.ts';

/** The key name of a participant is its did:key, so that no list is needed to check its line. */
export function deviceVkey(key: Bytes): Vkey {
  return createVkey(keyToDid(key), cosignatureType, key);
}

/** Whether this participant has cosigned this note. Who that is, and whether its word counts, is for the reader to know. */
export async function isCosignedBy(key: Bytes, note: Bytes): Promise<boolean> {
  const parsed = parseNote(note);
  if (!parsed.ok) return false;
  const vkey = deviceVkey(key);
  const line = parsed.value.signatures.find(
    ({ name, keyId }) => name === vkey.name && equalBytes(keyId, vkey.keyId),
  );
  return line !== undefined && (await verifyCosignature(vkey, parsed.value.text, line.signature)).ok;
}
