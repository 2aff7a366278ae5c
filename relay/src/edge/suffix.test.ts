import { encodeTailBatch, limits, paths, worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  publishRoom,
  startRelay,
  until,
} from '../testing/party.ts';

let relay: TestRelay;
let hand: HandAuthority;
let room: TestRoom;
beforeEach(async () => {
  relay = await startRelay();
  hand = attachAuthority(relay);
  room = await publishRoom(relay, hand, 'unlisted');
});
afterEach(() => relay.close());

const headers = () => ({ 'fairground-capability': room.cap ?? '' });
const sought = async (more = headers()) =>
  (await fetch(relay.http + paths.sought(room.world), { headers: more })).json() as Promise<{
    readonly sought?: unknown;
    readonly code?: string;
  }>;
const bring = (body: Uint8Array) =>
  fetch(relay.http + paths.suffix(room.world), {
    method: 'POST',
    headers: headers(),
    body: new Uint8Array(body),
  });
const batch = (first: number) =>
  encodeTailBatch({ first, entries: [new Uint8Array([1])], checkpoint: new Uint8Array([2]) });

describe('[Y124] what an authority has lost', () => {
  it('is said and taken only as long as it is sought, and only to whoever may read the world; limit suffixBytes: 8 MiB, limit suffixes: six a minute', async () => {
    expect(await sought()).toEqual({ sought: null });
    expect(await (await bring(batch(3))).json()).toEqual({ taken: false });
    hand.answer = (frame) => {
      if (frame.t !== 'mail' || frame.kind !== 'suffix') return;
      hand.send({ t: 'reply', id: frame.id, status: 200, body: { taken: true } });
    };
    hand.send({ t: 'seek', world: worldBytes(room.world), range: { from: 3, size: 9 } });
    await until(async () => (await sought()).sought !== null);
    expect(await sought()).toEqual({ sought: { from: 3, size: 9 } });
    expect((await sought({ 'fairground-capability': '' })).code).toBe('capability_needed');
    expect((await bring(batch(4))).status).toBe(400); // a gap
    expect((await bring(new Uint8Array([1, 2]))).status).toBe(400);
    expect(await (await bring(batch(3))).json()).toEqual({ taken: true });
    expect(hand.mail.filter((frame) => frame.t === 'mail' && frame.kind === 'suffix')).toHaveLength(1);
    expect((await bring(new Uint8Array(limits.suffixBytes.max + 1))).status).toBe(413);
    const codes = await Promise.all(
      Array.from({ length: limits.suffixes.max }, async () => (await bring(batch(3))).status),
    );
    expect(codes).toContain(429);
    hand.close();
    await until(async () => (await sought()).sought === null);
  });
});
