/** Frames of the y-websocket protocol, as its stock clients send and understand them. */
import type { Bytes } from '@fairground/ledger';
import { createDecoder, hasContent, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** One client's presence; `state` is JSON text, `null` when it has left. */
export interface PresenceEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

export type DocFrame =
  | { readonly kind: 'step1'; readonly stateVector: Bytes }
  | { readonly kind: 'update'; readonly update: Bytes }
  | { readonly kind: 'awareness'; readonly entries: readonly PresenceEntry[] }
  | { readonly kind: 'queryAwareness' }
  | { readonly kind: 'ignored' };

/** Undefined for what is no such frame. Step 2 and update are one kind: both carry an update, as a view of these bytes. */
export function readFrame(bytes: Bytes): DocFrame | undefined {
  try {
    return parse(bytes);
  } catch {
    return undefined; // lib0 throws at the end of input
  }
}

/** A few bytes that are answered with a whole document, or with everybody's presence: in whatever spelling of their numbers. */
export function asksForAll(bytes: Bytes): boolean {
  try {
    const decoder = createDecoder(bytes);
    const kind = readVarUint(decoder);
    return kind === QUERY_AWARENESS || (kind === SYNC && readVarUint(decoder) === STEP_1);
  } catch {
    return false;
  }
}

/** One of ours: the answer to a step 1. */
export function isWholeDocument(frame: Bytes): boolean {
  return frame[0] === SYNC && frame[1] === STEP_2;
}

function parse(bytes: Bytes): DocFrame | undefined {
  const decoder = createDecoder(bytes);
  switch (readVarUint(decoder)) {
    case SYNC: {
      const step = readVarUint(decoder);
      const body = readVarUint8Array(decoder);
      if (hasContent(decoder)) return undefined;
      if (step === STEP_1) return { kind: 'step1', stateVector: body };
      return step === STEP_2 || step === UPDATE ? { kind: 'update', update: body } : undefined;
    }
    case AWARENESS:
      return { kind: 'awareness', entries: readPresence(readVarUint8Array(decoder)) };
    case QUERY_AWARENESS:
      return { kind: 'queryAwareness' };
    case AUTH:
      return { kind: 'ignored' };
    default:
      return undefined;
  }
}

function readPresence(bytes: Bytes): readonly PresenceEntry[] {
  const decoder = createDecoder(bytes);
  const count = readVarUint(decoder);
  const entries: PresenceEntry[] = [];
  for (let i = 0; i < count; i++) {
    const entry = {
      client: readVarUint(decoder),
      clock: readVarUint(decoder),
      state: readVarString(decoder),
    };
    JSON.parse(entry.state); // throws for what stock clients could not read
    entries.push(entry);
  }
  return entries;
}

export const step1Frame = (stateVector: Bytes): Bytes => syncFrame(STEP_1, stateVector);
export const step2Frame = (update: Bytes): Bytes => syncFrame(STEP_2, update);
export const updateFrame = (update: Bytes): Bytes => syncFrame(UPDATE, update);

function syncFrame(step: number, body: Bytes): Bytes {
  const encoder = createEncoder();
  writeVarUint(encoder, SYNC);
  writeVarUint(encoder, step);
  writeVarUint8Array(encoder, body);
  return toUint8Array(encoder);
}

/** With no entries it says nothing and keeps a quiet connection alive: stock clients hang up after 30 s of silence. */
export function awarenessFrame(entries: readonly PresenceEntry[]): Bytes {
  const inner = createEncoder();
  writeVarUint(inner, entries.length);
  for (const { client, clock, state } of entries) {
    writeVarUint(inner, client);
    writeVarUint(inner, clock);
    writeVarString(inner, state);
  }
  const encoder = createEncoder();
  writeVarUint(encoder, AWARENESS);
  writeVarUint8Array(encoder, toUint8Array(inner));
  return toUint8Array(encoder);
}
