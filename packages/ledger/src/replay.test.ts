import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { admit } from './admit.ts';
import type { Bytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { seedSigner } from './ed25519.ts';
import { makeClose, makeState } from './ending.ts';
import type { LogEntry } from './entry.ts';
import { decodeEntry, encodeEntry } from './entryCodec.ts';
import { signIntent } from './intent.ts';
import { type VerifyCode, step } from './replay.ts';
import { type Result, unwrap } from './result.ts';
import { makeRotate } from './rotate.ts';
import { signSeen } from './seen.ts';
import { sha256 } from './sha256.ts';
import { decodeWorld, encodeWorld, stateHash } from './snapshot.ts';
import { type CounterState, buildWorld, counter, openDriver } from './testing/index.ts';
import type { Driver } from './testing/index.ts';
import { type World, openWorld } from './world.ts';

const options = { game: counter, config: { goal: 20 }, seed: 'replay' };

async function evening(driver: Driver<CounterState>): Promise<void> {
  const [ann, bob] = [driver.actor('ann'), driver.actor('bob')];
  await driver.send(ann, 'join', { name: 'Ann' });
  driver.now += 400;
  await driver.send(bob, 'join', { name: 'Bob' });
  driver.now += 700;
  await driver.send(ann, 'add', { count: 7 });
  driver.append({ kind: 'time' });
  await driver.send(bob, 'add', { count: 30 });
  driver.now += 8_000;
  await driver.send(bob, 'add', { count: 1 });
  driver.append({ kind: 'pause', reason: 'away' });
  driver.now += 61_000;
  driver.append({ kind: 'resume' });
  await driver.send(bob, 'add', { count: 13 });
  driver.close('over');
}

function replay(entries: readonly Bytes[]): World<CounterState> {
  const world = unwrap(openWorld(counter, entries[0] ?? new Uint8Array()));
  for (const entry of entries.slice(1)) unwrap(step(counter, world, entry));
  return world;
}

function tryStep(driver: Driver<CounterState>, draft: object, at = driver.now): Result<unknown, VerifyCode> {
  // A copy, because a failed step leaves its world unusable.
  const world = decodeWorld(counter, encodeWorld(counter, driver.world));
  return step(counter, world, encodeEntry({ at, ...draft } as LogEntry));
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.code);

describe('replay', () => {
  it('[L110] a replay of the entries gives the state that was live, refusals and pauses included', async () => {
    const live = await buildWorld({ ...options, script: evening });
    const again = replay(live.entries);
    expect(stateHash(counter, again)).toEqual(stateHash(counter, live.world));
    expect(again.closed).toEqual({ at: live.world.at, finalSize: live.entries.length, reason: 'over' });
    const refused = live.entries
      .map((bytes) => unwrap(decodeEntry(bytes)))
      .map((e) => (e.kind === 'intent' ? e.refused : ''));
    expect(refused.filter(Boolean)).toEqual(['too_much', 'tenth_second']);
  });

  it('[L110] a world encoded and decoded at any point goes on to the same end', async () => {
    const live = await buildWorld({ ...options, script: evening });
    const { length } = live.entries;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: length - 1 }), { maxLength: 4 }), (cuts) => {
        let world = unwrap(openWorld(counter, live.entries[0] ?? new Uint8Array()));
        for (const [at, entry] of live.entries.entries()) {
          if (at === 0) continue;
          if (cuts.includes(at)) world = decodeWorld(counter, encodeWorld(counter, world));
          unwrap(step(counter, world, entry));
        }
        expect(encodeWorld(counter, world)).toEqual(encodeWorld(counter, live.world));
      }),
      { numRuns: 40 },
    );
  });

  it('[L111] an entry before the last one in time is refused', () => {
    const driver = openDriver(options);
    expect(codeOf(tryStep(driver, { kind: 'time' }, driver.now - 1))).toBe('time_backwards');
    expect(codeOf(tryStep(driver, { kind: 'time' }, driver.now))).toBe('ok');
  });

  it('[L112] an intent is taken only at its place in its chain', async () => {
    const driver = openDriver(options);
    const ann = driver.actor('ann');
    const first = await driver.intent(ann, 'join', { name: 'Ann' });
    await driver.send(ann, 'join', { name: 'Ann' });
    const world = driver.world.opening.world;
    const entry = async (parts: object, signer = ann.signer) => {
      const whole = { world, seq: 1, prev: first.hash, kind: 'add', body: { count: 1 }, ...parts };
      const { bytes, sig } = await signIntent(signer, whole);
      return codeOf(tryStep(driver, { kind: 'intent', via: 'relay', bytes, sig }));
    };
    expect(await entry({})).toBe('ok');
    expect(await entry({ seq: 2 })).toBe('intent_gap');
    expect(await entry({ prev: sha256(first.hash) })).toBe('intent_fork');
    expect(await entry({ seq: 0, prev: new Uint8Array(32) })).toBe('intent_fork');
    expect(await entry({ world: sha256(world) })).toBe('intent_world');
    expect(await entry({ kind: 'subtract' })).toBe('intent_body');
    expect(await entry({ body: { count: 1, kind: 'add' } })).toBe('intent_body_kind');
    expect(await entry({}, driver.actor('bob').signer)).toBe('intent_gap');
    const again = { kind: 'intent', via: 'relay', bytes: first.bytes, sig: first.sig };
    expect(codeOf(tryStep(driver, again))).toBe('intent_known');
    const next = await driver.intent(ann, 'add', { count: 1 });
    const forged = { kind: 'intent', via: 'relay', bytes: next.bytes, sig: first.sig };
    expect(codeOf(tryStep(driver, forged))).toBe('intent_signature');
  });

  it('[L112] a crooked key is refused with its first intent', () => {
    const driver = openDriver(options);
    const key = new Uint8Array(32).fill(1, 0, 1); // the identity: small order
    const bytes = encodeCbor({
      v: 1,
      world: driver.world.opening.world,
      key,
      seq: 0,
      prev: new Uint8Array(32),
      kind: 'join',
      body: { name: 'x' },
    });
    const entry = { kind: 'intent', via: 'relay', bytes, sig: new Uint8Array(64) };
    expect(codeOf(tryStep(driver, entry))).toBe('intent_key');
  });

  it('[L113] the log must say exactly the refusal that the rules say', async () => {
    const driver = openDriver(options);
    const ann = driver.actor('ann');
    await driver.send(ann, 'join', { name: 'Ann' });
    const { bytes, sig } = await driver.intent(ann, 'add', { count: 21 });
    const entry = (refused?: string) =>
      tryStep(driver, { kind: 'intent', via: 'relay', bytes, sig, ...(refused ? { refused } : {}) });
    expect(codeOf(entry())).toBe('refusal_mismatch');
    expect(codeOf(entry('over'))).toBe('refusal_mismatch');
    expect(codeOf(entry('too_much'))).toBe('ok');
    const fine = await driver.intent(ann, 'add', { count: 1 });
    const blamed = { kind: 'intent', via: 'relay', bytes: fine.bytes, sig: fine.sig, refused: 'too_much' };
    expect(codeOf(tryStep(driver, blamed))).toBe('refusal_mismatch');
  });

  it('[L114] a first intent that the rules refuse is neither admitted nor accepted in a log', async () => {
    const driver = openDriver(options);
    const { bytes, sig } = await driver.intent(driver.actor('ann'), 'add', { count: 1 });
    const before = stateHash(counter, driver.world);
    const said = admit(counter, driver.world, { bytes, sig, at: driver.now + 500, via: 'relay' });
    expect(said).toEqual({ ok: false, code: 'first_refused', message: 'no_seat' });
    expect(stateHash(counter, driver.world)).toEqual(before);
    const entry = { kind: 'intent', via: 'relay', bytes, sig, refused: 'no_seat' };
    expect(codeOf(tryStep(driver, entry))).toBe('first_intent_refused');
  });

  it('[L115] a state entry must hold the hash of the world, and only a close may follow it', () => {
    const driver = openDriver(options);
    driver.now += 1500;
    expect(codeOf(tryStep(driver, { kind: 'state', hash: new Uint8Array(32) }))).toBe('state_mismatch');
    driver.append(makeState(counter, driver.world, driver.now));
    expect(codeOf(tryStep(driver, { kind: 'time' }))).toBe('close_missing');
    expect(codeOf(tryStep(driver, makeClose(driver.world, 'abandoned')))).toBe('ok');
  });

  it('[L116] a close comes right after a state, once, with the final size, when the game is over or given up', () => {
    const driver = openDriver(options);
    const close = { kind: 'close', finalSize: 2, reason: 'abandoned' };
    expect(codeOf(tryStep(driver, close))).toBe('close_without_state');
    driver.append(makeState(counter, driver.world, driver.now));
    expect(codeOf(tryStep(driver, close))).toBe('close_size');
    expect(codeOf(tryStep(driver, { ...close, finalSize: 3 }, driver.now + 1))).toBe('close_time');
    expect(codeOf(tryStep(driver, { ...close, finalSize: 3, reason: 'over' }))).toBe('close_too_early');
    driver.append(makeClose(driver.world, 'abandoned'));
    expect(codeOf(tryStep(driver, { kind: 'time' }))).toBe('after_close');
  });

  it('[L117] between pause and resume nothing happens, and no time passes for the game', () => {
    const driver = openDriver(options);
    expect(codeOf(tryStep(driver, { kind: 'resume' }))).toBe('resume_without_pause');
    driver.append({ kind: 'pause', reason: 'away' });
    driver.now += 5000;
    for (const draft of [
      { kind: 'time' },
      { kind: 'pause', reason: 'again' },
      { kind: 'key', lot: 0, pk: new Uint8Array(32) },
    ]) {
      expect(codeOf(tryStep(driver, draft))).toBe('world_paused');
    }
    expect(driver.world.state.seconds).toBe(0);
    driver.append({ kind: 'resume' });
    expect(driver.world.state).toMatchObject({ pausedAt: null, seconds: 0 });
    driver.append({ kind: 'time' });
    expect(driver.world.state.seconds).toBe(5);
  });

  it('[L118] a rotate is signed by the old and the new key, for the size of the log with it', async () => {
    const driver = openDriver(options);
    const to = seedSigner(driver.secret('second'));
    const rotate = await makeRotate(driver.world, { from: driver.authority, to }, driver.now);
    expect(codeOf(tryStep(driver, { ...rotate, effectiveSize: 3 }))).toBe('rotate_size');
    expect(codeOf(tryStep(driver, { ...rotate, sigOld: rotate.sigNew }))).toBe('rotate_signature');
    expect(codeOf(tryStep(driver, { ...rotate, sigNew: rotate.sigOld }))).toBe('rotate_signature');
    expect(codeOf(tryStep(driver, { ...rotate, newKey: new Uint8Array(32) }))).toBe('rotate_key');
    driver.append(rotate);
    expect(driver.world.authorityKey).toEqual(to.key);
  });

  it('[L119] sightings are of this world and lot, and signed by their witness', async () => {
    const driver = openDriver(options);
    const signer = seedSigner(driver.secret('witness'));
    const word = {
      world: driver.world.opening.world,
      lot: 0,
      intentHash: sha256(signer.key),
      headSize: 1,
      headRoot: sha256(signer.key),
      at: driver.now,
    };
    const entry = async (change: object) => {
      const { bytes, sig } = await signSeen(signer, { ...word, ...change });
      return { kind: 'seen', seen: [{ bytes, sig }] } as const;
    };
    expect(codeOf(tryStep(driver, await entry({ lot: null })))).toBe('seen_lot');
    expect(codeOf(tryStep(driver, await entry({ world: sha256(word.world) })))).toBe('seen_world');
    const good = await entry({});
    const other = await entry({ at: 1 });
    const swapped = good.seen.map(({ bytes }, i) => ({
      bytes,
      sig: other.seen[i]?.sig ?? new Uint8Array(64),
    }));
    expect(codeOf(tryStep(driver, { kind: 'seen', seen: swapped }))).toBe('seen_signature');
    expect(
      codeOf(
        tryStep(driver, { kind: 'seen', seen: [{ bytes: new Uint8Array(3), sig: new Uint8Array(64) }] }),
      ),
    ).toBe('seen_malformed');
    driver.append(good);
    expect(driver.world.state.seen).toBe(1);
  });

  it('[L123] a throw of the rules is rules_fault, and a second genesis is genesis_again', () => {
    const driver = openDriver(options);
    const think = { kind: 'think', id: 0, ask: null, deadline: 0, fallback: null };
    expect(tryStep(driver, think)).toMatchObject({
      ok: false,
      code: 'rules_fault',
      message: 'no_minds: no_minds',
    });
    expect(codeOf(tryStep(driver, { ...driver.world.opening.genesis }))).toBe('genesis_again');
  });
});
