/** The one ZIP of a set of members (PKWARE APPNOTE 6.3): stored, sorted by name, 1980-01-01, no extra field, no comment. */
import { type Bytes, concatBytes } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { utf8ToBytes } from './utf8.ts';

export interface ZipMember {
  /** Printable ASCII. */
  readonly name: string;
  readonly bytes: Bytes;
}

/** Version 2.0, no flags, stored, midnight of 1980-01-01: what stands in both headers of every member. */
const common = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
const maxZip = 0xffff_ffff;

/** Throws for a name that is empty, repeated or not printable ASCII, and past the format's 65,535 members or 4 GiB. */
export function writeZip(members: readonly ZipMember[]): Uint8Array<ArrayBuffer> {
  const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const parts: Bytes[] = [];
  const directory: Bytes[] = [];
  let offset = 0;
  for (const [i, { name, bytes }] of sorted.entries()) {
    if (!/^[\x21-\x7e]{1,1000}$/.test(name) || sorted[i - 1]?.name === name)
      throw new RangeError(`writeZip: name ${name}`);
    const nameBytes = utf8ToBytes(name);
    const sums = [
      ...u32(crc32(bytes)),
      ...u32(bytes.length),
      ...u32(bytes.length),
      ...u16(name.length),
      0,
      0,
    ];
    parts.push(new Uint8Array([0x50, 0x4b, 3, 4, ...common, ...sums]), nameBytes, bytes);
    // Made by version 2.0 for FAT; no comment, first disk, no attributes.
    const rest = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...u32(offset)];
    directory.push(new Uint8Array([0x50, 0x4b, 1, 2, 20, 0, ...common, ...sums, ...rest]), nameBytes);
    offset += 30 + name.length + bytes.length;
  }
  const tail = concatBytes(...directory);
  if (sorted.length >= 0xffff || offset + tail.length > maxZip)
    throw new RangeError('writeZip: too large without ZIP64');
  const counts = [...u16(sorted.length), ...u16(sorted.length), ...u32(tail.length), ...u32(offset)];
  return concatBytes(...parts, tail, new Uint8Array([0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...counts, 0, 0]));
}

function u16(value: number): number[] {
  return [value & 255, value >> 8];
}

function u32(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}
