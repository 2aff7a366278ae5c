import { describe, expect, it } from 'vitest';
import { bytesToBase64 } from './baseText.ts';
import { concatBytes } from './bytes.ts';
import {
  type Checkpoint,
  formatCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts';
import { cosign, verifyCosignature } from './cosignature.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';
import { seedSigner } from './ed25519.ts';
import {
  hex,
  logSeed,
  logVkey,
  origin,
  roots,
  witnessName,
  witnessSeed,
  witnessVkey,
  workedNote,
} from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { formatNote, formatSignatureLine, namedSigner, parseNote, signNote } from './note.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { bytesToUtf8, utf8ToBytes } from './utf8.ts';
import { createVkey, parseVkey } from './vkey.ts';

const log = seedSigner(logSeed);
const witness = namedSigner(witnessName, seedSigner(witnessSeed));
const checkpoint: Checkpoint = { origin, size: 8, root: roots[8] ?? hex('') };
const logKey = unwrap(parseVkey(logVkey));
const witnessKey = unwrap(parseVkey(witnessVkey));
const worked = unwrap(parseNote(workedNote));

describe('checkpoints', () => {
  it('[L35] formatting and parsing are inverse', () => {
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint });
  });

  const text = formatCheckpoint(checkpoint);

  it.each([
    ['an extension line', `${text}extension\n`],
    ['an empty extension line', `${text}\n`],
    ['no final newline', text.trimEnd()],
    ['a leading zero', text.replace('\n8\n', '\n08\n')],
    ['a sign', text.replace('\n8\n', '\n+8\n')],
    ['a size past 2^53 − 1', text.replace('\n8\n', '\n9007199254740992\n')],
    ['no size', text.replace('\n8\n', '\n\n')],
    ['a root of 31 bytes', text.replace(/\n[^\n]+\n$/, `\n${bytesToBase64(new Uint8Array(31))}\n`)],
    ['unpadded base64', text.replace('=', '')],
    ['no origin', text.slice(origin.length)],
    ['an origin with a space', text.replace('game', 'ga me')],
    ['an origin in our own signing prefix', text.replace('game.example', 'fairground')],
  ])('[L35] a checkpoint with %s is refused', (_name, bad) => {
    expect(parseCheckpoint(bad)).toEqual({ ok: false, code: 'checkpoint_malformed' });
  });

  it('[L35] what would not be read is not written', () => {
    expect(() => formatCheckpoint({ ...checkpoint, origin: 'fairground/intent/v1' })).toThrow(RangeError);
    expect(() => formatCheckpoint({ ...checkpoint, size: -1 })).toThrow(RangeError);
    expect(() => formatCheckpoint({ ...checkpoint, root: hex('00') })).toThrow(RangeError);
    expect(
      ['0', '7', '01', '', '-0', '1e3', ' 1', '9007199254740991', '9007199254740992'].map(parseDecimal),
    ).toEqual([
      0,
      7,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      9_007_199_254_740_991,
      undefined,
    ]);
    expect(() => formatDecimal(0.5)).toThrow(RangeError);
    expect(() => formatDecimal(2 ** 53)).toThrow(RangeError);
  });

  it('[L36] the worked example comes out byte for byte', async () => {
    const note = bytesToUtf8(await signCheckpoint(log, checkpoint)) ?? '';
    const signed = note + formatSignatureLine(await cosign(witness, worked.text, 1_700_000_000));
    expect(signed).toBe(workedNote);
    expect(utf8ToBytes(signed).length).toBe(323);
    expect(bytesToHex(sha256(utf8ToBytes(signed)))).toBe(
      'ae20662d3dd878bf70351e6706da867a48a9d1b15d07a09e482185c7e15a958c',
    );
  });

  it('[L36] it verifies with the log’s key, and with no other', async () => {
    expect(await verifyCheckpoint(workedNote, logKey)).toEqual({ ok: true, value: checkpoint });
    expect(await verifyCheckpoint(workedNote, witnessKey)).toEqual({ ok: false, code: 'note_unsigned' });
    const other = createVkey(origin, 1, witness.key);
    expect(await verifyCheckpoint(workedNote, other)).toEqual({ ok: false, code: 'note_unsigned' });
  });

  it('[L36] a key signs for no other origin than its name, and no other text than a checkpoint', async () => {
    const foreign = formatCheckpoint({ ...checkpoint, origin: 'game.example/other' });
    const signer = namedSigner(origin, log);
    const misused = formatNote({ text: foreign, signatures: [await signNote(signer, foreign)] });
    expect(await verifyCheckpoint(misused, logKey)).toEqual({ ok: false, code: 'checkpoint_origin' });
    const poem = formatNote({ text: 'poem\n', signatures: [await signNote(signer, 'poem\n')] });
    expect(await verifyCheckpoint(poem, logKey)).toEqual({ ok: false, code: 'checkpoint_malformed' });
  });
});

describe('cosignatures', () => {
  it('[L37] a cosignature verifies with its time, and for nothing else', async () => {
    const { signature } = await cosign(witness, worked.text, 1_700_000_000);
    expect(await verifyCosignature(witnessKey, worked.text, signature)).toEqual({
      ok: true,
      value: { unixSeconds: 1_700_000_000 },
    });
    const later = concatBytes(hex('000000006553f101'), signature.subarray(8));
    expect(await verifyCosignature(witnessKey, worked.text, later)).toEqual({
      ok: false,
      code: 'cosignature_bad',
    });
    const other = worked.text.replace('8', '9');
    expect(await verifyCosignature(witnessKey, other, signature)).toEqual({
      ok: false,
      code: 'cosignature_bad',
    });
  });

  it('[L37] another length, a time past 2^53 − 1 or another type of key is malformed', async () => {
    const { signature } = await cosign(witness, worked.text, 1);
    const far = concatBytes(hex('0020000000000000'), signature.subarray(8));
    for (const payload of [signature.subarray(8), concatBytes(signature, hex('00')), far]) {
      expect(await verifyCosignature(witnessKey, worked.text, payload)).toEqual({
        ok: false,
        code: 'cosignature_malformed',
      });
    }
    expect(await verifyCosignature(logKey, worked.text, signature)).toEqual({
      ok: false,
      code: 'cosignature_malformed',
    });
    await expect(cosign(witness, worked.text, -1)).rejects.toThrow(RangeError);
  });
});
