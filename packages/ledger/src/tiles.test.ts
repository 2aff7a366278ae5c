import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entries, hex } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { leafHash } from './merkle.ts';
import { hashReaderOf } from './merkleProof.ts';
import {
  bundlesForSize,
  decodeEntryBundle,
  encodeEntryBundle,
  entryBundlePath,
  parseTile,
  parseTilePath,
  renderTile,
  tileHashRange,
  tileLeafRange,
  tilePath,
  tilesForSize,
} from './tiles.ts';

describe('tile paths', () => {
  it.each([
    [tilePath(0, 0), 'tile/0/000'],
    [tilePath(0, 1_234_067), 'tile/0/x001/x234/067'],
    [tilePath(1, 1000, 17), 'tile/1/x001/000.p/17'],
    [tilePath(63, 999), 'tile/63/999'],
    [entryBundlePath(0, 8), 'tile/entries/000.p/8'],
    [entryBundlePath(273), 'tile/entries/273'],
  ])('[L45] %s is the standard’s %s', (path, expected) => {
    expect(path).toBe(expected);
  });

  it('[L45] every path that is written is read back', () => {
    const level = fc.oneof(fc.nat(63), fc.constant('entries' as const));
    fc.assert(
      fc.property(
        level,
        fc.maxSafeInteger().map(Math.abs),
        fc.integer({ min: 1, max: 256 }),
        (l, n, width) => {
          expect(parseTilePath(tilePath(l, n, width))).toEqual({ ok: true, value: { level: l, n, width } });
        },
      ),
    );
  });

  it.each([
    '',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/001/000',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000?x',
    'tile/0/../000',
    'tile/x/000',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('[L45] the path %j is refused', (path) => {
    expect(parseTilePath(path)).toEqual({ ok: false, code: 'tile_path_malformed' });
  });

  it('[L45] what could not be read is not written', () => {
    for (const write of [
      () => tilePath(64, 0),
      () => tilePath(0.5, 0),
      () => tilePath(0, -1),
      () => tilePath(0, 0, 0),
      () => tilePath(0, 0, 257),
    ]) {
      expect(write).toThrow(RangeError);
    }
  });
});

describe('the tiles of a tree', () => {
  it('[L46] size 70,000 has the tiles that the standard names', () => {
    const tiles = tilesForSize(70_000);
    const of = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width);
    expect(of(0)).toEqual([...Array(273).fill(256), 112]);
    expect(of(1)).toEqual([256, 17]);
    expect(of(2)).toEqual([1]);
    expect(tiles.length).toBe(277);
    expect(bundlesForSize(70_000).map(({ width }) => width)).toEqual(of(0));
    expect(bundlesForSize(70_000)[273]).toEqual({ level: 'entries', n: 273, width: 112 });
  });

  it('[L46] size 256 has a full tile and one hash above it; size 0 has none', () => {
    expect(tilesForSize(256)).toEqual([
      { level: 0, n: 0, width: 256 },
      { level: 1, n: 0, width: 1 },
    ]);
    expect([tilesForSize(0), bundlesForSize(0)]).toEqual([[], []]);
  });

  it('[L46] every tile is as wide as floor(size / 256^level) says, and none is empty', () => {
    fc.assert(
      fc.property(fc.nat(200_000), (size) => {
        const tiles = tilesForSize(size);
        expect(tiles.every(({ width }) => width >= 1 && width <= 256)).toBe(true);
        for (const level of [0, 1, 2, 3]) {
          const hashes = tiles
            .filter((tile) => tile.level === level)
            .reduce((sum, { width }) => sum + width, 0);
          expect(hashes).toBe(Math.floor(size / 256 ** level));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('[L46] a tile covers its leaves', () => {
    expect(tileLeafRange({ level: 0, n: 273, width: 112 })).toEqual({ start: 69_888, end: 70_000 });
    expect(tileLeafRange({ level: 1, n: 1, width: 17 })).toEqual({ start: 65_536, end: 69_888 });
    expect(tileHashRange({ level: 1, n: 1, width: 17 })).toEqual({ level: 8, index: 256, count: 17 });
  });

  it('[L48] a tile’s bytes are its hashes', () => {
    const hashes = entries.map(leafHash);
    const tile = renderTile(hashReaderOf(hashes), { level: 0, n: 0, width: 8 });
    expect(bytesToHex(tile)).toBe(hashes.map(bytesToHex).join(''));
    expect(parseTile(tile)).toEqual({ ok: true, value: hashes });
  });

  it.each([0, 31, 33, 257 * 32])('[L48] a tile of %i bytes is refused', (length) => {
    expect(parseTile(new Uint8Array(length))).toEqual({ ok: false, code: 'tile_malformed' });
  });
});

describe('entry bundles', () => {
  it('[L47] the bundle of the formats comes out byte for byte', () => {
    const bundle = encodeEntryBundle(entries);
    expect(bytesToHex(bundle)).toBe(
      '00000001000001100002202100023031000440414243000850515253545556570010606162636465666768696a6b6c6d6e6f',
    );
    expect(decodeEntryBundle(bundle)).toEqual({ ok: true, value: entries });
  });

  it('[L47] bundles round-trip, and random bytes never throw', () => {
    const entry = fc.uint8Array({ maxLength: 600 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), (list) => {
        expect(decodeEntryBundle(encodeEntryBundle(list))).toEqual({ ok: true, value: list });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40, max: 12 }), (bytes) => {
        const decoded = decodeEntryBundle(bytes);
        if (decoded.ok) expect(encodeEntryBundle(decoded.value)).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['half a length', '00'],
    ['a truncated entry', '000200'],
    ['half a length after an entry', '00010000'],
    ['257 entries', '0000'.repeat(257)],
  ])('[L47] a bundle of %s is refused', (_name, bytes) => {
    expect(decodeEntryBundle(hex(bytes))).toEqual({ ok: false, code: 'entry_bundle_malformed' });
  });

  it('[L47] 256 entries and 65,535 bytes are the most', () => {
    const most = [new Uint8Array(65_535), ...Array.from({ length: 255 }, () => new Uint8Array(0))];
    expect(decodeEntryBundle(encodeEntryBundle(most))).toEqual({ ok: true, value: most });
    expect(() => encodeEntryBundle([...most, new Uint8Array(0)])).toThrow(RangeError);
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError);
    expect(() => encodeEntryBundle([])).toThrow(RangeError);
  });
});
