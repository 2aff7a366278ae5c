import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.ts';
import { makeState } from './ending.ts';
import { decodeEntry, encodeEntry } from './entryCodec.ts';
import { step } from './replay.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { decodeWorld, encodeWorld } from './snapshot.ts';
import { type CounterState, counter, openDriver } from './testing/index.ts';
import { SEGMENT_ENTRIES, type World, openWorld } from './world.ts';

const options = { seed: 'snapshot' };

describe('a snapshot and the state that signs it', () => {
  /** Counts how often time was let pass: twice for one entry shows. */
  const ticking: typeof counter = {
    ...counter,
    apply: (state, entry) =>
      entry.kind === 'time'
        ? { ...counter.apply(state, entry), total: state.total + 1 }
        : counter.apply(state, entry),
  };

  it('[L120] the log goes on from it to what was live, though time had passed for it already', () => {
    const driver = openDriver({ ...options, game: ticking, config: { goal: 1e6 } });
    while (driver.world.size < SEGMENT_ENTRIES - 1) driver.append({ kind: 'time' });
    // As an authority does at a segment's end: the driver has appended this state itself.
    const before = replayTo(ticking, driver.entries, SEGMENT_ENTRIES - 1);
    const state = unwrap(decodeEntry(driver.entries[SEGMENT_ENTRIES - 1] ?? new Uint8Array()));
    expect(encodeEntry(makeState(ticking, before, driver.now))).toEqual(encodeEntry(state));
    const snapshot = encodeWorld(ticking, before);
    expect(state).toMatchObject({ kind: 'state', hash: sha256(snapshot) });
    driver.append({ kind: 'time' });
    const resumed = decodeWorld(ticking, snapshot);
    for (const entry of driver.entries.slice(SEGMENT_ENTRIES - 1)) unwrap(step(ticking, resumed, entry));
    expect(encodeWorld(ticking, resumed)).toEqual(encodeWorld(ticking, driver.world));
  });

  it('[L120] and from any other entry too, also when the next comes in the same millisecond', () => {
    const driver = openDriver({ ...options, game: ticking, config: { goal: 1e6 } });
    for (const ms of [0, 0, 5, 0]) {
      driver.now += ms;
      driver.append({ kind: 'time' });
    }
    driver.close('abandoned');
    for (const at of driver.entries.keys()) {
      if (at === 0) continue;
      const resumed = decodeWorld(ticking, encodeWorld(ticking, replayTo(ticking, driver.entries, at)));
      for (const entry of driver.entries.slice(at)) unwrap(step(ticking, resumed, entry));
      expect(encodeWorld(ticking, resumed)).toEqual(encodeWorld(ticking, driver.world));
    }
  });
});

function replayTo(game: typeof counter, entries: readonly Bytes[], size: number): World<CounterState> {
  const world = unwrap(openWorld(game, entries[0] ?? new Uint8Array()));
  for (const entry of entries.slice(1, size)) unwrap(step(game, world, entry));
  return world;
}
