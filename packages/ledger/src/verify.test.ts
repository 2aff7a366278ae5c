import { describe, expect, it } from 'vitest';
import { bytesToBase32 } from './baseText.ts';
import { bundleMembers, writeBundle } from './bundle.ts';
import { memorySource, urlSource, zipSource } from './bundleSource.ts';
import type { Bytes } from './bytes.ts';
import { keyToDid } from './didKey.ts';
import { createVkey, formatVkey } from './vkey.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { type BuiltWorld, type CounterState, buildWorld, counter, guessing } from './testing/index.ts';
import { type VerifyOptions, verify } from './verify.ts';
import { logVkey } from './genesis.ts';
import { utf8ToBytes } from './utf8.ts';
import { writeZip } from './zipWrite.ts';

const games = [counter];
const full: VerifyOptions = { games, level: 'full' };
const built = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'verify', script: guessing });
function membersOf(world: BuiltWorld<CounterState>): Map<string, Bytes> {
  return new Map(bundleMembers(world).map(({ name, bytes }) => [name, bytes]));
}

async function failureOf(members: Map<string, Bytes>, options = full) {
  const { failure } = await verify(memorySource(members), options);
  return failure && { code: failure.code, index: failure.index };
}

describe('verify', () => {
  it('[L140] an honest bundle is valid at both levels, from a file, a folder and an address', async () => {
    const file = writeBundle(built);
    const members = membersOf(built);
    const base = 'https://relay.test/log/w';
    const fetch = async (url: string) => {
      const bytes = members.get(url.slice(base.length + 1).replace('?cap=x', ''));
      return {
        ok: bytes !== undefined,
        status: bytes ? 200 : 404,
        arrayBuffer: async () => Uint8Array.from(bytes ?? []).buffer,
      };
    };
    const byAddress = urlSource({ fetch }, `${base}/`, { query: '?cap=x' });
    for (const source of [unwrap(zipSource(file)), memorySource(members), byAddress]) {
      for (const level of ['quick', 'full'] as const) {
        const report = await verify(source, { games, level });
        expect(report).toMatchObject({
          valid: true,
          level,
          failure: null,
          trust: 'self-asserted',
          players: 2,
          game: 'counter',
          version: 1,
        });
        expect(report.size).toBe(built.entries.length);
        expect(report.checks.every(({ ok }) => ok)).toBe(true);
        const authorship = report.checks.find(({ name }) => name === 'authorship');
        expect(authorship?.detail).toContain(level === 'quick' ? 'not checked' : '3 signatures');
      }
    }
  });

  it('[L142] members that nothing names are refused, and missing ones', async () => {
    const members = membersOf(built);
    for (const name of [
      'tile/1/000.p/1',
      'tile/0/001',
      'readme.txt',
      `blob/${'12'.repeat(32)}`,
      'tile/entries/000',
    ]) {
      expect(await failureOf(new Map([...members, [name, new Uint8Array(0)]]))).toEqual({
        code: 'member_unnamed',
        index: null,
      });
    }
    for (const name of members.keys()) {
      const without = new Map([...members].filter(([other]) => other !== name));
      const expected = name.startsWith('tile/0')
        ? { code: 'tile_mismatch', index: 0 }
        : { code: 'member_missing', index: null };
      expect(await failureOf(without)).toEqual(expected);
    }
  });

  it('[L142] a blob is kept if an entry names its hash, and must have it', async () => {
    const picture = utf8ToBytes('a picture');
    const world = await buildWorld({
      game: counter,
      config: { goal: 9 },
      seed: 'blob',
      script: async (driver) =>
        void driver.append({ kind: 'commit', what: 'picture', from: 0, commits: [sha256(picture)] }),
    });
    const file = writeBundle({ ...world, blobs: [picture, picture] });
    expect(await verify(unwrap(zipSource(file)), full)).toMatchObject({ valid: true });
    const members = membersOf(world);
    const name = `blob/${Buffer.from(sha256(picture)).toString('hex')}`;
    expect(await failureOf(new Map([...members, [name, utf8ToBytes('another')]]))).toEqual({
      code: 'blob_mismatch',
      index: null,
    });
  });

  it('[L143] rules that are not built in are rules_unknown, other sources of the same version a warning', async () => {
    const source = memorySource(membersOf(built));
    expect((await verify(source, { ...full, games: [] })).failure?.code).toBe('rules_unknown');
    expect((await verify(source, { ...full, games: [{ ...counter, version: 2 }] })).failure?.code).toBe(
      'rules_unknown',
    );
    const other = await verify(source, { ...full, games: [{ ...counter, rules: sha256(counter.rules) }] });
    expect(other.valid).toBe(true);
    expect(other.checks.find(({ name }) => name === 'rules')?.detail).toContain('warning');
  });

  it('[L144] trust is pinned by an anchor that fits, known by a contact, else self-asserted; an anchor that does not fit fails', async () => {
    const source = memorySource(membersOf(built));
    const { origin, opening, authorityKey } = built.world;
    const trustOf = async (options: Partial<VerifyOptions>) => {
      const { valid, trust, failure } = await verify(source, { games, level: 'quick', ...options });
      return failure?.code ?? (valid && trust);
    };
    expect(await trustOf({ anchors: [bytesToBase32(opening.world)] })).toBe('pinned');
    expect(
      await trustOf({ anchors: [formatVkey(logVkey(origin, authorityKey)), keyToDid(authorityKey)] }),
    ).toBe('pinned');
    expect(await trustOf({ knownKeys: [authorityKey] })).toBe('known');
    expect(await trustOf({ knownKeys: [opening.world] })).toBe('self-asserted');
    expect(await trustOf({ anchors: [bytesToBase32(authorityKey)] })).toBe('anchor_mismatch');
    expect(await trustOf({ anchors: [formatVkey(createVkey('other', 1, authorityKey))] })).toBe(
      'anchor_mismatch',
    );
    expect(await trustOf({ anchors: [keyToDid(opening.genesis.host)] })).toBe('anchor_mismatch');
    expect(await trustOf({ anchors: ['whatever'] })).toBe('anchor_malformed');
  });

  it('[L145] a carrier that fails is source_unreadable, an abort rejects, and progress reaches the end', async () => {
    const members = membersOf(built);
    const broken = { read: async () => Promise.reject(new Error('offline')) };
    expect((await verify(broken, full)).failure).toEqual({
      code: 'source_unreadable',
      index: null,
      message: 'offline',
    });
    const seen: number[] = [];
    await verify(memorySource(members), {
      ...full,
      onProgress: ({ phase, done }) => void (phase === 'entries' && seen.push(done)),
    });
    expect(seen.at(-1)).toBe(built.entries.length);
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(verify(memorySource(members), { ...full, signal })).rejects.toThrow('no longer wanted');
  });

  it('[L145] a size that the members cannot hold costs nothing', async () => {
    const members = membersOf(built);
    const note = Buffer.from(built.checkpoint)
      .toString()
      .replace(/\n\d+\n/, `\n${2 ** 23}\n`);
    expect(await failureOf(new Map([...members, ['checkpoint', utf8ToBytes(note)]]))).toEqual({
      code: 'member_missing',
      index: null,
    });
    const huge = note.replace(/\n\d+\n/, `\n${2 ** 52}\n`);
    expect(await failureOf(new Map([...members, ['checkpoint', utf8ToBytes(huge)]]))).toEqual({
      code: 'log_too_large',
      index: null,
    });
  });

  it('[L145] whatever the members hold, verify reports and does not throw', async () => {
    const members = membersOf(built);
    const junk = [
      new Uint8Array(0),
      new Uint8Array(7),
      utf8ToBytes('a\n\n\u2014 b c\n'),
      sha256(new Uint8Array(0)),
    ];
    for (const name of members.keys()) {
      for (const bytes of junk) expect(await failureOf(new Map([...members, [name, bytes]]))).not.toBeNull();
    }
    expect(
      zipSource(writeZip([])).ok && (await verify(unwrap(zipSource(writeZip([]))), full)).failure?.code,
    ).toBe('member_missing');
  });
});
