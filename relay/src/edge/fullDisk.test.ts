import { Problem, worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memoryStore.ts';
import { type FullDisk, onFullDisk } from '../testing/fullDisk.ts';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  handClock,
  person,
  postIntent,
  publishRoom,
  signedIntent,
  startRelay,
  until,
} from '../testing/party.ts';

let disk: FullDisk;
let clock: ReturnType<typeof handClock>;
let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;

beforeEach(async () => {
  disk = onFullDisk(createMemoryStore());
  clock = handClock();
  relay = await startRelay({ store: disk.store, clock });
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
});
afterEach(() => relay.close());

const health = async () => {
  const response = await fetch(`${relay.http}/healthz`);
  const { reasons } = (await response.json()) as { readonly reasons: readonly string[] };
  return { status: response.status, reasons };
};

describe('a relay whose disk is full', () => {
  it('[Y130] refuses what it would have to keep, says so, and takes the same intent when there is room', async () => {
    authority.close();
    disk.fill();
    const pair = await signedIntent(person(), room.world);
    for (let time = 0; time < 2; time++) {
      const refused = await postIntent(relay, room.world, pair);
      expect(refused.status).toBe(503);
      expect(Problem.parse(await refused.json())).toMatchObject({ code: 'storage_failed', retryAfter: 2 });
    }
    disk.free();
    expect((await postIntent(relay, room.world, pair)).status).toBe(202);
    expect((await relay.store.mailbox.pending()).map(({ bytes }) => bytes)).toEqual([pair.bytes]);
  });

  it('[Y130] is unwell from the first write that fails until it could write again, whether or not anybody writes', async () => {
    expect(await health()).toEqual({ status: 200, reasons: [] });
    disk.fill();
    authority.close();
    await postIntent(relay, room.world, await signedIntent(person(), room.world));
    const unwell = { status: 503, reasons: [expect.stringMatching(/cannot be written/)] };
    expect(await health()).toEqual(unwell);
    expect(await health()).toEqual(unwell);
    disk.free();
    expect(await health()).toEqual({ status: 200, reasons: [] });
  });

  it('[Y130] writes the newest checkpoint of a world by itself when there is room', async () => {
    const checkpoint = (text: string) => {
      const file = { path: 'checkpoint', bytes: new TextEncoder().encode(text), immutable: false };
      authority.send({ t: 'log', world: worldBytes(room.world), ...file });
    };
    const stored = async () => {
      const file = await relay.store.files.get(room.world, 'checkpoint');
      return file && new TextDecoder().decode(file.bytes);
    };
    checkpoint('one');
    await until(async () => (await stored()) === 'one');
    disk.fill();
    checkpoint('two');
    checkpoint('three');
    await until(async () => (await health()).status === 503);
    disk.free();
    clock.advance(1_000);
    await until(async () => (await stored()) === 'three');
  });
});
