/** Which files an entry names: those of an opened value, wherever in it a member `hash` is a SHA-256 in hexadecimal. */
import type { Cbor } from './cbor.ts';
import type { LogEntry } from './entry.ts';
import { isBytes } from './bytes.ts';

const sha256Hex = /^[0-9a-f]{64}$/;

/** Only what the authority itself opens counts: an intent may hold any text. */
export function namedFiles(entry: LogEntry): readonly string[] {
  return entry.kind === 'reveal' ? hashesIn(entry.value) : [];
}

function hashesIn(value: Cbor): readonly string[] {
  if (typeof value !== 'object' || value === null || isBytes(value)) return [];
  if (Array.isArray(value)) return value.flatMap(hashesIn);
  return Object.entries(value).flatMap(([name, inner]: [string, Cbor]) =>
    name === 'hash' && typeof inner === 'string' ? (sha256Hex.test(inner) ? [inner] : []) : hashesIn(inner),
  );
}
