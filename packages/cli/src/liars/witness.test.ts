import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, unwrap, verify, zipSource } from '@fairground/ledger';
import { createMemoryStorage, createPeer, type Follower, seedIdentity, until } from '@fairground/peer';
import { games } from '@fairground/rules';
import { afterEach, expect, it, vi } from 'vitest';
import { openTogether, type Together } from '../server/openTogether.ts';
import { seatKeys } from '../simulate/seat.ts';
import { launch, type Running } from '../testing/run.ts';

vi.setConfig({ testTimeout: 180_000 });

const patience = { timeout: 60_000, interval: 100 };
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

type Environment = { readonly [name: string]: string };

async function start(folder: string, more: Environment = {}): Promise<Together> {
  const together = await openTogether({
    ...{ PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(folder, 'data'), LOCK_DIR: join(folder, 'locks') },
    ...{ RELAY_ADDRESS_FACTOR: '1000', RELAY_LOG_LEVEL: 'silent', AUTHORITY_LOG_LEVEL: 'silent' },
    ...more,
  });
  let ended: Promise<void> | undefined;
  const close = () => (ended ??= together.close());
  ends.push(close);
  return { ...together, close };
}

/** A process of its own with a folder of its own; resolves with what goes into AUTHORITY_WITNESSES. */
async function startWitness(folder: string, logs: string, port = '0') {
  const env = { DATA_DIR: join(folder, 'witness'), HOST: '127.0.0.1', PORT: port, WITNESS_LOGS: logs };
  const running: Running = launch(['witness'], env);
  ends.push(() => void running.child.kill('SIGKILL'));
  await running.says('AUTHORITY_WITNESSES');
  const [, named = ''] = /AUTHORITY_WITNESSES: (.+)/.exec(running.stdout()) ?? [];
  return { running, named, port: new URL(named.split(' ')[1] ?? '').port };
}

const urlOf = ({ server: { port } }: Together) => `http://127.0.0.1:${port}`;

function person(house: Together, seed: number) {
  const identity = seedIdentity(new Uint8Array(32).fill(seed));
  const peer = createPeer({ url: urlOf(house), identity, storage: createMemoryStorage() });
  ends.push(peer.close);
  return { peer, key: identity.key };
}

async function sitDown(follower: Follower, key: Bytes, name: string): Promise<void> {
  const { rand } = seatKeys({ name, key, secret: follower.secret });
  await follower.submit({ kind: 'join', body: { name, rand } });
}

const grown = (follower: Follower, size: number) =>
  until(follower, (state) => state.size >= size && state.status === 'live', AbortSignal.timeout(60_000));

/** What anybody says of the file that a participant takes home now. */
async function takenHome(follower: Follower) {
  const report = await verify(unwrap(zipSource(await follower.takeHome())), { games, level: 'full' });
  const said = report.checks.find(({ name }) => name === 'checkpoint')?.detail;
  return { valid: report.valid, code: report.failure?.code, said };
}

async function reasons(house: Together): Promise<string> {
  return (await fetch(`${urlOf(house)}/healthz`)).text();
}

it('[A121][A89] a quorum of one witness, in its own process: with it a match is valid, without it that is said, old data is stopped by it, and a fork refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fair-witness-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const first = await start(folder);
  const { vkey } = (await (await fetch(`${urlOf(first)}/authority`)).json()) as { readonly vkey: string };
  await first.close();
  let witness = await startWitness(folder, vkey);
  const named = { AUTHORITY_WITNESSES: witness.named, AUTHORITY_QUORUM: '1' };
  let house = await start(folder, named);
  const ada = person(house, 1);
  const { world } = unwrap(
    await ada.peer.createWorld({ game: 'nim', config: { stones: 9, turnMs: 600_000 }, visibility: 'listed' }),
  );
  const adas = await ada.peer.world(world);
  ends.push(() => adas.close());
  await sitDown(adas, ada.key, 'Ada');
  await grown(adas, 2);
  await vi.waitFor(async () => expect(await takenHome(adas)).toMatchObject({ valid: true }), patience);
  expect((await takenHome(adas)).said).toMatch(/cosigned by one witness: fairground\.local\/witness-/);
  expect((await fetch(`${urlOf(house)}/healthz`)).status).toBe(200);

  witness.running.child.kill('SIGKILL');
  await witness.running.ended;
  await adas.submit({ kind: 'leave' });
  await grown(adas, 3);
  expect(await takenHome(adas)).toMatchObject({ valid: false, code: 'policy_quorum' });
  await vi.waitFor(async () => expect(await reasons(house)).toContain('does not answer'), patience);
  await house.close();
  for (const name of ['data', 'locks'])
    await cp(join(folder, name), join(folder, `${name}-then`), { recursive: true });

  witness = await startWitness(folder, vkey, witness.port);
  house = await start(folder, named);
  const again = person(house, 1);
  const more = await again.peer.world(world);
  ends.push(() => more.close());
  await sitDown(more, again.key, 'Ada');
  await grown(more, 4);
  await vi.waitFor(async () => expect(await takenHome(more)).toMatchObject({ valid: true }), patience);
  expect((await fetch(`${urlOf(house)}/healthz`)).status).toBe(200);
  await house.close();

  // The operator puts back what was there before, the lock too, and goes on otherwise.
  for (const name of ['data', 'locks']) {
    await rm(join(folder, name), { recursive: true });
    await cp(join(folder, `${name}-then`), join(folder, name), { recursive: true });
  }
  house = await start(folder, named);
  await vi.waitFor(async () => expect(await reasons(house)).toMatch(/has cosigned \d+ entries/), patience);
  await house.close();

  // Where it is away while everybody is asked, it finds the fork as soon as it is back.
  witness.running.child.kill('SIGKILL');
  await witness.running.ended;
  house = await start(folder, named);
  const bob = person(house, 2);
  const bobs = await bob.peer.world(world);
  ends.push(() => bobs.close());
  await sitDown(bobs, bob.key, 'Bob');
  await grown(bobs, 4);
  await startWitness(folder, vkey, witness.port);
  await vi.waitFor(async () => expect(await reasons(house)).toContain('forked (409)'), patience);
  expect((await fetch(`${urlOf(house)}/healthz`)).status).toBe(503);
  expect(await takenHome(bobs)).toMatchObject({ valid: false, code: 'policy_quorum' });
});
