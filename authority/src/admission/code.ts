/** Six digits that say nothing about the codes before and after them. */
import type { Random } from '../ports.ts';

const codes = 1_000_000;
/** The largest multiple of a million below 2^32: words from here on would favour small codes. */
const fair = Math.floor(2 ** 32 / codes) * codes;
const maxTaken = 900_000;

/** A free code. Throws when nearly all are taken, which a million open rooms on one machine are not. */
export function drawCode(random: Random, taken: ReadonlySet<string>): string {
  if (taken.size > maxTaken) throw new Error('drawCode: there are no room codes left');
  for (;;) {
    const word = new DataView(Uint8Array.from(random(4)).buffer).getUint32(0);
    const code = String(word % codes).padStart(6, '0');
    if (word < fair && !taken.has(code)) return code;
  }
}
