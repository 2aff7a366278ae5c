import { describe, expect, it } from 'vitest';
import { bundleMembers, writeBundle } from './bundle.ts';
import { memorySource, zipSource } from './bundleSource.ts';
import type { Bytes } from './bytes.ts';
import { bytesToHex } from './hex.ts';
import { unwrap } from './result.ts';
import { type BuiltWorld, type CounterState, buildWorld, counter } from './testing/index.ts';
import { type VerifyOptions, verify } from './verify.ts';

const games = [counter];
const full: VerifyOptions = { games, level: 'full' };
/** Small, because every byte of it is changed. */
const small = await buildWorld({
  game: counter,
  config: { goal: 9 },
  seed: 'small',
  script: async (driver) => {
    await driver.send(driver.actor('ann'), 'join', { name: 'Ann' });
    driver.close('abandoned');
  },
});

/** Two full entry bundles and a part of a third. */
const large = await buildWorld({
  game: counter,
  config: { goal: 9 },
  seed: 'large',
  script: async (driver) => {
    await driver.send(driver.actor('ann'), 'join', { name: 'Ann' });
    while (driver.entries.length < 519) {
      driver.now += 1_000;
      driver.append({ kind: 'time' });
    }
    driver.close('abandoned');
  },
});

function withChange(bytes: Bytes, at: number): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

function membersOf(world: BuiltWorld<CounterState>): Map<string, Bytes> {
  return new Map(bundleMembers(world).map(({ name, bytes }) => [name, bytes]));
}

async function failureOf(members: Map<string, Bytes>) {
  const { failure } = await verify(memorySource(members), full);
  return failure && { code: failure.code, index: failure.index };
}

describe('[L141] a changed byte', () => {
  it('of any member fails, and the entry that was changed is named', { timeout: 60_000 }, async () => {
    const members = membersOf(small);
    const starts = entryStarts(members.get(`tile/entries/000.p/${small.entries.length}`) ?? new Uint8Array());
    for (const [name, bytes] of members) {
      for (let at = 0; at < bytes.length; at++) {
        const failure = await failureOf(new Map([...members, [name, withChange(bytes, at)]]));
        expect({ name, at, failure }).toEqual({
          name,
          at,
          failure: expectedFailure(name, at, failure?.code, starts),
        });
      }
    }
  });

  it('of the file itself is refused, or fails with where it is', { timeout: 60_000 }, async () => {
    const file = writeBundle(small);
    for (let at = 0; at < file.length; at++) {
      const source = zipSource(withChange(file, at));
      if (!source.ok) continue;
      const { failure } = await verify(source.value, { games, level: 'quick' });
      expect(failure, `byte ${at}`).not.toBeNull();
      if (failure?.code === 'container_damaged')
        expect(failure.message).toBe(`byte ${at} of the file was changed`);
    }
  });

  it(
    '[L141] a sample of the bytes of every member of a large bundle: each fails where it is',
    {
      timeout: 60_000,
    },
    async () => {
      const members = membersOf(large);
      expect([...members.keys()]).toContain('tile/entries/002.p/9');
      for (const [name, bytes] of members) {
        const starts = name.startsWith('tile/entries') ? entryStarts(bytes) : [];
        for (let i = 0; i < 12; i++) {
          const at = Math.floor(((i + 0.5) / 12) * bytes.length);
          const failure = await failureOf(new Map([...members, [name, withChange(bytes, at)]]));
          const expected = expectedFailure(name, at, failure?.code, starts);
          expect({ name, at, failure }).toEqual({ name, at, failure: expected });
        }
      }
    },
  );

  it('is something else than a ZIP that somebody packed of the same members: that one is valid', async () => {
    const file = writeBundle(small);
    const packed = Uint8Array.from(file);
    for (const at of file.keys())
      if (bytesToHex(file.subarray(at, at + 4)) === '504b0102') packed[at + 5] = 3; // made by Unix
    const report = await verify(unwrap(zipSource(packed)), full);
    expect(report.valid).toBe(true);
    expect(report.checks.find(({ name }) => name === 'container')?.detail).toContain('somebody else');
  });
});

/** Where each entry begins in its bundle, its length included. */
function entryStarts(bundle: Bytes): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bundle.length; at += 2 + (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0))
    starts.push(at);
  return starts;
}

function expectedFailure(name: string, at: number, code: string | undefined, starts: readonly number[]) {
  if (name === 'world.json') return { code: 'world_json_mismatch', index: null };
  if (name === 'policy') return { code: 'policy_mismatch', index: null };
  const first = 256 * Number(/\/(\d{3})(?:\.p|$)/.exec(name)?.[1]);
  if (name.startsWith('tile/0')) return { code: 'tile_mismatch', index: first + Math.floor(at / 32) };
  if (name.startsWith('tile/1')) return { code: 'tile_mismatch', index: 256 * Math.floor(at / 32) };
  if (name.startsWith('tile/entries')) {
    const index = starts.findLastIndex((start) => start <= at);
    const isLength = at - (starts[index] ?? 0) < 2;
    return { code: isLength ? 'entry_bundle_malformed' : 'leaf_mismatch', index: first + index };
  }
  const about = [
    'note_malformed',
    'note_signature_malformed',
    'note_signature_bad',
    'note_unsigned',
    'checkpoint_malformed',
    'origin_mismatch',
    'checkpoint_root',
    'member_missing',
    'member_unnamed',
  ];
  return {
    code: expect.stringMatching(new RegExp(`^(${about.join('|')})$`)),
    index: code === 'origin_mismatch' ? 0 : null,
  };
}
