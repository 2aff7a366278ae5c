/** Names of seats: what may be one, and when two are the same to the eye. */
import { isWellFormed } from '@fairground/ledger';
import { foldPoint } from './fold.ts';

/** Code points. */
export const MAX_NAME_LENGTH = 24;

/**
 * Controls, format and bidirectional characters, everything of no width, blanks other than U+0020, private use and tags
 * (Unicode 16: general categories Cc, Cf, Zl, Zp, Zs, Co, and the fillers that are letters by category).
 */
const invisible: readonly (readonly [from: number, to: number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x00a0],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x0600, 0x0605],
  [0x061c, 0x061c],
  [0x06dd, 0x06dd],
  [0x070f, 0x070f],
  [0x0890, 0x0891],
  [0x08e2, 0x08e2],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0e],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xffff],
  [0x110bd, 0x110bd],
  [0x110cd, 0x110cd],
  [0x13430, 0x1345f],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0x10ffff],
];

/** U+FE0F asks for the coloured form of a symbol; it has no shape of its own. */
const emojiStyle = 0xfe0f;

/** Marks that are drawn over and under what they follow. What a language needs is one letter in NFC, or has one or two of them. */
const marks: readonly (readonly [from: number, to: number])[] = [
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
];
const MOST_MARKS = 2;

/** 1 to 24 code points, all of them to be seen, without blanks at the ends or two in a row, or towers of marks. */
export function isName(text: string): boolean {
  if (!isWellFormed(text)) return false;
  const points = codePoints(text);
  if (points.length === 0 || points.length > MAX_NAME_LENGTH) return false;
  if (text.startsWith(' ') || text.endsWith(' ') || text.includes('  ')) return false;
  if (points.some(isInvisible) || points.every((point) => point === emojiStyle)) return false;
  return hasFewMarks(points);
}

/** Each mark on something, and few on one. */
function hasFewMarks(points: readonly number[]): boolean {
  let room = 0;
  for (const point of points) {
    if (!isMark(point)) room = point === 0x20 ? 0 : MOST_MARKS;
    else if (room-- === 0) return false;
  }
  return true;
}

/** Two names with one fold are taken for each other. */
export function foldName(name: string): string {
  return codePoints(name)
    .filter((point) => point !== emojiStyle && !isMark(point))
    .map((point) => String.fromCodePoint(foldPoint(point)))
    .join('');
}

function isInvisible(point: number): boolean {
  return invisible.some(([from, to]) => point >= from && point <= to);
}

function isMark(point: number): boolean {
  return marks.some(([from, to]) => point >= from && point <= to);
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
