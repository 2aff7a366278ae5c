/** The relay as a source of what this authority published: the world's tail, and before it the bundles of sealed segments. */
import { type Bytes, decodeEntryBundle, entryBundlePath, tileWidth } from '@fairground/ledger';
import { TAIL_ROOT, decodeTailBatch } from '@fairground/protocol';
import * as Y from 'yjs';
import type { SuffixPart, SuffixSource } from '../worlds/suffix.ts';
import type { Wanting } from './wanting.ts';

export function relaySuffix({ want }: Pick<Wanting, 'want'>): SuffixSource {
  return {
    name: 'the relay',
    keepsBatches: true,
    async suffix(world, from) {
      const tail = readTail(await want(world, 'tail'));
      const [first] = tail;
      if (!first) return [];
      const bundles = from < first.first ? await readBundles(want, world, from, first.first) : [];
      return [...bundles, ...tail.filter((part) => part.first >= from)];
    },
  };
}

/** What can be read of it. */
function readTail(update: Bytes | undefined): readonly SuffixPart[] {
  if (!update) return [];
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc
    .getArray<Uint8Array>(TAIL_ROOT)
    .toArray()
    .flatMap((bytes) => {
      const batch = decodeTailBatch(new Uint8Array(bytes));
      return batch.ok ? batch.value : [];
    });
}

/** Segments end where bundles do, so these are full. */
async function readBundles(
  want: Wanting['want'],
  world: Bytes,
  from: number,
  to: number,
): Promise<readonly SuffixPart[]> {
  const entries: Bytes[] = [];
  for (let n = Math.floor(from / tileWidth); n * tileWidth < to; n++) {
    const bytes = await want(world, entryBundlePath(n));
    const bundle = bytes && decodeEntryBundle(bytes);
    if (!bundle?.ok) return [];
    entries.push(...bundle.value.slice(Math.max(0, from - n * tileWidth)));
  }
  return [{ first: from, entries }];
}
