import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex, verify, zipSource } from '@fairground/ledger';
import { createMemoryStorage, createPeer, type Follower, seedIdentity, until } from '@fairground/peer';
import { games } from '@fairground/rules';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTogether, type Together } from '../server/openTogether.ts';
import { seatKeys } from '../simulate/seat.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 });

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A server on its folders; always on the same port, so that people find it again. */
async function start(folder: string, port: number): Promise<Together> {
  const together = await openTogether({
    ...{
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      LOCK_DIR: join(folder, 'locks'),
    },
    ...{ RELAY_ADDRESS_FACTOR: '1000', RELAY_LOG_LEVEL: 'silent', AUTHORITY_LOG_LEVEL: 'silent' },
    AUTHORITY_COLLECT_MS: '0',
  });
  let ended: Promise<void> | undefined;
  const close = () => (ended ??= together.close());
  ends.push(close);
  return { ...together, close };
}

function person(url: string, seed: number) {
  const identity = seedIdentity(new Uint8Array(32).fill(seed));
  const peer = createPeer({ url, identity, storage: createMemoryStorage() });
  ends.push(peer.close);
  return { peer, key: identity.key };
}

const grown = (follower: Follower, size: number) =>
  until(follower, (state) => state.size >= size && state.status === 'live', AbortSignal.timeout(60_000));

describe('an old backup that is put back, relay and all', () => {
  it('[D70] is made whole by whoever has kept the verified log, and the match goes on without a fork', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fair-restore-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    let house = await start(folder, 0);
    const { port } = house.server;
    const url = `http://127.0.0.1:${port}`;
    const [ada, bob] = [person(url, 1), person(url, 2)];
    const created = await ada.peer.createWorld({
      ...{ game: 'nim', config: { stones: 99, turnMs: 600_000 }, visibility: 'unlisted' },
    });
    if (!created.ok) throw new Error(created.code);
    const { world, cap } = created.value;
    const open = async ({ peer, key }: typeof ada, name: string) => {
      const follower = await peer.world(world, cap ?? undefined);
      ends.push(() => follower.close());
      await grown(follower, 1);
      const { rand } = seatKeys({ name, key, secret: follower.secret });
      await follower.submit({ kind: 'join', body: { name, rand } });
      return follower;
    };
    const adas = await open(ada, 'Ada');
    await grown(adas, 2);
    // What a backup of the whole data folder holds, taken while nothing runs.
    await house.close();
    await cp(join(folder, 'data'), join(folder, 'backup'), { recursive: true });
    house = await start(folder, port);
    const bobs = await open(bob, 'Bob');
    // The dice are drawn, each device shows its share unasked, somebody begins.
    const turn = ({ value }: Follower) =>
      (value.view as { readonly turn?: { readonly id: string } }).turn?.id;
    await until(adas, () => turn(adas) !== undefined, AbortSignal.timeout(60_000));
    const first = turn(adas) === bytesToHex(ada.key) ? adas : bobs;
    await first.submit({ kind: 'take', body: { count: 3 } });
    await until(adas, ({ view }) => (view as { stones: number }).stones === 96, AbortSignal.timeout(60_000));
    const { size } = adas.value;
    await grown(bobs, size);
    await house.close();
    await rm(join(folder, 'data'), { recursive: true });
    await cp(join(folder, 'backup'), join(folder, 'data'), { recursive: true });
    house = await start(folder, port);
    const second = first === adas ? bobs : adas;
    await second.submit({ kind: 'take', body: { count: 1 } });
    for (const follower of [adas, bobs])
      await until(
        follower,
        ({ view }) => (view as { stones: number }).stones === 95,
        AbortSignal.timeout(60_000),
      );
    for (const follower of [adas, bobs]) {
      expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
      expect(follower.log.entries.slice(0, size)).toEqual(adas.log.entries.slice(0, size));
    }
    const late = await person(url, 3).peer.world(world, cap ?? undefined);
    ends.push(() => late.close());
    await grown(late, adas.value.size);
    expect(late.log.entries.slice(0, adas.value.size)).toEqual(adas.log.entries.slice(0, late.value.size));
    const report = await verify(zipOf(await adas.takeHome()), { games, level: 'full' });
    expect(report).toMatchObject({ valid: true });
  });
});

function zipOf(bytes: Uint8Array) {
  const source = zipSource(bytes);
  if (!source.ok) throw new Error(source.code);
  return source.value;
}
