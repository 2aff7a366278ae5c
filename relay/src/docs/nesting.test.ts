import { createEncoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkUpdate } from './updateCheck.ts';
import { cpuMs } from '../testing/cpuMs.ts';

const check = (doc: Y.Doc, update: Uint8Array) =>
  checkUpdate(doc, update, { key: 'bb', owner: () => undefined });
const malformed = { ok: false, code: 'update_malformed' };

/** One list in a chat, as deep as it is told. */
function deepValue(levels: number): Uint8Array {
  const encoder = createEncoder();
  for (const number of [1, 1, 4242, 0]) writeVarUint(encoder, number);
  writeUint8(encoder, 8); // ContentAny of a root type
  writeVarUint(encoder, 1);
  writeVarString(encoder, 'chat');
  writeVarUint(encoder, 1);
  for (let i = 0; i < levels; i++) {
    writeUint8(encoder, 117); // an array
    writeVarUint(encoder, 1);
  }
  writeUint8(encoder, 126); // null
  writeVarUint(encoder, 0);
  return toUint8Array(encoder);
}

describe('[X26] what engines read by recursion', () => {
  it.each([32, 1000, 5000, 30_000])('a list %i levels deep is refused', (levels) => {
    expect(check(new Y.Doc(), deepValue(levels))).toMatchObject(malformed);
  });

  it('a list of a few levels is not', () => {
    expect(check(new Y.Doc(), deepValue(31)).ok).toBe(true);
  });

  /** An update a level, and all of them in one. */
  function chain(levels: number) {
    const doc = new Y.Doc();
    const steps: Uint8Array[] = [];
    let inner = doc.getMap('settings');
    for (let level = 0; level < levels; level++) {
      const before = Y.encodeStateVector(doc);
      const next = new Y.Map();
      inner.set('in', new Y.Map());
      // Beside another value of its key: its parent is not written, it follows from its neighbour.
      inner.set('in', next);
      inner = next;
      steps.push(Y.encodeStateAsUpdate(doc, before));
    }
    return { steps, whole: Y.encodeStateAsUpdate(doc) };
  }

  it('maps in maps are refused past eight levels, in one update or in many', () => {
    expect(check(new Y.Doc(), chain(8).whole).ok).toBe(true);
    expect(check(new Y.Doc(), chain(9).whole)).toMatchObject(malformed);
    expect(check(new Y.Doc(), chain(200).whole)).toMatchObject(malformed);
    const doc = new Y.Doc();
    const taken = chain(12).steps.filter((update) => {
      const { ok } = check(doc, update);
      if (ok) Y.applyUpdate(doc, update);
      return ok;
    });
    expect(taken).toHaveLength(8);
  });
});

it('[X27] thousands of values set over somebody else’s are checked at once', async () => {
  // The processor's time is told in steps of some milliseconds.
  const costOf = (check: () => void) => cpuMs(() => Array.from({ length: 20 }, check));
  const [some, many] = [overwriting(2_000), overwriting(8_000)];
  costOf(some);
  // Four times as many cost four times as much, and sixteen times where each is compared with each.
  expect(costOf(many) / costOf(some)).toBeLessThan(10);
});

/** Checks an update that sets so many values over another's. */
function overwriting(values: number): () => void {
  const writer = new Y.Doc();
  const setAll = (doc: Y.Doc, value: number) =>
    doc.transact(() => {
      for (let i = 0; i < values; i++) doc.getMap('m').set(`${i}`, value);
    });
  setAll(writer, 0);
  const [doc, other] = [new Y.Doc(), new Y.Doc()];
  for (const copy of [doc, other]) Y.applyUpdate(copy, Y.encodeStateAsUpdate(writer));
  const before = Y.encodeStateVector(other);
  setAll(other, 1);
  const update = Y.encodeStateAsUpdate(other, before);
  const owner = (client: number) => (client === writer.clientID ? 'aa' : undefined);
  return () => expect(checkUpdate(doc, update, { key: 'bb', owner }).ok).toBe(true);
}
