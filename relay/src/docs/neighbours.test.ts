import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkUpdate } from './updateCheck.ts';

const check = (doc: Y.Doc, update: Uint8Array) => checkUpdate(doc, update, { key: 'me', owner: () => 'me' });

function copyOf(doc: Y.Doc, clientID: number): Y.Doc {
  const copy = new Y.Doc();
  copy.clientID = clientID;
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

describe('[X51] neighbours of an item', () => {
  it('in the wrong order are refused, though each of them is there', () => {
    const doc = new Y.Doc();
    doc.clientID = 1;
    doc.getArray('list').push(['a', 'b']);
    const writer = copyOf(doc, 2);
    writer.getArray('list').insert(1, ['between']);
    const sound = Y.encodeStateAsUpdate(writer, Y.encodeStateVector(doc));
    expect(check(doc, sound)).toMatchObject({ ok: true });
    // Origins are written as client and clock: left (1, 0), right (1, 1).
    const [left, right] = [sound.indexOf(0xc8) + 2, sound.indexOf(0xc8) + 4];
    const turned = Uint8Array.from(sound);
    turned[left] = 1;
    turned[right] = 0;
    expect(check(doc, turned)).toEqual({ ok: false, code: 'update_malformed' });
  });

  it('of two lists are refused', () => {
    const doc = new Y.Doc();
    doc.clientID = 1;
    doc.getArray('one').push(['a', 'b']);
    doc.getArray('two').push(['c']);
    const writer = copyOf(doc, 2);
    writer.getArray('one').insert(1, ['between']);
    const update = Y.encodeStateAsUpdate(writer, Y.encodeStateVector(doc));
    const strayed = Uint8Array.from(update);
    strayed[update.indexOf(0xc8) + 4] = 2;
    expect(check(doc, strayed)).toEqual({ ok: false, code: 'update_malformed' });
  });

  it('that honest writers put in anywhere, one at a time or many at once, are taken', () => {
    const step = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 3 }), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.nat(30), { maxLength: 8 }),
        (steps, others) => {
          const doc = new Y.Doc();
          doc.clientID = 1;
          doc.getArray('list').push(['a', 'b', 'c']);
          const [writer, other] = [copyOf(doc, 2), copyOf(doc, 3)];
          for (const place of others) {
            const list = other.getArray('list');
            list.insert(place % (list.length + 1), ['other']);
          }
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
          const list = writer.getArray('list');
          for (const [place, count, isDeleted] of steps)
            if (isDeleted && list.length > 0) list.delete(place % list.length);
            else
              list.insert(
                place % (list.length + 1),
                Array.from({ length: count }, () => 'mine'),
              );
          const update = Y.encodeStateAsUpdate(writer, Y.encodeStateVector(doc));
          const taken = checkUpdate(doc, update, { key: 'me', owner: () => undefined });
          expect(taken.ok || taken.code === 'delete_foreign').toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
