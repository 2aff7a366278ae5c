/** How each server's clients say and hear the same things: Yjs updates and awareness. */
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import type { Kind } from '../servers/opened.ts';

export interface Dialect {
  path(room: string, token?: string): string;
  /** What is said first, if anything. */
  hello(room: string): Uint8Array | undefined;
  /** Asks for the whole document, whose coming shows that one is let in; undefined where nobody answers. */
  ask(room: string): Uint8Array | undefined;
  update(room: string, update: Uint8Array): Uint8Array;
  awareness(room: string, states: Uint8Array): Uint8Array;
  /** What a message of the server's carries; undefined for everything else. */
  read(message: Uint8Array): Heard | undefined;
}

export interface Heard {
  readonly kind: 'update' | 'awareness';
  readonly body: Uint8Array;
}

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const STEP_1 = 0;
const UPDATE = 2;

export function dialectOf(kind: Kind): Dialect {
  const isNamed = kind === 'hocuspocus';
  const begin = (room: string) => {
    const encoder = createEncoder();
    if (isNamed) writeVarString(encoder, room);
    return encoder;
  };
  return {
    path(room, token) {
      if (isNamed) return '/';
      return kind === 'ours' ? `/docs/${room}${token === undefined ? '' : `?token=${token}`}` : `/${room}`;
    },
    hello(room) {
      if (!isNamed) return undefined;
      const encoder = begin(room);
      writeVarUint(encoder, AUTH);
      writeVarUint(encoder, 0);
      writeVarString(encoder, 'anybody');
      return toUint8Array(encoder);
    },
    ask(room) {
      if (kind === 'bare') return undefined;
      const encoder = begin(room);
      writeVarUint(encoder, SYNC);
      writeVarUint(encoder, STEP_1);
      writeVarUint8Array(encoder, new Uint8Array([0])); // an empty state vector
      return toUint8Array(encoder);
    },
    update(room, update) {
      const encoder = begin(room);
      writeVarUint(encoder, SYNC);
      writeVarUint(encoder, UPDATE);
      writeVarUint8Array(encoder, update);
      return toUint8Array(encoder);
    },
    awareness(room, states) {
      const encoder = begin(room);
      writeVarUint(encoder, AWARENESS);
      writeVarUint8Array(encoder, states);
      return toUint8Array(encoder);
    },
    read: (message) => readMessage(message, isNamed),
  };
}

function readMessage(message: Uint8Array, isNamed: boolean): Heard | undefined {
  const decoder = createDecoder(message);
  if (isNamed) readVarString(decoder);
  const type = readVarUint(decoder);
  if (type === AWARENESS) return { kind: 'awareness', body: readVarUint8Array(decoder) };
  if (type !== SYNC || readVarUint(decoder) === STEP_1) return undefined;
  return { kind: 'update', body: readVarUint8Array(decoder) };
}
