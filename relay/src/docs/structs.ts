/** What the checks of an update speak about. */
import type * as Y from 'yjs';

export interface UpdateWriter {
  /** Hex of the writer's key. */
  readonly key: string;
  /** Hex of the key that a client id belongs to. */
  owner(client: number): string | undefined;
}

export type Struct = Y.Item | Y.GC | Y.Skip;

/** New structs by client id, in clock order; what the document already has is left out. */
export type NewStructs = ReadonlyMap<number, readonly Struct[]>;
