/** A log store that can be had again as it was: what an operator does who restores an older copy of the data. */
import { type LogStore, openMemoryStore } from '@fairground/authority';

/** How much had been written. */
export type Point = number;

export interface BranchingStore extends LogStore {
  readonly point: Point;
  /** A store of its own that holds what this one held then. */
  at(point: Point): Promise<BranchingStore>;
}

type Write = (store: LogStore) => Promise<void>;

export async function openBranchingStore(before: readonly Write[] = []): Promise<BranchingStore> {
  const store = openMemoryStore();
  const written = [...before];
  for (const write of written) await write(store);
  const noting = (write: Write) => {
    written.push(write);
    return write(store);
  };
  return {
    ...store,
    get point() {
      return written.length;
    },
    at: (point) => openBranchingStore(written.slice(0, point)),
    prepare: (plan) => noting((to) => to.prepare(plan)),
    append: (commit) => noting((to) => to.append(structuredClone(commit))),
    putRoom: (room) => noting((to) => to.putRoom(room)),
    putSupply: (world, supply) => noting((to) => to.putSupply(world, supply)),
    putDocument: (name, state) => noting((to) => to.putDocument(name, state)),
    putHalt: (world, halt) => noting((to) => to.putHalt(world, halt)),
  };
}
