/** Lower-case hexadecimal, the form of ids in file names and of key ids in vkeys. */
import type { Bytes } from './bytes.ts';

const digits = '0123456789abcdef';

/** The engine's own where it has it (ES2026): a long replay names its keys a million times. */
const native = (Uint8Array.prototype as { toHex?: (this: Bytes) => string }).toHex;

export function bytesToHex(bytes: Bytes): string {
  return native ? native.call(bytes) : toHex(bytes);
}

/** The fallback of `bytesToHex`; exported for its test. */
export function toHex(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
  return text;
}

/** Undefined for an odd length, an upper-case digit or anything else that `bytesToHex` would not write. */
export function hexToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = digits.indexOf(text.charAt(2 * i));
    const low = digits.indexOf(text.charAt(2 * i + 1));
    if (high < 0 || low < 0) return undefined;
    bytes[i] = high * 16 + low;
  }
  return bytes;
}
