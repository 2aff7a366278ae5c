/** Followers of small worlds, for tests. */
import {
  type AnyGame,
  type Bytes,
  err,
  leafHash,
  merkleRoot,
  sha256,
  signCheckpoint,
  utf8ToBytes,
} from '@fairground/ledger';
import { counter, type Driver, openDriver } from '@fairground/ledger/testing';
import { encodeTailBatch, TAIL_ROOT, VIEW_ROOT } from '@fairground/protocol';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocumentStatus, OpenDocument } from '../document.ts';
import { seedIdentity } from '../identity.ts';
import { createLive, type WritableLive } from '../live.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import type { Storage } from '../storage/storage.ts';
import { createTestClock } from '../testClock.fixture.ts';
import { followWorld } from './follower.ts';
import { createLogKeeper } from './logKeeper.ts';

/** Set by a test that wants some. */
export const chores = { list: (_: { total: number }): readonly { readonly kind: string }[] => [] };
/** The counter with what a screen needs. */
const played = {
  ...counter,
  view: (state: { total: number }) => ({ total: state.total }),
  chores: (state: { total: number }) => chores.list(state),
};
const gameFor = (name: string): AnyGame | undefined => (name === 'counter' ? played : undefined);
const identity = seedIdentity(sha256(utf8ToBytes('a device')));

interface Tail extends OpenDocument {
  readonly status: WritableLive<DocumentStatus>;
  /** How often it was dialled again. */
  readonly redials: number;
  refuse(code: string): void;
  push(first: number, entries: readonly Bytes[], checkpoint: Bytes): void;
}

function openTail(): Tail {
  const doc = new Y.Doc();
  const status = createLive<DocumentStatus>('connecting');
  let refusedWith: string | undefined;
  let redials = 0;
  return {
    doc,
    awareness: new Awareness(doc),
    status,
    get refusedWith() {
      return refusedWith;
    },
    refuse(code) {
      refusedWith = code;
      status.set('refused');
    },
    get redials() {
      return redials;
    },
    reconnect: () => void redials++,
    close: () => status.set('offline'),
    push: (first, entries, checkpoint) =>
      doc
        .getArray<Uint8Array>(TAIL_ROOT)
        .push([encodeTailBatch({ first, entries: [...entries], checkpoint })]),
  };
}

/** The checkpoint of the first so many entries. */
export async function sign(driver: Driver<unknown>, size = driver.entries.length): Promise<Bytes> {
  const root = merkleRoot(driver.entries.slice(0, size).map(leafHash));
  return signCheckpoint(driver.authority, { origin: driver.world.origin, size, root });
}

/** A follower whose tails, log and clock the test moves. */
export function follow(
  driver: Driver<unknown>,
  log = new Map<string, Bytes>(),
  {
    storage = createMemoryStorage(),
    guess,
    looksOn = false,
  }: { storage?: Storage; guess?: number; looksOn?: boolean } = {},
) {
  const clock = createTestClock(driver.now);
  const tails: Tail[] = [];
  const pictures = openTail();
  const outbox = createOutbox({
    storage,
    identity,
    clock,
    now: clock.now,
    random: (length) => new Uint8Array(length),
    deliver: async () => ({ kind: 'retry' }),
    fetchHead: async () => undefined,
  });
  const follower = followWorld({
    world: driver.world.opening.world,
    identity,
    outbox,
    clock,
    random: (length) => new Uint8Array(length),
    gameFor,
    openTail() {
      const tail = openTail();
      tails.push(tail);
      return tail;
    },
    ...(looksOn && { openView: () => pictures }),
    readLog: async (path) => log.get(path),
    shelf: { file: async () => err('unreachable') },
    secret: new Uint8Array(32),
    heardAuthority: () => {},
    guessOffset: async () => guess,
    keeper: createLogKeeper({ storage, clock }, driver.world.opening.world),
    relays: () => [],
    bringBack: async () => false,
  });
  const tail = () => {
    const newest = tails.at(-1);
    if (!newest) throw new Error('a follower opens a tail at once');
    return newest;
  };
  const show = (picture: Bytes) =>
    pictures.doc.getArray<Uint8Array>(VIEW_ROOT).push([new Uint8Array(picture)]);
  return { follower, clock, tail, tails, log, pictures, show };
}

/** Ada joins and adds. */
export async function adding(counts: readonly number[]): Promise<Driver<unknown>> {
  const driver = openDriver({ game: counter, config: { goal: 1000 }, seed: 'follow' });
  const ada = driver.actor('ada');
  await driver.send(ada, 'join', { name: 'Ada' });
  for (const count of counts) await driver.send(ada, 'add', { count });
  return driver;
}
