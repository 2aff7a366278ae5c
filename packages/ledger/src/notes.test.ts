import fc from 'fast-check';
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
import { publicKeyFromSeed, seedSigner } from './ed25519.ts';
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
import { type Note, formatNote, formatSignatureLine, namedSigner, parseNote, signNote } from './note.ts';
import { verifyNote } from './noteVerify.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { bytesToUtf8, utf8ToBytes } from './utf8.ts';
import { createVkey, formatVkey, isKeyName, keyIdOf, parseVkey } from './vkey.ts';

const log = seedSigner(logSeed);
const witness = namedSigner(witnessName, seedSigner(witnessSeed));
const checkpoint: Checkpoint = { origin, size: 8, root: roots[8] ?? hex('') };
const known = [logVkey, witnessVkey].map((text) => unwrap(parseVkey(text)));
const [logKey = unwrap(parseVkey(logVkey)), witnessKey = unwrap(parseVkey(witnessVkey))] = known;
const worked = unwrap(parseNote(workedNote));
const example = {
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};

describe('verifier keys', () => {
  it('[L30] the vkeys of the formats come out of their seeds and round-trip', () => {
    expect(formatVkey(createVkey(origin, 1, publicKeyFromSeed(logSeed)))).toBe(logVkey);
    expect(formatVkey(createVkey(witnessName, 4, publicKeyFromSeed(witnessSeed)))).toBe(witnessVkey);
    for (const text of [logVkey, witnessVkey, example.vkey])
      expect(formatVkey(unwrap(parseVkey(text)))).toBe(text);
    expect(bytesToHex(keyIdOf('example.com/foo', 1, unwrap(parseVkey(example.vkey)).key))).toBe('530d903a');
  });

  const material = (type: number, key: Uint8Array) => bytesToBase64(concatBytes(new Uint8Array([type]), key));
  const key = publicKeyFromSeed(logSeed);

  it.each([
    ['another key id', logVkey.replace('5fccb15b', '5fccb15c'), 'vkey_key_id'],
    ['another name', logVkey.replace('game', 'gave'), 'vkey_key_id'],
    ['an upper-case key id', logVkey.replace('5fccb15b', '5FCCB15B'), 'vkey_malformed'],
    ['no name', logVkey.slice(origin.length), 'vkey_malformed'],
    ['a space in the name', `a b+00000000+${material(1, key)}`, 'vkey_malformed'],
    ['loose base64', logVkey.slice(0, -1), 'vkey_malformed'],
    ['nothing', '', 'vkey_malformed'],
    ['an unknown type', `a+00000000+${material(2, key)}`, 'vkey_type'],
    ['a short key', `a+00000000+${material(1, key.subarray(1))}`, 'vkey_key'],
    ['a key of small order', `a+00000000+${material(1, new Uint8Array(32))}`, 'vkey_key'],
  ])('[L30] a vkey with %s is refused', (_name, text, code) => {
    expect(parseVkey(text)).toMatchObject({ ok: false, code });
  });

  it('[L30] a key name holds no Unicode space, plus or control character', () => {
    for (const bad of [
      '',
      'a b',
      'a+b',
      'a\u00a0b',
      'a\u3000',
      'a\u2028',
      '\u0085',
      'a\nb',
      'a\x7f',
      '\ud800',
      'a'.repeat(256),
    ]) {
      expect(isKeyName(bad)).toBe(false);
    }
    for (const name of ['a', 'example.com/foo', 'é', '\ufeff', 'transparency.dev/DEV:x'])
      expect(isKeyName(name)).toBe(true);
    expect(() => createVkey('a b', 1, key)).toThrow(RangeError);
    expect(() => createVkey('a', 1, hex('00'))).toThrow(RangeError);
  });
});

