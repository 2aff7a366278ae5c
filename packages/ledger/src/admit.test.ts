import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit } from './admit.ts';
import type { Bytes } from './bytes.ts';
import { encodeEntry } from './entryCodec.ts';
import { makeClose, makeState } from './ending.ts';
import { lotEntries, lotKeyPair, openLot, sealedOf } from './lot.ts';
import { intentHeader, noIntent, signIntent } from './intent.ts';
import { seedSigner } from './ed25519.ts';
import { step } from './replay.ts';
import { unwrap } from './result.ts';
import { sealValue } from './seal.ts';
import { sha256 } from './sha256.ts';
import { decodeWorld, encodeWorld, parseWorld, stateHash } from './snapshot.ts';
import { type CounterState, buildWorld, counter, guessing, openDriver } from './testing/index.ts';
import { type World, openWorld } from './world.ts';

const options = { game: counter, config: { goal: 40 }, seed: 'admit' };
const names = ['ann', 'bob', 'cy', 'di'];

function replay(entries: readonly Bytes[]): World<CounterState> {
  const world = unwrap(openWorld(counter, entries[0] ?? new Uint8Array()));
  for (const entry of entries.slice(1)) unwrap(step(counter, world, entry));
  return world;
}

describe('admission', () => {
  const act = fc.record({
    who: fc.constantFrom(...names),
    kind: fc.constantFrom('join', 'add', 'add', 'add'),
    count: fc.nat(12),
    pass: fc.constantFrom(0, 0, 1, 40, 999, 1000, 9_500, 2_000_000),
    drops: fc.boolean(),
    crooked: fc.constantFrom('', '', '', 'seq', 'prev', 'body'),
  });

  it('[L121] what is admitted is stepped, what is not leaves no trace, and a replay agrees with all of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const driver = openDriver(options);
        const { world } = driver;
        for (const { who, kind, count, pass, drops, crooked } of acts) {
          driver.now += pass;
          const actor = driver.actor(who);
          const good = await driver.intent(actor, kind, kind === 'join' ? { name: who } : { count });
          const { bytes, sig } = crooked === '' ? good : await crook(crooked, actor.signer, world);
          const arrival = { bytes, sig, at: driver.now, via: 'relay', dropsRefusal: drops };
          const before = encodeWorld(counter, world);
          let said = admit(counter, world, arrival);
          if (!said.ok && said.code === 'time_due') {
            driver.append({ kind: 'time' });
            said = admit(counter, world, arrival);
            expect(said.ok).toBe(false);
          } else if (!said.ok) expect(encodeWorld(counter, world)).toEqual(before);
          if (!said.ok) continue;
          expect(crooked).toBe('');
          if (drops) expect(said.value.refused).toBeUndefined();
          driver.append(said.value.entry);
          expect(said.value.entryBytes).toEqual(driver.entries.at(-1));
        }
        expect(encodeWorld(counter, replay(driver.entries))).toEqual(encodeWorld(counter, world));
      }),
      { numRuns: 60 },
    );
  });

  it('[L121] a first intent that only the passing of time refuses asks for a time entry', async () => {
    const driver = openDriver(options);
    driver.now += 3_600_000;
    const { bytes, sig } = await driver.intent(driver.actor('ann'), 'join', { name: 'Ann' });
    const arrival = { bytes, sig, at: driver.now, via: 'relay' };
    expect(admit(counter, driver.world, arrival)).toEqual({
      ok: false,
      code: 'time_due',
      message: 'doors_closed',
    });
    driver.append({ kind: 'time' });
    expect(admit(counter, driver.world, arrival)).toMatchObject({
      code: 'first_refused',
      message: 'doors_closed',
    });
    expect(encodeWorld(counter, replay(driver.entries))).toEqual(encodeWorld(counter, driver.world));
  });

  it('[L121] nothing is admitted while paused, at a segment’s end, or after the close; an admitted entry must be stepped', async () => {
    const driver = openDriver(options);
    const { bytes, sig } = await driver.intent(driver.actor('ann'), 'join', { name: 'Ann' });
    const said = (world: World<CounterState>, at = driver.now) => {
      const admitted = admit(counter, world, { bytes, sig, at, via: 'relay' });
      return admitted.ok ? 'ok' : admitted.code;
    };
    const copy = () => decodeWorld(counter, encodeWorld(counter, driver.world));
    const early = copy();
    expect(said(early)).toBe('ok');
    expect(() => said(early, driver.now + 1)).toThrow('not stepped');
    expect(() => step(counter, early, encodeEntry({ kind: 'time', at: driver.now + 1 }))).toThrow(
      'not stepped',
    );
    driver.append({ kind: 'pause', reason: 'away' });
    expect(said(copy())).toBe('world_paused');
    driver.append({ kind: 'resume' });
    const full = copy();
    for (let at = full.size; at < 1023; at++)
      unwrap(step(counter, full, encodeEntry({ kind: 'time', at: driver.now })));
    expect(said(full)).toBe('state_due');
    driver.append(makeState(counter, driver.world, driver.now));
    expect(said(copy())).toBe('world_closed');
    driver.append(makeClose(driver.world, 'abandoned'));
    expect(said(copy())).toBe('world_closed');
  });
});

