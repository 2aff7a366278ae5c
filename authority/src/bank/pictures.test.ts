import { DatabaseSync } from 'node:sqlite';
import { bytesToHex, concatBytes, sha256, utf8ToBytes } from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import { expect, test } from 'vitest';
import { createBank } from './bank.ts';
import { BANK_VERSION } from './schema.ts';
import { ageBank, emptyBank, question, request } from './testBank.ts';

const webp = utf8ToBytes('RIFF....WEBPVP8 a thing');
const image = { hash: bytesToHex(sha256(webp)), alt: 'A thing' };
const pictured = request({ pictures: true });

test('[Q80] a question with a picture is asked when the picture is in the bank, whichever came first', () => {
  for (const order of ['picture first', 'question first']) {
    const bank = emptyBank();
    if (order === 'picture first') bank.addPictures([webp]);
    bank.add([question(1, { image })]);
    if (order === 'question first') {
      expect(bank.draw(pictured)).toEqual([]);
      expect(bank.topics()).toEqual([]);
      bank.addPictures([webp, webp]);
    }
    expect(bank.draw(pictured)).toMatchObject([{ image }]);
    expect(bank.draw(request({ pictures: false }))).toEqual([]);
    expect(bank.picture(sha256(webp))).toEqual(webp);
    expect([webp, utf8ToBytes('another')].map((one) => bank.hasPicture(sha256(one)))).toEqual([true, false]);
    expect(bank.picture(sha256(utf8ToBytes('another')))).toBeUndefined();
  }
});

test('[Q80] what the relay would not serve as a picture is not taken, and nothing of its company', () => {
  const bank = emptyBank();
  const huge = concatBytes(webp, new Uint8Array(limits.pictureBytes.max));
  for (const bad of [utf8ToBytes('<svg/>'), huge])
    expect(() => bank.addPictures([webp, bad])).toThrow('no picture');
  expect(bank.picture(sha256(webp))).toBeUndefined();
});

test('[Q50] questions of a bank that had no pictures yet wait for theirs', () => {
  const db = new DatabaseSync(':memory:');
  const bank = createBank(db);
  bank.addPictures([webp]);
  bank.add([question(1), question(2, { image })]);
  ageBank(db, 2);
  const again = createBank(db);
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: BANK_VERSION });
  expect(again.draw(pictured)).toHaveLength(1);
  again.addPictures([webp]);
  expect(again.draw(pictured)).toHaveLength(2);
});
