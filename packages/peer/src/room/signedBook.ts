/** Signed things in a shared array, each opened once: a crowd's come by again with every new one. */
import { type Bytes, bytesToHex, sha256 } from '@fairground/ledger';

export interface SignedBook<T> {
  /** Hex SHA-256 of the bytes. */
  idOf(raw: Uint8Array): string;
  /** What was opened before; undefined too for what is none. */
  known(raw: Uint8Array): T | undefined;
  /** Undefined for what is none. */
  open(raw: Uint8Array): Promise<T | undefined>;
}

export function createSignedBook<T>(read: (raw: Bytes) => Promise<T | undefined>): SignedBook<T> {
  const opened = new Map<string, T | undefined>();
  const ids = new WeakMap<Uint8Array, string>();
  const idOf = (raw: Uint8Array): string => {
    const id = ids.get(raw) ?? bytesToHex(sha256(new Uint8Array(raw)));
    ids.set(raw, id);
    return id;
  };
  return {
    idOf,
    known: (raw) => opened.get(idOf(raw)),
    async open(raw) {
      const id = idOf(raw);
      if (!opened.has(id)) opened.set(id, await read(new Uint8Array(raw)));
      return opened.get(id);
    },
  };
}
