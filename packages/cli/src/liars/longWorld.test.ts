import { tally } from '@fairground/authority/testing';
import {
  type AnyGame,
  type Bytes,
  noIntent,
  seedSigner,
  sha256,
  signIntent,
  utf8ToBytes,
} from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Follower,
  type Joined,
  type Peer,
  type Ports,
  seedIdentity,
  systemPorts,
  until,
} from '@fairground/peer';
import { worldBytes } from '@fairground/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Liar, openStage } from './stage.fixture.ts';

/** Four segments are closed, and 4,096 entries are a long way. */
const LENGTH = 4_200;
const stage = openStage();
const peers: Peer[] = [];
let house: Liar;
let joined: Joined;
let total = 0;

const gameFor = (name: string): AnyGame | undefined => (name === 'tally' ? tally : undefined);

/** What stands between it and the network may be the test's. */
function person(name: string, ports: (usual: Ports) => Ports = (usual) => usual): Peer {
  const identity = seedIdentity(sha256(utf8ToBytes(name)));
  const own = ports({ ...systemPorts(), clock: stage.clock });
  const peer = createPeer({ url: house.url, identity, storage: createMemoryStorage(), ports: own, gameFor });
  peers.push(peer);
  return peer;
}

const soon = () => AbortSignal.timeout(60_000);
const open = ({ world, cap }: Joined, peer: Peer): Promise<Follower> => peer.world(world, cap ?? undefined);

beforeAll(async () => {
  house = await stage.open([tally]);
  const created = await person('host').createWorld({
    ...{ game: 'tally', config: { goal: 100_000 }, visibility: 'unlisted' },
  });
  if (!created.ok) throw new Error(created.code);
  joined = created.value;
  await fill(worldBytes(joined.world));
});

afterAll(async () => {
  for (const peer of peers) peer.close();
  await stage.close();
});

/** Somebody adds one, thousands of times, as fast as the authority takes it. */
async function fill(world: Bytes): Promise<void> {
  const signer = seedSigner(sha256(utf8ToBytes('somebody')));
  let prev = noIntent;
  for (let seq = 0; seq < LENGTH - 1; seq++) {
    const what = seq === 0 ? { kind: 'join', body: {} } : { kind: 'add', body: { count: 1 } };
    const { bytes, sig, hash } = await signIntent(signer, { world, seq, prev, ...what });
    house.handOver({ t: 'mail', id: 0, kind: 'intent', world, payload: bytes, sig, via: 'relay' });
    prev = hash;
    total = seq;
  }
  const reader = person('reader');
  await vi.waitUntil(async () => (await sizeOf(reader)) >= LENGTH, { timeout: 60_000, interval: 100 });
}

async function sizeOf(peer: Peer): Promise<number> {
  const note = await peer.readLog(joined.world, 'checkpoint', joined.cap ?? undefined);
  return note.ok ? Number(new TextDecoder().decode(note.value).split('\n')[1]) : 0;
}

it('[D210][D211] a relay and an authority as they are: a long world is shown from its snapshot before its beginning was read, goes on, and is audited in the end', async () => {
  let lets = () => {};
  const beginning = new Promise<void>((resolve) => (lets = resolve));
  const held = (usual: Ports): Ports => ({
    ...usual,
    async fetch(input, init) {
      if (String(input).includes('/tile/entries/000')) await beginning;
      return usual.fetch(input, init);
    },
  });
  const late = person('late', held);
  const follower = await open(joined, late);
  const first = await until(follower, ({ status, view }) => status === 'live' && view !== undefined, soon());
  expect(first.verified.level).toBe('replayed');
  expect(first.verified.from).toBeGreaterThanOrEqual(4_095);
  expect(first.view).toEqual({ total });
  // It takes part as everybody does, though nothing before the snapshot was read yet.
  await follower.submit({ kind: 'join' });
  await follower.submit({ kind: 'add', body: { count: 5 } });
  const counted = await until(
    follower,
    ({ view }) => (view as { total: number }).total === total + 5,
    soon(),
  );
  expect(counted.verified.level).toBe('replayed');
  total += 5;
  lets();
  const whole = await until(follower, ({ verified }) => verified.level === 'audited', soon());
  expect(whole).toMatchObject({ status: 'live', view: { total }, charges: [], size: counted.size });
  expect(follower.log.entries).toHaveLength(counted.size);
  follower.close();
});
