/**
 * A struct of which the document holds the beginning. Yjs puts the rest behind that beginning, and into whatever parent the struct names:
 * if it is not the same insertion, the lists of two parents grow together, and no two readers see the same room any more.
 */
import * as Y from 'yjs';
import type { Struct } from './structs.ts';

/** True for the longer spelling of what is there; `struct` begins before the document's end of that client and ends after it. */
export function continuesWhatIsThere(doc: Y.Doc, struct: Struct): boolean {
  const there = Y.getItem(doc.store, struct.id);
  // What stands behind something collected is collected with it.
  if (!(there instanceof Y.Item)) return true;
  if (!(struct instanceof Y.Item) || !Y.compareIDs(struct.rightOrigin, there.rightOrigin)) return false;
  const { client, clock } = struct.id;
  const origin = clock === there.id.clock ? there.origin : Y.createID(client, clock - 1);
  if (!Y.compareIDs(struct.origin, origin)) return false;
  const isNamed = origin === null && struct.rightOrigin === null;
  return !isNamed || (struct.parentSub === there.parentSub && isSameParent(struct.parent, there.parent));
}

/** As an update names it, and as the document holds it. */
function isSameParent(named: unknown, held: Y.Item['parent']): boolean {
  if (!(held instanceof Y.AbstractType)) return false;
  if (named instanceof Y.ID) return Y.compareIDs(named, held._item?.id ?? null);
  return held._item === null && typeof named === 'string' && Y.findRootTypeKey(held) === named;
}
