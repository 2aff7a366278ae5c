/** UTF-8, lossless in both directions; in plain code where the engine has no TextEncoder (QuickJS, jsc). */
import { type Bytes, byteAt } from './bytes.ts';
import { host } from './platform.ts';

const encoder = host.TextEncoder && new host.TextEncoder();
// `ignoreBOM` keeps U+FEFF: a decoder that swallows it would map two byte strings to one text.
const decoder = host.TextDecoder && new host.TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws on a lone surrogate, which has no UTF-8 form (TextEncoder would quietly write U+FFFD). */
export function utf8ToBytes(text: string): Bytes {
  if (!isWellFormed(text)) throw new RangeError('utf8ToBytes: lone surrogate');
  return encoder ? encoder.encode(text) : encodeUtf8(text);
}

/** Undefined for anything that is not well-formed UTF-8 (overlong forms, surrogates, truncation). A byte order mark is kept. */
export function bytesToUtf8(bytes: Bytes): string | undefined {
  if (!decoder) return decodeUtf8(bytes);
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** False for a lone surrogate. */
export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text);
}

/** True for an ASCII control character below U+0020 that is not among the allowed ones. */
export function hasControl(text: string, allowed: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x20 && !allowed.includes(text.charAt(i))) return true;
  }
  return false;
}

/** The fallback of `utf8ToBytes`; exported for its test. Expects well-formed text. */
export function encodeUtf8(text: string): Bytes {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return new Uint8Array(bytes);
}

/** The fallback of `bytesToUtf8`; exported for its test. Unicode 16 §3.9, table 3-7. */
export function decodeUtf8(bytes: Bytes): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = byteAt(bytes, at);
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const point = length === 1 ? lead : multiByte(bytes, at, length);
    if (point === undefined) return undefined;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

const smallest = [0, 0, 0x80, 0x800, 0x10000];

function multiByte(bytes: Bytes, at: number, length: number): number | undefined {
  const lead = byteAt(bytes, at);
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return undefined;
  let point = lead & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = byteAt(bytes, at + i);
    if ((next & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (next & 0x3f);
  }
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (smallest[length] ?? 0) || point > 0x10ffff || isSurrogate ? undefined : point;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
