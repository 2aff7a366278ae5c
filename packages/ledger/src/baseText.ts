/** RFC 4648 base32 and base64 in the forms we write; readers take exactly what the writers make and nothing else. */
import type { Bytes } from './bytes.ts';

interface Alphabet {
  readonly bits: number;
  readonly digits: string;
  readonly values: ReadonlyMap<string, number>;
}

const base32 = alphabet(5, 'abcdefghijklmnopqrstuvwxyz234567');
const base64 = alphabet(6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const base64url = alphabet(6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');

/** Standard alphabet, padded (RFC 4648 §4): notes, checkpoints, proofs. */
export function bytesToBase64(bytes: Bytes): string {
  const text = encode(base64, bytes);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** Undefined unless padded and canonical: no white space, no missing or extra `=`, no stray bits in the last digit. */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(base64, text.slice(0, text.length - padding));
}

/** URL alphabet, unpadded (RFC 4648 §5): tokens, challenges. */
export function bytesToBase64url(bytes: Bytes): string {
  return encode(base64url, bytes);
}

export function base64urlToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode(base64url, text);
}

/** Lower-case, unpadded (RFC 4648 §6): world ids in origins, links and host names, where case is lost. */
export function bytesToBase32(bytes: Bytes): string {
  return encode(base32, bytes);
}

export function base32ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode(base32, text);
}

function alphabet(bits: number, digits: string): Alphabet {
  return { bits, digits, values: new Map([...digits].map((digit, value) => [digit, value])) };
}

function encode({ bits, digits }: Alphabet, bytes: Bytes): string {
  let text = '';
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (count += 8; count >= bits; count -= bits)
      text += digits.charAt((held >> (count - bits)) & ((1 << bits) - 1));
    held &= (1 << count) - 1;
  }
  return count === 0 ? text : text + digits.charAt((held << (bits - count)) & ((1 << bits) - 1));
}

function decode({ bits, values }: Alphabet, text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * bits) / 8));
  let at = 0;
  let held = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values.get(text.charAt(i));
    if (value === undefined) return undefined;
    held = (held << bits) | value;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = held >> count;
    held &= (1 << count) - 1;
  }
  // A whole digit too many, or bits that the writer would have left zero.
  return count >= bits || held !== 0 ? undefined : bytes;
}
