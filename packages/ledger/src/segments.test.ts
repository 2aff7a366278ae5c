import { describe, expect, it } from 'vitest';
import { encodeEntry, decodeEntry } from './entryCodec.ts';
import { step } from './replay.ts';
import { type Result, unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { counter, openDriver } from './testing/index.ts';
import { needsState, openWorld } from './world.ts';

const options = { game: counter, config: { goal: 20 }, seed: 'replay' };
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.code);

describe('segments', () => {
  it('[L115] a segment ends with a state at the first multiple of 256 with 1,024 entries', () => {
    const driver = openDriver(options);
    while (driver.entries.length < 2100) driver.append({ kind: 'time' });
    const kinds = driver.entries.map((bytes) => unwrap(decodeEntry(bytes)).kind);
    expect(kinds.flatMap((kind, index) => (kind === 'state' ? [index] : []))).toEqual([1023, 2047]);
    expect(driver.world.segmentStart).toBe(2048);
  });

  it('[L115] a segment ends at the first multiple of 256 with 512 KiB before its state; without the state the log is refused', () => {
    const driver = openDriver({ ...options, seed: 'large' });
    const commits = Array.from({ length: 200 }, (_, i) => sha256(new Uint8Array([i])));
    while (driver.entries.length < 100) driver.append({ kind: 'commit', what: 'x', from: 0, commits });
    expect(driver.world.segmentBytes).toBeGreaterThan(512 * 1024);
    while (driver.world.size < 255) {
      expect(needsState(driver.world)).toBe(false);
      const stepped = driver.append({ kind: 'time' });
      if (stepped.index === 254) break;
    }
    const last = unwrap(decodeEntry(driver.entries[255] ?? new Uint8Array()));
    expect(last.kind).toBe('state');
    const world = unwrap(openWorld(counter, driver.entries[0] ?? new Uint8Array()));
    for (const entry of driver.entries.slice(1, 255)) unwrap(step(counter, world, entry));
    expect(codeOf(step(counter, world, encodeEntry({ kind: 'time', at: driver.now })))).toBe('state_missing');
  });
});
