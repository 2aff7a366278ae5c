import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bundleLimits, zipSource } from './bundleSource.ts';
import { crc32 } from './crc32.ts';
import { unwrap } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import { readZip } from './zipRead.ts';
import { writeZip } from './zipWrite.ts';

const members = [
  { name: 'tile/0/000.p/2', bytes: utf8ToBytes('some hashes') },
  { name: 'checkpoint', bytes: utf8ToBytes('a note') },
  { name: 'empty', bytes: new Uint8Array(0) },
];
const codeOf = (bytes: Uint8Array, limits = bundleLimits) => {
  const read = readZip(bytes, limits);
  return read.ok ? 'ok' : read.code;
};
const patched = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
};

describe('ZIP', () => {
  it('[L130] a ZIP of the same members is always the same bytes, whatever order they are given in', () => {
    const zip = writeZip(members);
    expect(writeZip(members.toReversed())).toEqual(zip);
    expect(crc32(utf8ToBytes('123456789'))).toBe(0xcbf43926);
    expect(unwrap(readZip(zip, bundleLimits)).map(({ name }) => name)).toEqual([
      'checkpoint',
      'empty',
      'tile/0/000.p/2',
    ]);
    expect(() => writeZip([...members, ...members])).toThrow('name');
    expect(() => writeZip([{ name: 'ä', bytes: new Uint8Array(0) }])).toThrow('name');
  });

  it('[L131] a deflated ZIP with folders, times and modes gives the same members', async () => {
    const entries = Object.fromEntries(members.map(({ name, bytes }) => [name, bytes]));
    const foreign = zipSync(
      { 'tile/': new Uint8Array(0), ...entries },
      { level: 9, os: 3, attrs: 0o644 << 16, mtime: '2026-01-02' },
    );
    const source = unwrap(zipSource(foreign));
    expect(source.names?.toSorted()).toEqual(members.map(({ name }) => name).toSorted());
    for (const { name, bytes } of members) expect(await source.read(name)).toEqual(bytes);
    expect(source.packing?.()).toEqual({ kind: 'other' });
    expect(source.damaged?.size).toBe(0);
    expect(await source.read('nothing')).toBeUndefined();
  });

  it('[L132] a changed byte of a canonical ZIP is refused, or shows in a checksum, or makes it not canonical', async () => {
    const zip = writeZip(members);
    for (let at = 0; at < zip.length; at++) {
      for (const bit of [1, 0x80]) {
        const source = zipSource(patched(zip, at, (zip[at] ?? 0) ^ bit));
        if (!source.ok) continue;
        for (const name of source.value.names ?? []) await source.value.read(name);
        const shows = (source.value.damaged?.size ?? 0) > 0 || source.value.packing?.().kind !== 'canonical';
        expect({ at, shows }).toEqual({ at, shows: true });
      }
    }
  });

  it.each([
    ['something before it', 'zip_gap', (zip: Uint8Array) => Uint8Array.of(0, ...zip)],
    ['something after it', 'zip_malformed', (zip: Uint8Array) => Uint8Array.of(...zip, 0)],
    ['nothing', 'zip_malformed', () => new Uint8Array(0)],
    ['a second ZIP before it', 'zip_gap', (zip: Uint8Array) => Uint8Array.of(...zip, ...zip)],
    ['another name in the local header', 'zip_disagreement', (zip: Uint8Array) => patched(zip, 30, 0x43)],
    ['another size in the local header', 'zip_disagreement', (zip: Uint8Array) => patched(zip, 22, 7)],
    [
      'an encrypted member',
      'zip_unsupported',
      (zip: Uint8Array) => patched(patched(zip, 6, 1), central(zip) + 8, 1),
    ],
    [
      'a method that is neither',
      'zip_unsupported',
      (zip: Uint8Array) => patched(patched(zip, 8, 12), central(zip) + 10, 12),
    ],
  ])('[L132] %s is refused', (_what, code, change) => {
    expect(codeOf(change(writeZip(members)))).toBe(code);
  });

  it.each(['../up', '/root', 'a//b', './a', 'a\\b', 'C:a', 'a/..'])(
    '[L133] a member called %s is refused',
    (name) => {
      expect(codeOf(writeZip([{ name, bytes: new Uint8Array(0) }]))).toBe('zip_name');
    },
  );

  it('[L133] two members of one name, too many, too large a one, and too much in all are refused', () => {
    const twins = writeZip([
      { name: 'aa', bytes: new Uint8Array(1) },
      { name: 'ab', bytes: new Uint8Array(1) },
    ]);
    const second = 30 + 2 + 1 + 30 + 1;
    const renamed = patched(patched(twins, second, 0x61), central(twins) + 46 + 2 + 46 + 1, 0x61);
    expect(codeOf(renamed)).toBe('zip_duplicate');
    expect(codeOf(twins, { ...bundleLimits, count: 1 })).toBe('zip_too_large');
    expect(codeOf(twins, { ...bundleLimits, member: 0 })).toBe('zip_too_large');
    expect(codeOf(twins, { ...bundleLimits, total: 1 })).toBe('zip_too_large');
  });

  it('[L133] a member that inflates to more than it says is a fault of the source, not of memory', async () => {
    const bomb = zipSync({ bomb: new Uint8Array(1_000_000) }, { level: 9 });
    const listed = central(bomb);
    const lied = patched(patched(bomb, 22, 16, 0, 0, 0), listed + 24, 16, 0, 0, 0);
    await expect(unwrap(zipSource(lied)).read('bomb')).rejects.toThrow('damaged');
  });

  it('[L133] no string of bytes makes the reader throw', () => {
    const zip = writeZip(members);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(zip.length), (junk, at) => {
        for (const bytes of [
          junk,
          Uint8Array.of(...zip.subarray(0, at), ...junk, ...zip.subarray(at)),
          patched(zip, 0, ...junk),
        ]) {
          expect(['boolean']).toContain(typeof readZip(bytes, bundleLimits).ok);
        }
      }),
    );
  });
});

function central(zip: Uint8Array): number {
  return new DataView(zip.buffer, zip.byteOffset).getUint32(zip.length - 6, true);
}
