/** Yjs updates: edits of a document by one or several writers, as differences to it, and their bytes bent. */
import type { Bytes } from '@fairground/ledger';
import * as Y from 'yjs';
import type { Random } from '../random.ts';
import { bendBytes } from './bytes.ts';
import type { Inputs } from './inputs.ts';

const values: readonly unknown[] = [
  null,
  0,
  'x',
  [1, [2, [3]]],
  { value: 1, by: 'x' },
  new Uint8Array(3),
  true,
  'long'.repeat(50),
];
const writers = [1, 2, 2, 2, 3, 2 ** 31, 2 ** 32 - 1];

/** `start` makes the document as it stands. */
export function updateInputs(start: () => Y.Doc): Inputs {
  const make = (random: Random): Bytes => {
    const doc = start();
    const before = Y.encodeStateVector(doc);
    for (let edits = random.below(4); edits >= 0; edits--) {
      doc.clientID = random.pick(writers);
      edit(doc, random);
    }
    return Y.encodeStateAsUpdate(doc, random.oneIn(4) ? undefined : before);
  };
  const first = start();
  return {
    seeds: [Y.encodeStateAsUpdate(first), new Uint8Array([0, 0]), Y.encodeStateVector(first)],
    make: (random) =>
      random.oneIn(2) ? make(random) : bendBytes(make(random), random, [Y.encodeStateAsUpdate(first)]),
    bend: bendBytes,
  };
}

function edit(doc: Y.Doc, random: Random): void {
  const list = doc.getArray<unknown>(random.pick(['chat', 'other']));
  const map = doc.getMap<unknown>(random.pick(['settings', 'meta']));
  switch (random.below(8)) {
    case 0:
      return list.push([random.pick(values)]);
    case 1:
      return list.insert(random.below(list.length + 1), [random.pick(values)]);
    case 2:
      return list.length > 0 ? list.delete(random.below(list.length), 1) : undefined;
    case 3:
      return void map.set(random.pick(['questions', 'windowMs', '__proto__']), random.pick(values));
    case 4:
      return map.delete('questions');
    case 5:
      return doc.getText('text').insert(0, random.pick(['a', '🎉', 'b'.repeat(30)]));
    case 6:
      return void map.set('nested', random.oneIn(2) ? new Y.Map([['a', 1]]) : Y.Array.from(['b']));
    default:
      return doc.getXmlFragment('xml').insert(0, [new Y.XmlText('x')]);
  }
}
