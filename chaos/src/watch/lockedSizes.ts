/** How far the lock remembers each world: the newest whole line of each, by world in hex. */
import { base32ToBytes, bytesToHex } from '@fairground/ledger';

export function lockedSizes(text: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [world = '', size = ''] = line.split(' ');
    sizes.set(bytesToHex(base32ToBytes(world) ?? new Uint8Array(0)), Number(size));
  }
  return sizes;
}
