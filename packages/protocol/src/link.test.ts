import { type Bytes, encodeCbor } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import {
  type ToAuthority,
  type ToRelay,
  decodeToAuthority,
  decodeToRelay,
  encodeFrame,
  memoryLink,
} from './index.ts';

const b = (length: number): Bytes => new Uint8Array(length).fill(length);

const toAuthority: readonly ToAuthority[] = [
  {
    t: 'mail',
    id: 1,
    kind: 'intent',
    world: b(32),
    payload: b(9),
    sig: b(64),
    via: 'relay',
    rtt: 12,
    seen: [b(5), b(64)],
  },
  { t: 'mail', id: 6, kind: 'seen', world: b(32), payload: b(9), sig: b(64), via: 'relay' },
  { t: 'mail', id: 7, kind: 'suffix', world: b(32), payload: b(9), via: 'relay' },
  { t: 'mail', id: 2, kind: 'head', world: b(32), payload: b(32), via: 'relay' },
  { t: 'mail', id: 4, kind: 'intent', world: b(32), payload: b(9), sig: b(64), via: 'peer' },
  { t: 'mail', id: 5, kind: 'intent', world: b(32), payload: b(9), sig: b(64), via: 'local' },
  { t: 'given', id: 9, bytes: null },
  { t: 'given', id: 9, bytes: b(9) },
  { t: 'get', id: 3, world: b(32), path: 'checkpoint' },
  { t: 'watched', world: b(32), watched: true },
];
const toRelay: readonly ToRelay[] = [
  {
    t: 'hello',
    name: 'a',
    key: b(32),
    vkey: 'v',
    games: [{ name: 'nim', version: 1, rules: b(32) }],
    epoch: 4,
  },
  { t: 'reply', id: 1, status: 200, body: { receipt: [b(3), b(64)], refused: null } },
  {
    t: 'room',
    room: b(16),
    visibility: 'listed',
    cap: null,
    code: '123456',
    world: b(32),
    game: 'nim',
    title: '',
  },
  { t: 'world', world: b(32), room: b(16), origin: 'a/b' },
  { t: 'doc', name: 'directory', update: b(2) },
  { t: 'doc.reset', name: 'directory', update: b(2) },
  { t: 'log', world: b(32), path: 'tile/0/000', bytes: b(4), immutable: true },
  { t: 'segment', world: b(32), n: 0, docId: 'x', bytes: b(4) },
  { t: 'seek', world: b(32), range: { from: 3, size: 9 } },
  { t: 'seek', world: b(32), range: null },
  { t: 'want', id: 9, world: b(32), path: 'tail' },
  {
    t: 'stats',
    reasons: ['recovering: …'],
    values: [{ name: 'worlds', kind: 'gauge', help: 'Worlds', labels: { status: 'live' }, value: 3 }],
  },
  { t: 'bank', topics: [{ topic: 'science', language: 'en', count: 60 }] },
];

describe('[W7] link frames', () => {
  it.each(toAuthority)('to the authority: $t $kind', (frame) => {
    expect(decodeToAuthority(encodeFrame(frame))).toEqual({ ok: true, value: frame });
  });

  it.each(toRelay)('to the relay: $t', (frame) => {
    expect(decodeToRelay(encodeFrame(frame))).toEqual({ ok: true, value: frame });
  });

  it.each([
    ['null', encodeCbor(null)],
    ['an unknown frame', encodeCbor({ t: 'nonsense' })],
    ['an unknown member', encodeCbor({ t: 'get', id: 1, world: b(32), path: 'x', more: 1 })],
    ['a short world', encodeCbor({ t: 'get', id: 1, world: b(31), path: 'x' })],
    ['no CBOR', b(3)],
  ])('%s is refused', (_, bytes) => {
    expect(decodeToAuthority(bytes)).toMatchObject({ ok: false, code: 'link_malformed' });
  });
});

describe('[W8] a link in memory', () => {
  it('keeps the order, holds frames until there is a listener, and copies them', async () => {
    const [left, right] = memoryLink();
    const frame = b(1);
    left.send(frame);
    frame[0] = 99;
    left.send(b(2));
    const got: number[] = [];
    right.onFrame((bytes) => got.push(bytes[0] ?? -1));
    expect(got).toEqual([]);
    await Promise.resolve();
    expect(got).toEqual([1, 2]);
  });

  it('closes both ends once and delivers nothing after', async () => {
    const [left, right] = memoryLink();
    const closed: string[] = [];
    left.onClose(() => closed.push('left'));
    right.onClose(() => closed.push('right'));
    right.onFrame(() => closed.push('frame'));
    left.close();
    left.send(b(1));
    right.close();
    await Promise.resolve();
    expect(closed).toEqual(['left', 'right']);
  });
});
