/**
 * A `view:<world>` as a Yjs document that comes out the same however often it is begun anew: one item a size, of which only the newest
 * is not deleted. Two drawers of one size make one item, and an older one changes nothing.
 */
import type { Bytes } from '@fairground/ledger';
import { VIEW_ROOT, type WorldId, viewClientId } from '@fairground/protocol';
import * as Y from 'yjs';

export interface PictureDoc {
  /** Of the newest picture; 0 before there is one. */
  readonly size: number;
  /** The update to send. Throws for a size that is not larger than the last. */
  put(size: number, picture: Bytes): Bytes;
}

export function createPictureDoc(world: WorldId): PictureDoc {
  const doc = new Y.Doc();
  doc.clientID = viewClientId(world);
  const array = doc.getArray<Uint8Array | number>(VIEW_ROOT);
  let end = 0;
  return {
    get size() {
      return end;
    },
    put(size, picture) {
      if (size <= end) throw new Error(`pictureDoc: ${size} is not past ${end}`);
      const before = Y.encodeStateVector(doc);
      doc.transact(() => {
        // The sizes that nobody drew: as one item, which is forgotten at once.
        if (size - 1 > end) array.push(Array.from({ length: size - 1 - end }, () => 0));
        if (array.length > 0) array.delete(0, array.length);
        array.push([new Uint8Array(picture)]);
      });
      const isFirst = end === 0;
      end = size;
      return isFirst ? Y.encodeStateAsUpdate(doc) : Y.encodeStateAsUpdate(doc, before);
    },
  };
}
