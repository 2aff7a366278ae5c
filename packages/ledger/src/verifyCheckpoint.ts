/** The checkpoint of a bundle: what it claims, and whether it is signed by whom the genesis names. */
import { type Bytes, equalBytes } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Note, parseNote } from './note.ts';
import { verifyNote } from './noteVerify.ts';
import { type Policy, checkPolicy, policyVkeys } from './policy.ts';
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

/** Signed by the log and its quorum, without a line of anybody else: such a line could be changed and nobody would notice. */
export async function checkClaim({ note }: Claim, policy: Policy): Promise<string> {
  const vkeys = policyVkeys(policy);
  const verified = await verifyNote(note, vkeys);
  if (!verified.ok) throw new Verdict(verified.code, null, verified.message);
  const stranger = note.signatures.find(
    ({ name, keyId }) => !vkeys.some((v) => v.name === name && equalBytes(v.keyId, keyId)),
  );
  if (stranger) throw new Verdict('note_stranger', null, stranger.name);
  const trusted = checkPolicy(policy, verified.value);
  if (!trusted.ok) throw new Verdict(trusted.code, null, trusted.message);
  const { length } = trusted.value.witnesses;
  return length === 0 ? 'signed by the authority' : `signed by the authority and ${length} witnesses`;
}
