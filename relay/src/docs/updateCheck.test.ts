import { bytesToHex } from '@fairground/ledger';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkUpdate } from './updateCheck.ts';

const ann = 'aa';
const mal = 'bb';
const annId = 1;
const malId = 2;
const owner = (client: number) => (client === annId ? ann : client === malId ? mal : undefined);

/** Holding `update`; the client id comes after, or Yjs would think that somebody else uses it. */
function docOf(client: number, update?: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  if (update) Y.applyUpdate(doc, update);
  doc.clientID = client;
  return doc;
}

/** A room in which both have written, and deleted some of their own. */
function room(): Y.Doc {
  const doc = docOf(annId);
  doc.getArray('chat').push(['a', 'b', 'c']);
  doc.getMap('settings').set('topic', 'science');
  doc.getArray('chat').delete(1);
  const other = docOf(malId, Y.encodeStateAsUpdate(doc));
  other.getArray('chat').insert(1, ['m', 'n']);
  other.getMap('settings').set('mine', 1);
  return docOf(99, Y.encodeStateAsUpdate(other));
}

/** What Mallory may send, and everything that can be made of it by changing bytes. */
const updates = fc
  .record({
    edits: fc.array(
      fc.tuple(fc.constantFrom('push', 'insert', 'delete', 'set', 'unset', 'nest'), fc.nat(6)),
      { maxLength: 6 },
    ),
    changes: fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 3 }),
    isWhole: fc.boolean(),
  })
  .map(({ edits, changes, isWhole }) => {
    const before = room();
    const doc = docOf(malId, Y.encodeStateAsUpdate(before));
    for (const [edit, n] of edits) applyEdit(doc, edit, n);
    const update = Y.encodeStateAsUpdate(doc, isWhole ? undefined : Y.encodeStateVector(before)).slice();
    for (const [at, value] of changes) update[at % update.length] = value;
    return update;
  });

function applyEdit(doc: Y.Doc, edit: string, n: number): void {
  const chat = doc.getArray<unknown>('chat');
  if (edit === 'push') chat.push([`p${n}`]);
  else if (edit === 'insert') chat.insert(Math.min(n, chat.length), [n]);
  else if (edit === 'delete' && chat.length > 0) chat.delete(n % chat.length);
  else if (edit === 'set') doc.getMap('settings').set(n % 2 === 0 ? 'topic' : 'mine', n);
  else if (edit === 'unset') doc.getMap('settings').delete(n % 2 === 0 ? 'topic' : 'mine');
  else if (edit === 'nest') doc.getMap('settings').set('nested', new Y.Array());
}

/** Content of Ann's items that are not deleted, map entries aside. */
function annsLines(doc: Y.Doc): readonly unknown[] {
  const structs = doc.store.clients.get(annId) ?? [];
  return structs.flatMap((struct) =>
    struct instanceof Y.Item && !struct.deleted && struct.parentSub === null
      ? struct.content.getContent()
      : [],
  );
}

it('[Y23] whatever is accepted leaves nothing pending, moves no foreign clock and deletes no foreign line', () => {
  let accepted = 0;
  fc.assert(
    fc.property(updates, (update) => {
      const doc = room();
      const before = bytesToHex(Y.encodeStateAsUpdate(doc));
      const checked = checkUpdate(doc, update, { key: mal, owner });
      expect(bytesToHex(Y.encodeStateAsUpdate(doc))).toBe(before);
      if (!checked.ok) return;
      accepted++;
      const clock = Y.getState(doc.store, annId);
      Y.applyUpdate(doc, update);
      expect(doc.store.pendingStructs).toBeNull();
      expect(doc.store.pendingDs).toBeNull();
      expect(Y.getState(doc.store, annId)).toBe(clock);
      expect(annsLines(doc)).toEqual(['a', 'c']);
    }),
    { numRuns: 1500, seed: 20 },
  );
  expect(accepted).toBeGreaterThan(100);
});

it('[Y26] any bytes at all are judged without a throw, and change nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const doc = room();
      const before = bytesToHex(Y.encodeStateAsUpdate(doc));
      checkUpdate(doc, bytes, { key: mal, owner });
      expect(bytesToHex(Y.encodeStateAsUpdate(doc))).toBe(before);
    }),
    { numRuns: 2000, seed: 21 },
  );
});
