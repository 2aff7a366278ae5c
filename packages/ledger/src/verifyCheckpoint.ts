/** The checkpoint of a bundle: what it claims, and whether it is signed by whom the genesis names. */
import { type Bytes, equalBytes } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Note, type NoteSignature, parseNote } from './note.ts';
import { verifyNote } from './noteVerify.ts';
import { type Policy, checkPolicy, isOwnWitness, policyVkeys } from './policy.ts';
import { Verdict } from './verifyReport.ts';

export interface Claim {
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

export function readClaim(bytes: Bytes): Claim {
  const note = parseNote(bytes);
  if (!note.ok) throw new Verdict(note.code, null);
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) throw new Verdict(checkpoint.code, null);
  return { note: note.value, checkpoint: checkpoint.value };
}

/** Signed by the log and its quorum, one line each, and by nobody else: such a line could be changed or added and nobody would notice. */
export async function checkClaim({ note }: Claim, policy: Policy): Promise<string> {
  const vkeys = policyVkeys(policy);
  const verified = await verifyNote(note, vkeys);
  if (!verified.ok) throw new Verdict(verified.code, null, verified.message);
  const isBy = (signature: NoteSignature, { name, keyId }: Pick<NoteSignature, 'name' | 'keyId'>) =>
    signature.name === name && equalBytes(signature.keyId, keyId);
  const stranger = note.signatures.find(
    (line, i) =>
      !vkeys.some((vkey) => isBy(line, vkey)) ||
      note.signatures.findIndex((first) => isBy(first, line)) !== i,
  );
  if (stranger) throw new Verdict('note_stranger', null, stranger.name);
  const trusted = checkPolicy(policy, verified.value);
  if (!trusted.ok) throw new Verdict(trusted.code, null, trusted.message);
  return witnessWords(trusted.value.witnesses);
}

/** Its own witness finds an operator's mistakes and nothing else, so it is never counted. That others are independent no file can say. */
function witnessWords(names: readonly string[]): string {
  const others = names.filter((name) => !isOwnWitness(name));
  const own = others.length < names.length ? '; its own witness is not counted' : '';
  if (others.length === 0) return `signed by the authority, cosigned by nobody else${own}`;
  const who = others.length === 1 ? 'one witness' : `${others.length} witnesses`;
  return `signed by the authority and cosigned by ${who}: ${others.join(', ')}${own}`;
}
