import { createLive, type Peer } from '@fairground/peer';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadPeer } from '#lib/play/connection.svelte.ts';
import { isRoomId } from './address.ts';
import { openRoom } from './openRoom.svelte.ts';

vi.mock('#lib/play/connection.svelte.ts', () => ({
  loadPeer: vi.fn(),
  noteStatus: () => {},
  whyLost: async () => 'unreachable',
}));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const id = 'a'.repeat(26);

/** Of a relay that knows no such room. */
const answering = {
  room: () => ({ status: createLive('offline'), worldHint: createLive(undefined), close: () => {} }),
  roomInfo: async () => ({ ok: false, code: 'room_unknown' }),
} as unknown as Peer;

it('[U249] a room that is opened while a part of the app cannot be fetched says so, and opens once it can', async () => {
  if (!isRoomId(id)) throw new Error('no room is called so');
  vi.mocked(loadPeer).mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValue(answering);
  const room = openRoom(id, undefined);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(room.problem).toBe('unreachable');
  await vi.advanceTimersByTimeAsync(1);
  expect(room.problem).toBe('room_unknown');
  room.close();
});

it('[U249] one that was left meanwhile is not', async () => {
  if (!isRoomId(id)) throw new Error('no room is called so');
  vi.mocked(loadPeer).mockReset().mockRejectedValue(new TypeError('Failed to fetch'));
  const room = openRoom(id, undefined);
  await vi.advanceTimersByTimeAsync(0);
  room.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loadPeer).toHaveBeenCalledTimes(1);
});
