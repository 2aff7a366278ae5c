import { afterEach, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memoryStore.ts';
import { type TestRelay, attachAuthority, publishRoom, startRelay } from '../testing/party.ts';

let test: TestRelay | undefined;
afterEach(() => test?.close());

/** Rejects so many times, and then does what it should. */
function failing<Args extends readonly unknown[]>(times: number, act: (...args: Args) => Promise<void>) {
  let left = times;
  return (...args: Args): Promise<void> => (left-- > 0 ? Promise.reject(new Error('full')) : act(...args));
}

it('[Y140] a room and a world that a full disk refuses at first are known in the end, and what is said of them (seed 30)', async () => {
  const store = createMemoryStore();
  const rooms = {
    ...store.rooms,
    putRoom: failing(2, store.rooms.putRoom),
    putWorld: failing(1, store.rooms.putWorld),
  };
  test = await startRelay({ store: { ...store, rooms } });
  const authority = attachAuthority(test);
  const { room, world } = await publishRoom(test, authority);
  const response = await fetch(`${test.http}/rooms/${room}`);
  expect(await response.json()).toMatchObject({ room, world });
});
