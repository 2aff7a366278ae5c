/** A device key's seed as something a person can write down: Crockford base32 in groups of four, with a checksum against slips. */
import { type Bytes, err, ok, type Result, sha256, utf8ToBytes } from '@fairground/ledger';

/** No I, L, O, U: what looks alike is read as what it looks like. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LOOKALIKE: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };
const SEED = 32;
/** 32 bytes of seed and 3 of checksum are 280 bits: 56 characters, 14 groups. A slip goes unnoticed once in 16 million. */
const CHECK = 3;
const LENGTH = ((SEED + CHECK) * 8) / 5;

export type BackupRefusal = 'backup_malformed' | 'backup_mistyped';

export function formatBackupCode(seed: Bytes): string {
  const bits = [...seed, ...checksumOf(seed)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from(
    { length: LENGTH },
    (_, i) => ALPHABET[Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2)],
  );
  return letters.join('').replaceAll(/.{4}(?=.)/gu, '$&-');
}

/** Blanks, dashes and case do not matter. */
export function parseBackupCode(text: string): Result<Uint8Array<ArrayBuffer>, BackupRefusal> {
  const letters = [...text.toUpperCase().replaceAll(/[\s-]/gu, '')].map(
    (letter) => LOOKALIKE[letter] ?? letter,
  );
  const values = letters.map((letter) => ALPHABET.indexOf(letter));
  if (letters.length !== LENGTH || values.some((value) => value < 0)) return err('backup_malformed');
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from({ length: SEED + CHECK }, (_, i) =>
    Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2),
  );
  const seed = bytes.slice(0, SEED);
  const isSound = checksumOf(seed).every((byte, i) => byte === bytes[SEED + i]);
  return isSound ? ok(seed) : err('backup_mistyped');
}

function checksumOf(seed: Bytes): Bytes {
  const named = new Uint8Array([...utf8ToBytes('fairground backup code'), ...seed]);
  return sha256(named).slice(0, CHECK);
}
