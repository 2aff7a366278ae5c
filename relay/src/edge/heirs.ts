/** Which authority's key speaks for one that was handed on. */
import { type Bytes, bytesToHex, hexToBytes } from '@fairground/ledger';
import type { HeirRecord } from '../store/ports.ts';

export interface Heirs {
  note(heir: HeirRecord): void;
  /** The last of the line; the key itself if it was never handed on. */
  heirOf(key: Bytes): Bytes;
  /** All whose last heir is this key. */
  formerOf(key: Bytes): readonly Bytes[];
}

export function createHeirs(stored: readonly HeirRecord[]): Heirs {
  const next = new Map<string, string>();
  for (const heir of stored) note(heir);

  function note({ key, heir }: HeirRecord): void {
    next.set(bytesToHex(key), bytesToHex(heir));
  }

  /** A line that runs in a circle ends where it began. */
  function lastOf(first: string): string {
    const passed = new Set([first]);
    for (let key = first; ;) {
      const following = next.get(key);
      if (following === undefined || passed.has(following)) return key;
      passed.add(following);
      key = following;
    }
  }

  return {
    note,
    heirOf: (key) => hexToBytes(lastOf(bytesToHex(key))) ?? key,
    formerOf(key) {
      const id = bytesToHex(key);
      return [...next.keys()].flatMap((old) =>
        old !== id && lastOf(old) === id ? (hexToBytes(old) ?? []) : [],
      );
    },
  };
}
