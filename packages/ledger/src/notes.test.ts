import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToBase64 } from './baseText.ts';
import { concatBytes } from './bytes.ts';
import { publicKeyFromSeed, seedSigner } from './ed25519.ts';
import {
  hex,
  logSeed,
  logVkey,
  origin,
  witnessName,
  witnessSeed,
  witnessVkey,
  workedNote,
} from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { type Note, formatNote, formatSignatureLine, namedSigner, parseNote } from './note.ts';
import { verifyNote } from './noteVerify.ts';
import { unwrap } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import { createVkey, formatVkey, isKeyName, keyIdOf, parseVkey } from './vkey.ts';

const log = seedSigner(logSeed);
const witness = namedSigner(witnessName, seedSigner(witnessSeed));
const witnessKey = unwrap(parseVkey(witnessVkey));
const known = [unwrap(parseVkey(logVkey)), witnessKey];
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