describe('snapshots', () => {
  it('[L120] a world comes back from its bytes; other bytes are refused', async () => {
    const { world } = await buildWorld({ ...options, config: { goal: 9 }, script: guessing });
    const bytes = encodeWorld(counter, world);
    expect(encodeWorld(counter, decodeWorld(counter, bytes))).toEqual(bytes);
    expect(stateHash(counter, world)).toEqual(sha256(bytes));
    expect(parseWorld({ ...counter, version: 2 }, bytes)).toMatchObject({ code: 'rules_unknown' });
    expect(() => decodeWorld(counter, bytes.subarray(1))).toThrow('snapshot_malformed');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const parsed = parseWorld(counter, bytes.with(at, value));
        if (parsed.ok) expect(encodeWorld(counter, parsed.value)).toEqual(bytes.with(at, value));
      }),
      { numRuns: 300 },
    );
  });
});

describe('hostile logs', () => {
  it('[L122] whatever bytes are stepped, nothing is thrown', async () => {
    const { entries } = await buildWorld({ ...options, config: { goal: 9 }, script: guessing });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: entries.length - 1 }),
        fc.nat(4000),
        fc.uint8Array({ minLength: 1, maxLength: 3 }),
        (cut, at, junk) => {
          const world = replay(entries.slice(0, cut));
          const bytes = Uint8Array.from(entries[cut] ?? []);
          bytes.set(junk.subarray(0, bytes.length), Math.max(0, (at % bytes.length) - junk.length));
          expect(step(counter, world, bytes)).toHaveProperty('ok');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('lots', () => {
  const driver = openDriver({ ...options, seed: 'lots' });
  const world = driver.world.opening.world;
  const secret = driver.secret('lot');
  const { pk } = lotKeyPair(secret);
  const signer = seedSigner(driver.secret('bidder'));
  const sealed = (index: number, value: string, to = pk) => {
    const parts = { world, key: signer.key, seq: 0, prev: noIntent, kind: 'guess' };
    const nonce32 = sha256(new Uint8Array([index]));
    const seal = sealValue({
      world,
      lot: 7,
      key: signer.key,
      pk: to,
      header: intentHeader(parts),
      value,
      nonce32,
      ephemeral: nonce32,
      size: 512,
    });
    return unwrap1(sealedOf({ ...parts, body: { lot: 7, seal: { ...seal } } }, index)).sealed;
  };

  it('[L125] a lot opens to every value that was sealed to it, and names void what was not', () => {
    const stranger = lotKeyPair(sha256(secret)).pk;
    const opened = openLot({
      world,
      lot: 7,
      secret,
      sealed: [sealed(3, 'three'), sealed(4, 'four', stranger), sealed(5, 'five')],
    });
    expect(opened.openings.map(({ index, value }) => [index, value])).toEqual([
      [3, 'three'],
      [5, 'five'],
    ]);
    expect(opened.void).toEqual([4]);
    const body = { lot: 7, seal: { commit: world, enc: world } };
    expect(sealedOf({ world, key: world, seq: 0, prev: world, kind: 'x', body }, 0)).toBeUndefined();
  });

  it('[L126] an opened lot is split into entries that fit, the last of which says so', () => {
    const openings = Array.from({ length: 60 }, (_, index) => ({
      index,
      nonce: sha256(secret),
      value: 'v'.repeat((index * 37) % 400),
    }));
    const parts = lotEntries(7, secret, { openings, void: [61, 62] });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap((part) => part.openings)).toEqual(openings);
    expect(parts.flatMap((part) => part.void)).toEqual([61, 62]);
    expect(parts.map(({ more }) => more)).toEqual(parts.map((_, i) => i < parts.length - 1));
    for (const part of parts) {
      expect(encodeEntry({ ...part, at: Number.MAX_SAFE_INTEGER }).length).toBeLessThanOrEqual(8192);
    }
    expect(lotEntries(7, secret, { openings: [], void: [] })).toHaveLength(1);
  });
});

async function crook(how: string, signer: ReturnType<typeof seedSigner>, world: World<CounterState>) {
  const parts = { world: world.opening.world, seq: 0, prev: noIntent, kind: 'add', body: { count: 1 } };
  if (how === 'seq') return signIntent(signer, { ...parts, seq: 77 });
  if (how === 'prev') return signIntent(signer, { ...parts, prev: sha256(parts.prev) });
  return signIntent(signer, { ...parts, body: { count: -1 } });
}

function unwrap1<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}