describe('notes', () => {
  it('[L31] formatting and parsing are inverse, from text and from bytes', () => {
    expect(formatNote(worked)).toBe(workedNote);
    expect(parseNote(utf8ToBytes(workedNote))).toEqual({ ok: true, value: worked });
    expect(worked.signatures.map(({ name }) => name)).toEqual([origin, witnessName]);
  });

  it('[L31] the text may hold empty lines and lines that look like signatures', () => {
    const [line] = worked.signatures;
    const text = `a\n\n${line ? formatSignatureLine(line) : ''}\n\n`;
    const note = formatNote({ text, signatures: worked.signatures });
    expect(unwrap(parseNote(note)).text).toBe(text);
  });

  const line = worked.signatures.map(formatSignatureLine)[0] ?? '';

  it.each([
    ['nothing', '', 'note_malformed'],
    ['no signature', 'text\n\n', 'note_malformed'],
    ['no empty line', `text\n${line}`, 'note_malformed'],
    ['no final newline', `text\n\n${line.trimEnd()}`, 'note_malformed'],
    ['a carriage return', `text\r\n\n${line}`, 'note_malformed'],
    ['a tab', `te\txt\n\n${line}`, 'note_malformed'],
    ['a NUL', `te\0xt\n\n${line}`, 'note_malformed'],
    ['a lone surrogate', `te\ud800xt\n\n${line}`, 'note_malformed'],
    ['a hyphen for a dash', `text\n\n${line.replace('\u2014', '-')}`, 'note_signature_malformed'],
    ['two spaces', `text\n\n${line.replace(' ', '  ')}`, 'note_signature_malformed'],
    ['a third word', `text\n\n${line.replace('\n', ' x\n')}`, 'note_signature_malformed'],
    [
      'a plus in the name',
      `text\n\n${line.replace('authority-1', 'authority+1')}`,
      'note_signature_malformed',
    ],
    ['base64 with stray bits', `text\n\n${line.replace('k=\n', 'l=\n')}`, 'note_signature_malformed'],
    ['a signature of 4 bytes', `text\n\n\u2014 a AAAAAA==\n`, 'note_signature_malformed'],
    ['text after the signatures', `text\n\n${line}more\n`, 'note_signature_malformed'],
  ])('[L31] a note with %s is refused', (_name, note, code) => {
    expect(parseNote(note)).toEqual({ ok: false, code });
  });

  it('[L31] bytes that are not UTF-8 are refused, and what cannot be parsed is not formatted', () => {
    expect(parseNote(concatBytes(hex('ff'), utf8ToBytes(workedNote)))).toEqual({
      ok: false,
      code: 'note_malformed',
    });
    for (const text of ['no newline', '', 'a\tb\n'])
      expect(() => formatNote({ ...worked, text })).toThrow(RangeError);
    expect(() => formatNote({ text: 'a\n', signatures: [] })).toThrow(RangeError);
  });

  it('[L32] 100 signatures are read, 101 are not; nor is a note past 64 KiB', () => {
    expect(parseNote(`text\n\n${line.repeat(100)}`).ok).toBe(true);
    expect(parseNote(`text\n\n${line.repeat(101)}`)).toEqual({ ok: false, code: 'note_too_many_signatures' });
    expect(parseNote(`${'x'.repeat(65_536)}\n\n${line}`)).toEqual({ ok: false, code: 'note_too_large' });
    expect(parseNote(`${'é'.repeat(40_000)}\n\n${line}`)).toEqual({ ok: false, code: 'note_too_large' });
  });

  it('[L31] parsing never throws, and what is read is written back the same', () => {
    const part = fc.constantFrom('\u2014', ' ', 'a', '\n', '\n\n', 'AAAAAAAA', '=', '+', 'text', line);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const note = parseNote(parts.join(''));
        if (note.ok) expect(formatNote(note.value)).toBe(parts.join(''));
      }),
      { numRuns: 2000 },
    );
  });

  it('[L33] unknown lines are ignored, known good ones are told', async () => {
    const verified = unwrap(await verifyNote(workedNote, [witnessKey]));
    expect(verified.text).toBe(worked.text);
    expect(verified.verified.map(({ vkey, unixSeconds }) => [vkey.name, unixSeconds])).toEqual([
      [witnessName, 1_700_000_000],
    ]);
    expect(unwrap(await verifyNote(utf8ToBytes(workedNote), known)).verified.length).toBe(2);
    expect(unwrap(await verifyNote(worked, known)).verified.length).toBe(2);
  });

  it('[L33] a note that no known key has signed is refused', async () => {
    expect(await verifyNote(workedNote, [])).toEqual({ ok: false, code: 'note_unsigned' });
    const sameKeyOtherName = createVkey('game.example/authority-2', 1, log.key);
    const sameNameOtherKey = createVkey(origin, 1, witness.key);
    expect(await verifyNote(workedNote, [sameKeyOtherName, sameNameOtherKey])).toEqual({
      ok: false,
      code: 'note_unsigned',
    });
    expect(await verifyNote('x', known)).toEqual({ ok: false, code: 'note_malformed' });
  });

  it('[L33] one bad line of a known key rejects the note, also beside its good one', async () => {
    const bad: Note = {
      ...worked,
      signatures: worked.signatures.flatMap((good) => [
        good,
        { ...good, signature: good.signature.toReversed() },
      ]),
    };
    for (const vkey of known)
      expect(await verifyNote(bad, [vkey])).toMatchObject({ ok: false, code: 'note_signature_bad' });
    expect((await verifyNote({ ...worked, text: worked.text.replace('8', '9') }, known)).ok).toBe(false);
  });

  it('[L34] the example of C2SP signed-note verifies', async () => {
    const verified = await verifyNote(example.note, [unwrap(parseVkey(example.vkey))]);
    expect(verified.ok && verified.value.text).toBe('This is an example message.\n');
  });
});

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
