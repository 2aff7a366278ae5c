/**
 * How deep an update nests. Yjs reads, writes, deletes and shows what is nested by recursion: what one engine's stack can just hold breaks
 * another's, a browser's for one, or our own after a restart. Rooms' documents are flat: a few levels do.
 */
import * as Y from 'yjs';
import { find } from './find.ts';
import type { NewStructs, Struct } from './structs.ts';

/** Levels of shared types in shared types. */
const mostTypes = 8;
/** Levels of lists and maps in one value, the list of values itself included. */
const mostLevels = 32;

/** False for a value that nests deeper than any of ours, or that JSON has no word for. */
export function isFlat(struct: Struct): boolean {
  return !(struct instanceof Y.Item) || isShallow(valuesOf(struct.content), mostLevels);
}

export interface Depths {
  /** False if a shared type that it brings would lie too deep. To be called in the order of integration. */
  take(struct: Struct): boolean;
}

export function createDepths(doc: Y.Doc, news: NewStructs): Depths {
  const depths = new Map<Struct, number>();
  /** Levels above whatever stands at this place. */
  const at = (id: Y.ID): number => {
    const fresh = find(news.get(id.client) ?? [], id.clock);
    if (fresh) return depths.get(fresh) ?? 0;
    const known = id.clock < Y.getState(doc.store, id.client) ? Y.getItem(doc.store, id) : undefined;
    return known instanceof Y.Item ? levelsAbove(known) : 0;
  };
  return {
    take(struct) {
      if (!(struct instanceof Y.Item)) return true;
      const { parent, origin, rightOrigin } = struct;
      const beside = origin ?? rightOrigin;
      const depth = parent instanceof Y.ID ? at(parent) + 1 : parent === null && beside ? at(beside) : 0;
      depths.set(struct, depth);
      return depth < mostTypes || !(struct.content instanceof Y.ContentType);
    },
  };
}

function levelsAbove(item: Y.Item): number {
  let levels = 0;
  let { parent } = item;
  while (parent instanceof Y.AbstractType && parent._item) {
    levels++;
    ({ parent } = parent._item);
  }
  return levels;
}

function valuesOf(content: Y.Item['content']): unknown {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr;
  if (content instanceof Y.ContentEmbed) return content.embed;
  if (content instanceof Y.ContentFormat) return content.value;
  return content instanceof Y.ContentDoc ? content.opts : null;
}

function isShallow(value: unknown, levels: number): boolean {
  // No document of ours holds one, and whoever counts with it, or writes it as JSON, throws.
  if (typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  return levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1));
}
