/** The one ZIP of a set of members (PKWARE APPNOTE 6.3): stored, sorted by name, 1980-01-01, no extra field, no comment. */
import { type Bytes, concatBytes } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { utf8ToBytes } from './utf8.ts';

export interface ZipMember {
  /** Printable ASCII. */
  readonly name: string;
  readonly bytes: Bytes;
}

/** What the headers say of a member. */
export interface ZipSummary {
  readonly name: string;
  readonly crc: number;
  readonly size: number;
}

/** Version 2.0, no flags, stored, midnight of 1980-01-01: what stands in both headers of every member. */
const common = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
const maxZip = 0xffff_ffff;

/** Throws for a name that is empty, repeated or not printable ASCII, and past the format's 65,535 members or 4 GiB. */
export function writeZip(members: readonly ZipMember[]): Uint8Array<ArrayBuffer> {
  const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const { locals, tail } = zipHeaders(
    sorted.map(({ name, bytes }) => ({ name, crc: crc32(bytes), size: bytes.length })),
  );
  return concatBytes(...sorted.flatMap(({ bytes }, i) => [locals[i] ?? bytes, bytes]), tail);
}

/** What stands before each member's bytes and after the last one's; the names in ascending order. */
export function zipHeaders(members: readonly ZipSummary[]): {
  readonly locals: readonly Bytes[];
  readonly tail: Bytes;
} {
  const locals: Bytes[] = [];
  const directory: Bytes[] = [];
  let offset = 0;
  for (const [i, { name, crc, size }] of members.entries()) {
    const before = members[i - 1]?.name ?? '';
    if (!/^[\x21-\x7e]{1,1000}$/.test(name) || before >= name) throw new RangeError(`writeZip: name ${name}`);
    const nameBytes = utf8ToBytes(name);
    const sums = [...u32(crc), ...u32(size), ...u32(size), ...u16(name.length), 0, 0];
    locals.push(concatBytes(new Uint8Array([0x50, 0x4b, 3, 4, ...common, ...sums]), nameBytes));
    // Made by version 2.0 for FAT; no comment, first disk, no attributes.
    const rest = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...u32(offset)];
    directory.push(new Uint8Array([0x50, 0x4b, 1, 2, 20, 0, ...common, ...sums, ...rest]), nameBytes);
    offset += 30 + name.length + size;
  }
  return { locals, tail: concatBytes(...directory, endRecord(members.length, offset, directory)) };
}

function endRecord(count: number, start: number, directory: readonly Bytes[]): Bytes {
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  if (count >= 0xffff || start + length > maxZip) throw new RangeError('writeZip: too large without ZIP64');
  const counts = [...u16(count), ...u16(count), ...u32(length), ...u32(start)];
  return new Uint8Array([0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...counts, 0, 0]);
}

function u16(value: number): number[] {
  return [value & 255, value >> 8];
}

function u32(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}
