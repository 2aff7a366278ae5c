import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capBytes,
  formatCap,
  formatDocumentName,
  formatRoomId,
  formatWorldId,
  parseCap,
  parseCode,
  parseDid,
  parseDocumentName,
  parseRoomId,
  parseWorldId,
  roomBytes,
  tailClientId,
  viewClientId,
  worldBytes,
} from './index.ts';

const world = formatWorldId(new Uint8Array(32).fill(7));
const room = formatRoomId(new Uint8Array(16).fill(9));

describe('[W2] ids have one spelling', () => {
  it.each([
    ['world', 32, formatWorldId, parseWorldId, worldBytes],
    ['room', 16, formatRoomId, parseRoomId, roomBytes],
    ['capability', 16, formatCap, parseCap, capBytes],
  ] as const)('%s ids round-trip', (_, length, format, parse, bytesOf) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (bytes) => {
        const text = format(bytes);
        expect(parse(text)).toEqual({ ok: true, value: text });
        expect([...bytesOf(text as never)]).toEqual([...bytes]);
      }),
    );
  });

  it.each([
    world.toUpperCase(),
    world.slice(1),
    `${world}a`,
    `${world.slice(0, -1)}z`,
    '../../etc/passwd',
    '',
  ])('a crooked world id is refused: %j', (text) =>
    expect(parseWorldId(text)).toEqual({ ok: false, code: 'world_malformed' }),
  );

  it('a capability with stray bits is refused', () => {
    const good = formatCap(new Uint8Array(16));
    expect(parseCap(good).ok).toBe(true);
    expect(parseCap(`${good.slice(0, -1)}B`).ok).toBe(false);
  });

  it.each(['12345', '1234567', '12345a', '１２３４５６'])('%j is no code', (text) => {
    expect(parseCode(text).ok).toBe(false);
  });

  it('a did of a small-order key is refused', () => {
    expect(parseDid('did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP').ok).toBe(false);
    expect(parseDid('did:web:example.org').ok).toBe(false);
  });
});

describe('[W3] document names', () => {
  it.each([
    ['directory', { kind: 'directory' }],
    [`room:${room}`, { kind: 'room', room }],
    [`tail:${world}`, { kind: 'tail', world }],
    [`view:${world}`, { kind: 'view', world }],
  ] as const)('%s is understood and written back', (name, parsed) => {
    expect(parseDocumentName(name)).toEqual({ ok: true, value: parsed });
    expect(formatDocumentName(parsed)).toBe(name);
  });

  it.each([
    '',
    'directory:x',
    'room',
    'room:',
    `room:${world}`,
    `tail:${room}`,
    `tail:${world}:x`,
    `draft:${room}`,
    `__proto__:${room}`,
    '../directory',
  ])('%j is no document', (name) =>
    expect(parseDocumentName(name)).toEqual({ ok: false, code: 'document_unknown' }),
  );

  it.each([tailClientId, viewClientId])(
    'the writer of a tail, or a view, follows from the world and is a Yjs client id',
    (idOf) => {
      expect(idOf(world)).toBe(idOf(world));
      expect(idOf(world)).not.toBe(idOf(formatWorldId(new Uint8Array(32))));
      expect(idOf(world)).toBeGreaterThanOrEqual(1);
      expect(idOf(world)).toBeLessThan(2 ** 32);
    },
  );
});
