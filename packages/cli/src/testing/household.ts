/** A server on folders that a test may copy and put back, and people who stay while it comes and goes. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex, type BundleSource, zipSource } from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Follower,
  type FollowerState,
  type Peer,
  seedIdentity,
  until,
} from '@fairground/peer';
import type { Cap, WorldId } from '@fairground/protocol';
import { openTogether, type Together } from '../server/openTogether.ts';
import { seatKeys } from '../simulate/seat.ts';

export interface Household {
  readonly dataDir: string;
  readonly lockDir: string;
  /** Always on the same port, so that people find it again. */
  start(): Promise<Together>;
  stop(): Promise<void>;
  /** A copy of the data folder, taken while nothing runs; the result puts it back. */
  backUp(): Promise<() => Promise<void>>;
  person(seed: number): Person;
  close(): Promise<void>;
}

export interface Person {
  readonly peer: Peer;
  readonly key: Uint8Array;
  /** Opens a world and takes a seat. */
  join(world: WorldId, cap: Cap | null, name: string): Promise<Follower>;
  /** Opens a world and looks on. */
  open(world: WorldId, cap: Cap | null, how?: { readonly looksOn: boolean }): Promise<Follower>;
}

const patience = () => AbortSignal.timeout(60_000);

/** `more`: variables of its server. */
export async function openHousehold(more: Readonly<Record<string, string>> = {}): Promise<Household> {
  const folder = await mkdtemp(join(tmpdir(), 'fair-household-'));
  const [dataDir, lockDir] = [join(folder, 'data'), join(folder, 'locks')];
  const ends: (() => Promise<void> | void)[] = [() => rm(folder, { recursive: true, force: true })];
  let port = 0;
  let running: Together | undefined;
  return {
    ...{ dataDir, lockDir },
    async start() {
      const together = await openTogether({
        ...{ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, LOCK_DIR: lockDir },
        ...{ RELAY_ADDRESS_FACTOR: '1000', RELAY_LOG_LEVEL: 'silent', AUTHORITY_LOG_LEVEL: 'silent' },
        AUTHORITY_COLLECT_MS: '0',
        ...more,
      });
      ({ port } = together.server);
      let ended: Promise<void> | undefined;
      const close = () => (ended ??= together.close());
      ends.push(close);
      running = { ...together, close };
      return running;
    },
    stop: async () => running?.close(),
    async backUp() {
      const backup = await mkdtemp(join(folder, 'backup-'));
      await cp(dataDir, backup, { recursive: true });
      return async () => {
        await rm(dataDir, { recursive: true });
        await cp(backup, dataDir, { recursive: true });
      };
    },
    person: (seed) => createPerson(`http://127.0.0.1:${port}`, seed, ends),
    async close() {
      for (const end of ends.splice(0).toReversed()) await end();
    },
  };
}

function createPerson(url: string, seed: number, ends: (() => Promise<void> | void)[]): Person {
  const identity = seedIdentity(new Uint8Array(32).fill(seed));
  const peer = createPeer({ url, identity, storage: createMemoryStorage() });
  ends.push(peer.close);
  const person: Person = {
    peer,
    key: identity.key,
    async open(world, cap, how) {
      const follower = await peer.world(world, cap ?? undefined, how);
      ends.push(() => follower.close());
      await grownTo(follower, 1);
      return follower;
    },
    async join(world, cap, name) {
      const follower = await person.open(world, cap);
      const { box, rand } = seatKeys({ name, key: identity.key, secret: follower.secret });
      const seat = follower.value.game === 'trivia' ? { name, rand, avatar: 0, box } : { name, rand };
      await follower.submit({ kind: 'join', body: seat });
      return follower;
    },
  };
  return person;
}

export function grownTo(follower: Follower, size: number): Promise<FollowerState> {
  return until(follower, (state) => state.size >= size && state.status === 'live', patience());
}

/** Of nim: whose turn it is, as soon as the dice are cast. */
export async function turnOf(followers: readonly Follower[], people: readonly Person[]): Promise<Follower> {
  const [any] = followers;
  if (!any) throw new Error('turnOf: nobody follows');
  const id = () => (any.value.view as { readonly turn?: { readonly id: string } }).turn?.id;
  await until(any, () => id() !== undefined, patience());
  const mover = followers[people.findIndex(({ key }) => bytesToHex(key) === id())];
  if (!mover) throw new Error('turnOf: it is nobody’s turn who is here');
  return mover;
}

export async function stonesAre(follower: Follower, stones: number): Promise<void> {
  await until(follower, ({ view }) => (view as { stones?: number } | null)?.stones === stones, patience());
}

export function zipOf(bytes: Uint8Array): BundleSource {
  const source = zipSource(bytes);
  if (!source.ok) throw new Error(source.code);
  return source.value;
}
