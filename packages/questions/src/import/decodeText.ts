/** Bytes of a file that several hands wrote in several encodings → lines of text, each repaired by itself. */
import { repairMojibake } from './mojibake.ts';
import { windows1252 } from './windows1252.ts';

const LOST = 0x3f;
const CR = 0x0d;
const LF = 0x0a;

export interface Line {
  /** From 1; CR, LF and CRLF each end a line. */
  readonly number: number;
  readonly text: string;
  /** Where the next line begins, in bytes. */
  readonly end: number;
}

/** Splits before it decodes: a crooked byte spoils its own line at most. */
export function* linesOf(bytes: Uint8Array): Generator<Line> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let start = hasByteOrderMark(bytes) ? 3 : 0;
  for (let number = 1; start < bytes.length; number++) {
    let stop = start;
    while (stop < bytes.length && bytes[stop] !== LF && bytes[stop] !== CR) stop++;
    const end = bytes[stop] === CR && bytes[stop + 1] === LF ? stop + 2 : stop + 1;
    yield { number, text: decodeLine(bytes.subarray(start, stop), strict), end: Math.min(end, bytes.length) };
    start = end;
  }
}

function decodeLine(bytes: Uint8Array, strict: TextDecoder): string {
  return repairMojibake(utf8OrPieces(bytes, strict));
}

function utf8OrPieces(bytes: Uint8Array, strict: TextDecoder): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodePieces(bytes, strict);
  }
}

/** Whole UTF-8 characters stay; what is left is Windows-1252. A lead byte whose tail became `?` lost its character. */
function decodePieces(bytes: Uint8Array, strict: TextDecoder): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = utf8Length(bytes, at);
    const lost = length > 0 ? 0 : lostLength(bytes, at);
    if (length > 0) text += strict.decode(bytes.subarray(at, at + length));
    else if (lost > 0) text += lostCharacter(bytes, at, lost);
    else text += windows1252(bytes[at] ?? 0);
    at += Math.max(length, lost, 1);
  }
  return text;
}

/** Length of the UTF-8 character at `at`, 0 when there is none (RFC 3629 §4, surrogates and overlong forms apart). */
function utf8Length(bytes: Uint8Array, at: number): number {
  const length = leadLength(bytes[at] ?? 0);
  for (let tail = 1; tail < length; tail++) if (!isTail(bytes[at + tail])) return 0;
  const [first = 0, second = 0] = bytes.subarray(at, at + 2);
  const crooked =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return crooked ? 0 : length;
}

function leadLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/**
 * A converter that knows no character for 81, 8d, 8f, 90 or 9d wrote `?` in its place. After a two-byte lead it must
 * stand inside a word (`Ð?n`, `φ?σις`): at the end of one it is a Windows-1252 letter and a true question mark.
 */
function lostLength(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (leadLength(first) === 3 && isTail(second) && third === LOST) return 3;
  return leadLength(first) === 2 && second === LOST && isLetter(third) ? 2 : 0;
}

/** Only the right double quotation mark, e2 80 9d, is the one likely reading of its remains. */
function lostCharacter(bytes: Uint8Array, at: number, length: number): string {
  return length === 3 && bytes[at] === 0xe2 && bytes[at + 1] === 0x80 ? '”' : '\ufffd';
}

function isLetter(byte: number): boolean {
  return byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

function isTail(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
