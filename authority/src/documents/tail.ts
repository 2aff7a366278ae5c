/** `tail:<world>`: the live end of a log as a Yjs document that comes out the same however often it is built (docs/adr/0007). */
import type { Bytes } from '@fairground/ledger';
import { TAIL_ROOT, type TailBatch, type WorldId, encodeTailBatch, tailClientId } from '@fairground/protocol';
import * as Y from 'yjs';

export interface Tail {
  /** The leaf that the next batch begins with. */
  readonly end: number;
  /** One push, one clock; the update to send. */
  push(batch: TailBatch): Bytes;
  /** Forgets the batches that end at or before `end`; undefined if there are none. */
  seal(end: number): Bytes | undefined;
  /** Everything, for whoever has nothing. */
  state(): Bytes;
}

/** `sealed`: how many batches were forgotten before, and where they end. */
export function createTail(world: WorldId, sealed = { count: 0, end: 0 }): Tail {
  const doc = new Y.Doc();
  doc.clientID = tailClientId(world);
  const array = doc.getArray<Uint8Array>(TAIL_ROOT);
  const ends: number[] = [];
  let end = sealed.end;
  let update: Bytes = new Uint8Array(0);
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes;
  });
  skip(array, sealed.count);
  return {
    get end() {
      return end;
    },
    push(batch) {
      if (batch.first !== end) throw new Error(`tail: a batch begins at ${batch.first}, not at ${end}`);
      array.push([new Uint8Array(encodeTailBatch(batch))]);
      end = batch.first + batch.entries.length;
      ends.push(end);
      return update;
    },
    seal(upTo) {
      const count = ends.filter((one) => one <= upTo).length;
      if (count === 0) return undefined;
      array.delete(0, count);
      ends.splice(0, count);
      return update;
    },
    state: () => Y.encodeStateAsUpdate(doc),
  };
}

/** The ids that forgotten batches had: what was in them does not matter any more. */
function skip(array: Y.Array<Uint8Array>, count: number): void {
  for (let i = 0; i < count; i++) array.push([new Uint8Array(0)]);
  if (count > 0) array.delete(0, count);
}
