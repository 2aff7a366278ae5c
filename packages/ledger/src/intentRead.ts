/**
 * The short way to read the two maps that a log is mostly made of: an intent's entry, and the intent in it. Canonical CBOR leaves one
 * order and one spelling for their fields, so they are read as a template. Whatever does not fit it goes the long way, which also finds
 * the refusal; what fits it, the long way reads the same (the test compares them).
 */
import { type Bytes, copyBytes, isBytes, viewBytes } from './bytes.ts';
import { type Cbor, decodeCbor } from './cbor.ts';
import type { IntentEntry } from './entry.ts';
import type { IntentParts } from './intentParts.ts';
import { isMap } from './shape.ts';
import { utf8ToBytes } from './utf8.ts';

interface Cursor {
  readonly bytes: Bytes;
  at: number;
}

/** A key of a map, encoded. */
const key = (name: string) => new Uint8Array([0x60 + name.length, ...utf8ToBytes(name)]);

const entryKeys = {
  at: key('at'),
  rtt: key('rtt'),
  sig: key('sig'),
  via: key('via'),
  bytes: key('bytes'),
  refused: key('refused'),
};
const kindIntent = new Uint8Array([...key('kind'), ...key('intent')]);
const intentHead = new Uint8Array([0xa7, ...key('v'), 1, ...key('key')]);
const intentKeys = {
  seq: key('seq'),
  body: key('body'),
  kind: key('kind'),
  prev: key('prev'),
  world: key('world'),
};
/** `prev` and `world` with their keys, which end every intent. */
const intentTail = intentKeys.prev.length + 34 + intentKeys.world.length + 34;
const longestKind = intentKeys.kind.length + 2 + 64;

export function readIntentEntry(bytes: Bytes): IntentEntry | undefined {
  const cursor = { bytes, at: 1 };
  const at = take(cursor, entryKeys.at) ? takeUint(cursor) : undefined;
  const rtt = take(cursor, entryKeys.rtt) ? takeUint(cursor) : null;
  const sig = take(cursor, entryKeys.sig) ? takeBytes(cursor, 64) : undefined;
  const via = take(cursor, entryKeys.via) ? takeCode(cursor) : undefined;
  const intent = take(cursor, kindIntent) && take(cursor, entryKeys.bytes) ? takeView(cursor) : undefined;
  const refused = take(cursor, entryKeys.refused) ? takeCode(cursor) : null;
  const isWhole =
    cursor.at === bytes.length && bytes[0] === 0xa5 + (rtt === null ? 0 : 1) + (refused === null ? 0 : 1);
  if (
    !isWhole ||
    at === undefined ||
    rtt === undefined ||
    !sig ||
    via === undefined ||
    !intent ||
    refused === undefined
  )
    return undefined;
  const entry = { kind: 'intent', at, via, bytes: intent, sig } as const;
  if (rtt === null) return refused === null ? entry : { ...entry, refused };
  return refused === null ? { ...entry, rtt } : { ...entry, rtt, refused };
}

export function readIntent(bytes: Bytes): (IntentParts & { readonly v: 1 }) | undefined {
  const cursor = { bytes, at: 0 };
  const sender = take(cursor, intentHead) ? takeBytes(cursor, 32) : undefined;
  const seq = take(cursor, intentKeys.seq) ? takeUint(cursor) : undefined;
  if (!sender || seq === undefined || !take(cursor, intentKeys.body)) return undefined;
  const start = cursor.at;
  const end = bodyEnd(cursor);
  if (end === undefined) return undefined;
  const kind = takeCode(cursor);
  const prev = take(cursor, intentKeys.prev) ? takeBytes(cursor, 32) : undefined;
  const world = take(cursor, intentKeys.world) ? takeBytes(cursor, 32) : undefined;
  if (kind === undefined || !prev || !world || cursor.at !== bytes.length) return undefined;
  const body = decodeCbor(bytes.subarray(start, end));
  return body.ok && isBody(body.value)
    ? { v: 1, world, key: sender, seq, prev, kind, body: body.value }
    : undefined;
}

/**
 * Where the body ends and `kind` begins, with the cursor behind that key: found from the end. A wrong place cannot pass, because the body
 * must then be one whole value.
 */
function bodyEnd(cursor: Cursor): number | undefined {
  const { bytes } = cursor;
  const last = bytes.length - intentTail - intentKeys.kind.length - 2;
  for (let at = last; at > cursor.at && at >= last + 2 - longestKind; at--) {
    if (!isAt(bytes, at, intentKeys.kind)) continue;
    cursor.at = at + intentKeys.kind.length;
    return at;
  }
  return undefined;
}

/** Shallow, because the long way counts the map around it against the levels that CBOR may have here. */
function isBody(value: Cbor): value is IntentParts['body'] {
  return isMap(value) && isShallow(value, 8);
}

function isShallow(value: Cbor, levels: number): boolean {
  if (typeof value !== 'object' || value === null || isBytes(value)) return true;
  return levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1));
}

function take(cursor: Cursor, literal: Bytes): boolean {
  if (!isAt(cursor.bytes, cursor.at, literal)) return false;
  cursor.at += literal.length;
  return true;
}

function isAt(bytes: Bytes, at: number, literal: Bytes): boolean {
  for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return false;
  return true;
}

function takeUint(cursor: Cursor): number | undefined {
  return takeCount(cursor, 0x00);
}

/** Most of the entry, and not copied. */
function takeView(cursor: Cursor): Bytes | undefined {
  const start = takeSpan(cursor);
  return start === undefined ? undefined : viewBytes(cursor.bytes, start, cursor.at);
}

function takeBytes(cursor: Cursor, length: number): Bytes | undefined {
  const start = takeSpan(cursor);
  if (start === undefined || cursor.at - start !== length) return undefined;
  return copyBytes(cursor.bytes, start, cursor.at);
}

/** Where a byte string begins; the cursor stands behind it. */
function takeSpan(cursor: Cursor): number | undefined {
  const count = takeCount(cursor, 0x40);
  if (count === undefined) return undefined;
  const start = cursor.at;
  cursor.at += count;
  return cursor.at <= cursor.bytes.length ? start : undefined;
}

/** A text that `isCode` would pass. */
function takeCode(cursor: Cursor): string | undefined {
  const count = takeCount(cursor, 0x60);
  if (count === undefined || count < 1 || count > 64) return undefined;
  let code = '';
  for (let i = 0; i < count; i++) {
    const byte = cursor.bytes[cursor.at + i] ?? 0;
    const isLetter = byte >= 0x61 && byte <= 0x7a;
    if (!isLetter && (i === 0 || !(byte === 0x5f || (byte >= 0x30 && byte <= 0x39)))) return undefined;
    code += String.fromCharCode(byte);
  }
  cursor.at += count;
  return code;
}

/** The count in a head of this major type (RFC 8949 §3), in its shortest form. */
function takeCount(cursor: Cursor, major: number): number | undefined {
  const info = (cursor.bytes[cursor.at] ?? 0xff) - major;
  if (info < 0 || info > 27) return undefined;
  cursor.at += 1;
  if (info < 24) return info;
  let count = 0;
  const width = 1 << (info - 24);
  for (let i = 0; i < width; i++) count = count * 256 + (cursor.bytes[cursor.at++] ?? Number.NaN);
  const least = [24, 0x100, 0x1_0000, 0x1_0000_0000][info - 24] ?? 0;
  return Number.isSafeInteger(count) && count >= least ? count : undefined;
}
