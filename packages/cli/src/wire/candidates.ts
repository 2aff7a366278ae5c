/** Every string of 32 bytes that a client has read and that could be a secret: at every offset, and inside text encodings too. */
import type { Bytes } from '@fairground/ledger';
import { asBuffer, type Reading } from './notebook.ts';

const SIZE = 32;
const base64Run = /[A-Za-z0-9+/_-]{43,}/g;
const hexRun = /[0-9a-fA-F]{64,}/g;

/** Each once, in the order in which they were first read. */
export function candidatesIn(readings: readonly Reading[]): readonly Bytes[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const { bytes } of readings) {
    const text = asBuffer(bytes).toString('latin1');
    if (seen.has(text)) continue;
    seen.add(text);
    addWindows(found, text);
    for (const [run] of text.matchAll(base64Run))
      for (const start of [0, 1, 2, 3]) addWindows(found, decode(run.slice(start), 'base64url'));
    for (const [run] of text.matchAll(hexRun))
      for (const start of [0, 1]) addWindows(found, decode(run.slice(start), 'hex'));
  }
  return [...found].map((window) => new Uint8Array(Buffer.from(window, 'latin1')));
}

function decode(text: string, encoding: 'base64url' | 'hex'): string {
  return Buffer.from(text, encoding).toString('latin1');
}

function addWindows(found: Set<string>, text: string): void {
  for (let at = 0; at + SIZE <= text.length; at++) {
    const window = text.slice(at, at + SIZE);
    if (couldBeSecret(window)) found.add(window);
  }
}

/** Of 2^256 strings fewer than one in 10^9 is left out: plain text, and what repeats itself. */
function couldBeSecret(window: string): boolean {
  let isPlain = true;
  let low = 0;
  let high = 0;
  // A rough count of distinct bytes: 64 bins by their lower six bits.
  for (let i = 0; i < SIZE; i++) {
    const code = window.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) isPlain = false;
    if (code & 32) high |= 1 << (code & 31);
    else low |= 1 << (code & 31);
  }
  return !isPlain && bits(low) + bits(high) >= 12;
}

function bits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
