/** A signed line of a room's chat: `[bytes, sig]` in the room document's `chat` array. */
import { type Bytes, type Result, type Signer, encodeCbor, encodePair, signPair } from '@fairground/ledger';
import { z } from 'zod';
import { ROOM_BYTES } from './ids.ts';
import { limits } from './limits.ts';
import { zBytes, zUint } from './schema.ts';
import { openSignedWord } from './signedWord.ts';

export const MAX_CHAT_TEXT = 500;

/** `prev` is the SHA-256 of this key's line before, 32 zero bytes for `seq` 0; `at` is the author's own clock. */
export const ChatLine = z.strictObject({
  v: z.literal(1),
  room: zBytes(ROOM_BYTES),
  epoch: zUint,
  key: zBytes(32),
  seq: zUint,
  prev: zBytes(32),
  text: z.string().min(1).max(MAX_CHAT_TEXT),
  at: zUint,
});
export type ChatLine = z.infer<typeof ChatLine>;

/** Throws for a line that does not fit its schema. */
export async function signChatLine(signer: Signer, line: Omit<ChatLine, 'v' | 'key'>): Promise<Bytes> {
  const bytes = encodeCbor(
    ChatLine.parse({ ...line, text: line.text.normalize('NFC'), v: 1, key: signer.key }),
  );
  return encodePair(await signPair('chat', signer, bytes));
}

/** A line as it lies in the document, checked: size, form, signature. That it belongs to this room is the caller's to compare. */
export function openChatLine(
  input: Bytes,
): Promise<Result<ChatLine, 'chat_malformed' | 'signature_invalid'>> {
  const { max } = limits.chatBytes;
  return openSignedWord(input, { kind: 'chat', schema: ChatLine, max, malformed: 'chat_malformed' });
}
