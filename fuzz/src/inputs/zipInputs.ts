/** ZIP archives put together field by field, most of them right but for one field, and the seeds' bytes bent. */
import { crc32, deflateRawSync } from 'node:zlib';
import type { Bytes } from '@fairground/ledger';
import type { Random } from '../random.ts';
import { bendBytes, join, randomBytes } from './bytes.ts';
import type { Inputs } from './inputs.ts';

interface Member {
  readonly name: Bytes;
  readonly content: Bytes;
  readonly isDeflated: boolean;
  readonly hasDescriptor: boolean;
}

type Field =
  | 'flags'
  | 'method'
  | 'crc'
  | 'packed'
  | 'size'
  | 'nameLength'
  | 'extraLength'
  | 'offset'
  | 'count'
  | 'start'
  | 'length'
  | 'comment'
  | 'mark';

const fields: readonly Field[] = [
  'flags',
  'method',
  'crc',
  'packed',
  'size',
  'nameLength',
  'extraLength',
  'offset',
  'count',
  'start',
  'length',
  'comment',
  'mark',
];
const names = [
  'a',
  'checkpoint',
  'tile/0/000',
  'x/',
  '../x',
  '/etc/passwd',
  'a\\b',
  'C:x',
  './a',
  'a//b',
  'é',
  '__proto__',
  '',
  'a\u0000',
];
const values = [0, 1, 2, 8, 9, 0x0800, 0xffff, 0x7fff_ffff, 0xffff_ffff];

export function zipInputs(seeds: readonly Bytes[]): Inputs {
  return {
    seeds,
    make(random) {
      const members = Array.from({ length: random.below(4) }, (): Member => ({
        name: new TextEncoder().encode(random.oneIn(3) ? random.pick(names) : `m${random.below(5)}`),
        content: random.oneIn(3) ? new Uint8Array(random.below(300)) : randomBytes(random, random.below(30)),
        isDeflated: random.oneIn(5),
        hasDescriptor: random.oneIn(5),
      }));
      return archive(members, random, random.oneIn(2) ? random.pick(fields) : undefined);
    },
    bend: bendBytes,
  };
}

/** `wrong` is told otherwise in one header of all. */
function archive(members: readonly Member[], random: Random, wrong: Field | undefined): Bytes {
  const parts: Bytes[] = [];
  const directory: Bytes[] = [];
  let left = wrong === undefined ? -1 : random.below(2 * members.length + 1);
  let offset = 0;
  const field = (name: Field, value: number) => (name === wrong && left === 0 ? random.pick(values) : value);
  for (const member of members) {
    const packed = member.isDeflated ? new Uint8Array(deflateRawSync(member.content)) : member.content;
    const [sum, size] = [crc32(member.content), member.content.length];
    const header = (isLocal: boolean): Bytes => {
      const isDeferred = isLocal && member.hasDescriptor;
      const made = join(
        u16(20),
        u16(field('flags', member.hasDescriptor ? 8 : 0)),
        u16(field('method', member.isDeflated ? 8 : 0)),
        new Uint8Array([0, 0, 0x21, 0]),
        u32(field('crc', isDeferred ? 0 : sum)),
        u32(field('packed', isDeferred ? 0 : packed.length)),
        u32(field('size', isDeferred ? 0 : size)),
        u16(field('nameLength', member.name.length)),
        u16(field('extraLength', 0)),
      );
      left--;
      return made;
    };
    const mark = field('mark', 0x04034b50);
    const local = join(u32(mark), header(true), member.name);
    const descriptor = member.hasDescriptor
      ? join(u32(0x08074b50), u32(sum), u32(packed.length), u32(size))
      : new Uint8Array();
    parts.push(local, packed, descriptor);
    directory.push(
      u32(0x02014b50),
      u16(20),
      header(false),
      u16(field('comment', 0)),
      new Uint8Array(8),
      u32(field('offset', offset)),
      member.name,
    );
    offset += local.length + packed.length + descriptor.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  left = 0;
  const count = field('count', members.length);
  const end = join(
    u32(0x06054b50),
    u32(0),
    u16(count),
    u16(count),
    u32(field('length', length)),
    u32(field('start', offset)),
    u16(0),
  );
  return join(...parts, ...directory, end);
}

const u16 = (value: number): Bytes => new Uint8Array([value, value >> 8]);
const u32 = (value: number): Bytes => new Uint8Array([value, value >> 8, value >> 16, value >>> 24]);
