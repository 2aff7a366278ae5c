/** CRC-32 (ISO 3309), the checksum of ZIP members: against accidents only. Four bytes a step ("slicing", Kounavis and Berry 2005). */
import type { Bytes } from './bytes.ts';

/** Four tables in one: entry 256·k + b is the CRC of byte b followed by k zero bytes. */
const table = makeTable();

export function crc32(bytes: Bytes): number {
  const whole = bytes.length - (bytes.length % 4);
  let crc = -1;
  for (let i = 0; i < whole; i += 4) {
    crc ^= at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24);
    crc =
      at(table, 768 + (crc & 255)) ^
      at(table, 512 + ((crc >>> 8) & 255)) ^
      at(table, 256 + ((crc >>> 16) & 255)) ^
      at(table, crc >>> 24);
  }
  for (let i = whole; i < bytes.length; i++) crc = at(table, (crc ^ at(bytes, i)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Int32Array {
  const made = new Int32Array(1024);
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    made[byte] = rest;
  }
  for (let i = 256; i < 1024; i++) made[i] = at(made, at(made, i - 256) & 255) ^ (at(made, i - 256) >>> 8);
  return made;
}

/** An index that cannot be out of range here. */
function at(numbers: Int32Array | Bytes, index: number): number {
  return numbers[index] ?? 0;
}
