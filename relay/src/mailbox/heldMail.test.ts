import { type SignedPair, equalBytes } from '@fairground/ledger';
import { type MailFrame, type ToAuthority, worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

let clock: ReturnType<typeof handClock>;
let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;

beforeEach(async () => {
  clock = handClock();
  relay = await startRelay({ clock });
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
});
afterEach(() => relay.close());

const isIntent = (frame: ToAuthority): frame is MailFrame => frame.t === 'mail' && frame.kind === 'intent';
const intents = () => authority.mail.filter(isIntent);
const reply = (frame: ToAuthority, status: number, body: { readonly [name: string]: unknown }) => {
  if (isIntent(frame)) authority.send({ t: 'reply', id: frame.id, status, body: body as never });
};
const halt = (frame: ToAuthority) => reply(frame, 503, { code: 'world_halted' });
const receipt = { receipt: [new Uint8Array([1, 2]), new Uint8Array(64)], refused: null };
const pending = async () => (await relay.store.mailbox.pending()).length;
const post = async (pair?: SignedPair) =>
  (await postIntent(relay, room.world, pair ?? (await signedIntent(person(), room.world)))).status;

describe('[Y53a] mail for a world that stands still', () => {
  it('is kept, handed over again, and forgotten when it is answered', async () => {
    authority.answer = halt;
    expect(await post()).toBe(202);
    expect([intents().length, await pending()]).toEqual([1, 1]);
    clock.advance(1_000);
    await until(() => intents().length === 2);
    authority.answer = (frame) => reply(frame, 200, receipt);
    clock.advance(2_000);
    await until(async () => (await pending()) === 0);
    expect(intents()).toHaveLength(3);
    expect(new Set(intents().map(({ id }) => id)).size).toBe(1);
    clock.advance(600_000);
    expect(await post()).toBe(200);
    expect(intents()).toHaveLength(4);
  });

  it('is handed over ever less often, at least once a minute', async () => {
    const at: number[] = [];
    authority.answer = (frame) => {
      at.push(clock.now());
      halt(frame);
    };
    expect(await post()).toBe(202);
    for (let s = 0; s < 300; s++) {
      clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve)); // the link is in memory
    }
    const gaps = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(gaps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('waits as long as the authority says', async () => {
    authority.answer = (frame) => reply(frame, 503, { code: 'world_halted', retryAfter: 30 });
    expect(await post()).toBe(202);
    clock.advance(29_000);
    expect(intents()).toHaveLength(1);
    clock.advance(1_000);
    await until(() => intents().length === 2);
  });

  it('follows at once, all of it, when one of it is answered', async () => {
    authority.answer = halt;
    const [one, two] = [await signedIntent(person(), room.world), await signedIntent(person(), room.world)];
    expect([await post(one), await post(two)]).toEqual([202, 202]);
    authority.answer = (frame) => reply(frame, 200, receipt);
    expect(await post()).toBe(200);
    await until(async () => (await pending()) === 0);
  });

  it('is answered at once that it is kept when it is posted again meanwhile', async () => {
    authority.answer = halt;
    const pair = await signedIntent(person(), room.world);
    expect([await post(pair), await post(pair)]).toEqual([202, 202]);
    expect(intents()).toHaveLength(1);
  });

  it('holds up no other world', async () => {
    const other = await publishRoom(relay, authority);
    authority.answer = (frame) => {
      const { world } = frame as MailFrame;
      if (world && equalBytes(world, worldBytes(other.world))) reply(frame, 200, receipt);
      else halt(frame);
    };
    expect(await post()).toBe(202);
    const pair = await signedIntent(person(), other.world);
    expect((await postIntent(relay, other.world, pair)).status).toBe(200);
    expect(await pending()).toBe(1);
  });
});
