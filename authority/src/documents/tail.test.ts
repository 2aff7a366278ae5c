import { TAIL_ROOT, decodeTailBatch, formatWorldId } from '@fairground/protocol';
import type { TailBatch } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createTail } from './tail.ts';

const world = formatWorldId(new Uint8Array(32).fill(5));
const batch = (first: number, count: number): TailBatch => ({
  first,
  entries: Array.from({ length: count }, (_, i) => new Uint8Array(3).fill(first + i)),
  checkpoint: new Uint8Array(4).fill(first),
});
const batches = [batch(0, 1), batch(1, 3), batch(4, 2), batch(6, 1), batch(7, 5)];

function reader(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

function read(doc: Y.Doc): number[] {
  return doc
    .getArray<Uint8Array>(TAIL_ROOT)
    .toArray()
    .map((bytes) => {
      const decoded = decodeTailBatch(new Uint8Array(bytes));
      return decoded.ok ? decoded.value.first : -1;
    });
}

describe('a tail', () => {
  it('[A30] is the same document, byte for byte, when it is built again', () => {
    const first = createTail(world);
    const second = createTail(world);
    for (const one of batches) expect(first.push(one)).toEqual(second.push(one));
    expect(first.state()).toEqual(second.state());
  });

  it('[A30] built again from any point merges into what readers have without a trace', () => {
    for (let sealed = 0; sealed <= batches.length; sealed++) {
      const live = createTail(world);
      const updates = batches.map((one) => live.push(one));
      const end = batches[sealed]?.first ?? 12;
      const sealing = live.seal(end);
      const doc = reader([...updates, ...(sealing ? [sealing] : [])]);
      const again = createTail(world, { count: sealed, end: sealed === 0 ? 0 : end });
      for (const one of batches.slice(sealed)) again.push(one);
      expect(again.state()).toEqual(live.state());
      Y.applyUpdate(doc, again.state());
      expect(read(doc)).toEqual(batches.slice(sealed).map(({ first }) => first));
      const next = batch(12, 1);
      Y.applyUpdate(doc, again.push(next));
      Y.applyUpdate(doc, live.push(next));
      expect(read(doc)).toEqual([...batches.slice(sealed), next].map(({ first }) => first));
    }
  });

  it('[A30] never lets a batch begin elsewhere than where the last one ended', () => {
    const tail = createTail(world);
    tail.push(batch(0, 2));
    expect(() => tail.push(batch(3, 1))).toThrow(/begins at 3, not at 2/);
  });

  it('[A31] stays small however much was sealed', () => {
    const tail = createTail(world);
    for (let i = 0; i < 3000; i++) {
      tail.push(batch(i, 1));
      if (i % 100 === 99) tail.seal(i + 1);
    }
    expect(tail.state().length).toBeLessThan(64);
  });
});
