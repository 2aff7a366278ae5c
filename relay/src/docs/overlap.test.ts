import { createEncoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkUpdate } from './updateCheck.ts';

const mine = 2;
const check = (doc: Y.Doc, update: Uint8Array) => checkUpdate(doc, update, { key: 'me', owner: () => 'me' });
const malformed = { ok: false, code: 'update_malformed' };

/** A room in which client 2 has set one draft, and written nothing else. */
function room(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = mine;
  doc.getMap('settings').set('questions', 5);
  return doc;
}

type Block = {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly (string | number)[];
};

/** Blocks of texts in the root `text`, and of collected structs by their lengths; then deletions in client 2. */
function rawUpdate(
  blocks: readonly Block[],
  deletes: readonly (readonly [number, number])[] = [],
): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, blocks.length);
  for (const { client, clock, structs } of blocks) {
    for (const number of [structs.length, client, clock]) writeVarUint(encoder, number);
    for (const struct of structs) {
      writeUint8(encoder, typeof struct === 'string' ? 4 : 0);
      if (typeof struct === 'number') writeVarUint(encoder, struct);
      else {
        writeVarUint(encoder, 1);
        for (const text of ['text', struct]) writeVarString(encoder, text);
      }
    }
  }
  writeVarUint(encoder, deletes.length > 0 ? 1 : 0);
  if (deletes.length > 0)
    for (const number of [mine, deletes.length, ...deletes.flat()]) writeVarUint(encoder, number);
  return toUint8Array(encoder);
}

describe('[X51] updates that Yjs never writes', () => {
  it('a text that begins in the clock of a draft grows two lists together: refused', () => {
    expect(check(room(), rawUpdate([{ client: mine, clock: 0, structs: ['text'] }]))).toMatchObject(
      malformed,
    );
  });

  it.each([
    ['a struct of length 0', rawUpdate([{ client: mine, clock: 1, structs: [0] }])],
    ['one behind a text', rawUpdate([{ client: mine, clock: 1, structs: ['text', 0] }])],
    ['one of a new client', rawUpdate([{ client: 77, clock: 0, structs: [0] }])],
    ['a deletion of length 0', rawUpdate([], [[0, 0]])],
    ['one past the end', rawUpdate([{ client: mine, clock: 1, structs: ['text'] }], [[5, 0]])],
    [
      'a block of nothing',
      rawUpdate([
        { client: mine, clock: 1, structs: ['text'] },
        { client: 9, clock: 0, structs: [] },
      ]),
    ],
    [
      'a client in two blocks, of which Yjs reads the second alone',
      rawUpdate([
        { client: mine, clock: 1, structs: ['text'] },
        { client: mine, clock: 5, structs: ['more'] },
      ]),
    ],
  ])('%s is refused', (_, update) => {
    expect(check(room(), update)).toMatchObject(malformed);
  });

  it('a number that no document of ours holds, and JSON has no word for, is refused', () => {
    const doc = room();
    const before = Y.encodeStateVector(doc);
    doc.getMap('settings').set('questions', { value: 5n, by: 'x' });
    expect(check(room(), Y.encodeStateAsUpdate(doc, before))).toMatchObject(malformed);
  });
});

const texts = fc.array(
  fc.record({ text: fc.string({ minLength: 1, maxLength: 5 }), at: fc.nat(30), isText: fc.boolean() }),
  { minLength: 2, maxLength: 8 },
);

it(
  '[X51] what an honest client says once more, from whatever point on, is taken',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(texts, fc.nat(7), (edits, known) => {
        const author = room();
        const vectors = [Y.encodeStateVector(author)];
        const relay = new Y.Doc();
        Y.applyUpdate(relay, Y.encodeStateAsUpdate(author));
        for (const [i, { text, at, isText }] of edits.entries()) {
          if (isText) author.getText('text').insert(Math.min(at, author.getText('text').length), text);
          else author.getArray('chat').push([...text]);
          vectors.push(Y.encodeStateVector(author));
          if (i < known) Y.applyUpdate(relay, Y.encodeStateAsUpdate(author));
        }
        for (const vector of vectors) {
          const update = Y.encodeStateAsUpdate(author, vector);
          const checked = check(relay, update);
          const isKnown = Y.decodeStateVector(vector).get(mine) ?? 0;
          const isGap = isKnown > Y.getState(relay.store, mine);
          expect(isGap || checked.ok).toBe(true);
        }
      }),
    );
  },
);
