import { decodePair, encodePair, seedSigner, unwrap } from '@fairground/ledger';
import { expect, it } from 'vitest';
import { MAX_CHAT_TEXT, decodeTailBatch, encodeTailBatch, openChatLine, signChatLine } from './index.ts';

const signer = seedSigner(new Uint8Array(32).fill(3));
const line = { room: new Uint8Array(16), epoch: 0, seq: 0, prev: new Uint8Array(32), text: 'hello', at: 5 };

it('[W9] a signed line opens with its author', async () => {
  const opened = unwrap(await openChatLine(await signChatLine(signer, line)));
  expect(opened.text).toBe('hello');
  expect([...opened.key]).toEqual([...signer.key]);
});

it('[W9] a line with another text or another signer is refused', async () => {
  const pair = unwrap(decodePair(await signChatLine(signer, line)));
  const other = unwrap(decodePair(await signChatLine(signer, { ...line, text: 'hullo' })));
  const forged = encodePair({ bytes: other.bytes, sig: pair.sig });
  expect(await openChatLine(forged)).toMatchObject({ ok: false, code: 'signature_invalid' });
  expect(await openChatLine(new Uint8Array([0xf6]))).toMatchObject({ ok: false, code: 'chat_malformed' });
});

it('[W9] a line too long cannot be signed', async () => {
  await expect(signChatLine(signer, { ...line, text: 'x'.repeat(MAX_CHAT_TEXT + 1) })).rejects.toThrow(
    'too_big',
  );
});

it('[W10] a batch of a tail is canonical CBOR and never empty', () => {
  const batch = { first: 7, entries: [new Uint8Array([1])], checkpoint: new Uint8Array([2]) };
  expect(decodeTailBatch(encodeTailBatch(batch))).toEqual({ ok: true, value: batch });
  expect(decodeTailBatch(encodeTailBatch({ ...batch, entries: [] })).ok).toBe(false);
  expect(decodeTailBatch(new Uint8Array([0xa0])).ok).toBe(false);
});
