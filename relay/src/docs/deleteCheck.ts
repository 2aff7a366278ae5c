/** Whether a writer may delete what an update's delete set names. */
import { type Result, err, ok } from '@fairground/ledger';
import * as Y from 'yjs';
import type { NewStructs, UpdateWriter } from './structs.ts';

export interface DeleteContext {
  readonly doc: Y.Doc;
  readonly news: NewStructs;
  /** Clocks after the update's structs are in. */
  readonly after: ReadonlyMap<number, number>;
  readonly writer: UpdateWriter;
}

interface Range {
  readonly clock: number;
  readonly len: number;
}

/**
 * Own items may be deleted; foreign ones only if they are deleted already (a full sync repeats all deletes), or if they are the value of
 * a map's key that the update sets anew (Yjs deletes the value before in the same update). True when something is deleted anew.
 */
export function checkDeletes(
  context: DeleteContext,
  deletes: ReadonlyMap<number, readonly Range[]>,
): Result<boolean, 'update_pending' | 'delete_foreign'> {
  // Nearly always: an update that only writes.
  if (deletes.size === 0) return ok(false);
  let adds = false;
  const origins = originsOf(context.news);
  for (const [client, ranges] of deletes) {
    const own = context.writer.owner(client) === context.writer.key || context.news.has(client);
    const end = context.after.get(client) ?? Y.getState(context.doc.store, client);
    for (const range of ranges) {
      if (range.clock + range.len > end) return err('update_pending');
      const fresh = undeleted(context.doc, client, range);
      const isOwn = own || fresh.every((item) => isReplaced(origins, item));
      if (!isOwn) return err('delete_foreign');
      adds ||= fresh.length > 0;
    }
  }
  return ok(adds);
}

/** The items of the document under a range that are not deleted yet. */
function undeleted(doc: Y.Doc, client: number, { clock, len }: Range): readonly Y.Item[] {
  const structs = doc.store.clients.get(client);
  if (!structs || len === 0 || clock >= Y.getState(doc.store, client)) return [];
  const found: Y.Item[] = [];
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i];
    if (!struct || struct.id.clock >= clock + len) break;
    if (struct instanceof Y.Item && !struct.deleted) found.push(struct);
  }
  return found;
}

/** An entry of a map to whose right the update puts a new value of the same key. */
function isReplaced(origins: ReadonlySet<string>, { parentSub, lastId }: Y.Item): boolean {
  return parentSub !== null && origins.has(nameOf(lastId));
}

/** What the new items stand to the right of; gathered once, since an update may replace thousands. */
function originsOf(news: NewStructs): ReadonlySet<string> {
  const origins = new Set<string>();
  for (const list of news.values())
    for (const struct of list)
      if (struct instanceof Y.Item && struct.origin !== null) origins.add(nameOf(struct.origin));
  return origins;
}

function nameOf({ client, clock }: Y.ID): string {
  return `${client}/${clock}`;
}
