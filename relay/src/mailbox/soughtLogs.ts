/** What connected authorities have lost of their logs and ask everybody for; forgotten when they go. */
import { type Bytes, bytesToHex } from '@fairground/ledger';
import { type SeekFrame, type Sought, type WorldId, formatWorldId } from '@fairground/protocol';

export interface SoughtLogs {
  note(authority: Bytes, frame: SeekFrame): void;
  of(world: WorldId): Sought | undefined;
  forget(authority: string): void;
}

/** More than an operator with an old backup has open at once. */
const mostWorlds = 10_000;

export function createSoughtLogs(): SoughtLogs {
  const worlds = new Map<WorldId, { readonly authority: string; readonly sought: Sought }>();
  return {
    note(authority, { world, range }) {
      const id = formatWorldId(world);
      const by = bytesToHex(authority);
      if (range && worlds.size < mostWorlds) worlds.set(id, { authority: by, sought: range });
      else if (worlds.get(id)?.authority === by) worlds.delete(id);
    },
    of: (world) => worlds.get(world)?.sought,
    forget(authority) {
      for (const [world, known] of worlds) if (known.authority === authority) worlds.delete(world);
    },
  };
}
