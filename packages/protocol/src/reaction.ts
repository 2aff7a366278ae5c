/** What somebody thinks of a chat line: `[bytes, sig]` in the room document's `reactions` array. */
import { type Bytes, type Result, type Signer, encodeCbor, encodePair, signPair } from '@fairground/ledger';
import { z } from 'zod';
import { ROOM_BYTES } from './ids.ts';
import { limits } from './limits.ts';
import { zBytes, zUint } from './schema.ts';
import { openSignedWord } from './signedWord.ts';

export const REACTION_MARKS = ['agree', 'love', 'laugh', 'wow', 'cheer'] as const;
export type ReactionMark = (typeof REACTION_MARKS)[number];

/**
 * `line` is the SHA-256 of the line's signed pair as it lies in the document; of a key's reactions to a line the one of the highest `turn`
 * counts, and without a mark it takes back the one before. So nobody can bring back what was taken back.
 */
export const Reaction = z.strictObject({
  v: z.literal(1),
  room: zBytes(ROOM_BYTES),
  key: zBytes(32),
  line: zBytes(32),
  turn: zUint,
  mark: z.enum(REACTION_MARKS).nullable(),
});
export type Reaction = z.infer<typeof Reaction>;

/** Throws for one that does not fit its schema. */
export async function signReaction(signer: Signer, reaction: Omit<Reaction, 'v' | 'key'>): Promise<Bytes> {
  const bytes = encodeCbor(Reaction.parse({ ...reaction, v: 1, key: signer.key }));
  return encodePair(await signPair('reaction', signer, bytes));
}

/** A reaction as it lies in the document, checked: size, form, turn, signature. Room and line are the caller's to compare. */
export function openReaction(
  input: Bytes,
): Promise<Result<Reaction, 'reaction_malformed' | 'signature_invalid'>> {
  const { max } = limits.reactionBytes;
  const schema = Reaction.refine(({ turn }) => turn < limits.reactionTurns.max);
  return openSignedWord(input, { kind: 'reaction', schema, max, malformed: 'reaction_malformed' });
}
