/** The `rotate` entries of each log that anybody has asked for: looked for once, and from there on as the log grows. */
import { type Bytes, bytesToHex, rotationsAmong, tileWidth } from '@fairground/ledger';
import type { LogStore } from '../store/ports.ts';

export interface RotationBook {
  /** In order, those among the first `size` entries. */
  upTo(world: Bytes, size: number): Promise<readonly Bytes[]>;
}

interface Known {
  readonly size: number;
  readonly found: readonly Bytes[];
}

const mostWorlds = 4_096;

export function createRotationBook(store: Pick<LogStore, 'entries'>): RotationBook {
  const books = new Map<string, Promise<Known>>();

  async function goOn({ size: from, found }: Known, world: Bytes, size: number): Promise<Known> {
    const more: Bytes[] = [];
    for (let at = from; at < size; at += tileWidth)
      more.push(...rotationsAmong(await store.entries(world, at, Math.min(size, at + tileWidth))));
    return size > from ? { size, found: [...found, ...more] } : { size: from, found };
  }

  return {
    async upTo(world, size) {
      const id = bytesToHex(world);
      const before = books.get(id) ?? Promise.resolve({ size: 0, found: [] });
      // One after the other, so that many who ask at once make it read once; what failed is begun anew.
      const now = before.then((known) => goOn(known, world, size));
      const [oldest] = books.keys();
      if (books.size >= mostWorlds && !books.has(id) && oldest !== undefined) books.delete(oldest);
      books.set(id, now);
      now.catch(() => books.delete(id));
      return (await now).found;
    },
  };
}
