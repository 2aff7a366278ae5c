import {
  type Bytes,
  bytesToUtf8,
  formatAddCheckpoint,
  heirBytes,
  leafHash,
  merkleRoot,
  publicKeyFromSeed,
  seedSigner,
  signCheckpoint,
  signEd25519,
} from '@fairground/ledger';
import { type FormerKey, worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memoryStore.ts';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  authoritySeed,
  person,
  postIntent,
  publishRoom,
  random,
  signedIntent,
  startRelay,
  until,
} from '../testing/party.ts';

const receipt = [new Uint8Array([1, 2]), new Uint8Array(64)] as const;
const heirSeed = new Uint8Array(32).fill(9);
let kept = createMemoryStore();
let relay: TestRelay;
let old: HandAuthority;
let room: TestRoom;

beforeEach(async () => {
  kept = createMemoryStore();
  relay = await startRelay({ store: kept });
  old = attachAuthority(relay);
  room = await publishRoom(relay, old);
});
afterEach(() => relay.close());

/** What a key and its heir say; `by` signs for the heir. */
function word(seed: Bytes, heir: Bytes, by = heirSeed): FormerKey {
  const key = publicKeyFromSeed(seed);
  const message = heirBytes({ key, heir: publicKeyFromSeed(heir) });
  return { key, sigOld: signEd25519(seed, message), sigNew: signEd25519(by, message) };
}

const origin = () => `test.local/abc/${room.world}`;
const leaves = Array.from({ length: 9 }, (_, i) => leafHash(new Uint8Array([i])));

async function cosign(seed: Bytes, from: number, size: number): Promise<number> {
  const root = merkleRoot(leaves.slice(0, size));
  const note = bytesToUtf8(await signCheckpoint(seedSigner(seed), { origin: origin(), size, root })) ?? '';
  const body = formatAddCheckpoint({ oldSize: from, proof: [], note });
  return (await fetch(`${relay.http}/witness/add-checkpoint`, { method: 'POST', body })).status;
}

/** Whether what people say in the world goes to this authority. */
async function isTaken(hand: HandAuthority): Promise<boolean> {
  hand.answer = (frame) => {
    if (frame.t === 'mail' && frame.kind === 'intent')
      hand.send({ t: 'reply', id: frame.id, status: 200, body: { receipt: [...receipt], refused: null } });
  };
  return (await postIntent(relay, room.world, await signedIntent(person(), room.world))).status === 200;
}

describe('[Y160] an authority whose key was handed on', () => {
  it('has the worlds, the mail that waits and the documents of its earlier key, also after a restart of the relay', async () => {
    old.close();
    const waiting = await signedIntent(person(), room.world);
    await until(async () => (await postIntent(relay, room.world, waiting)).status === 202);
    const heir = attachAuthority(relay, 2, { seed: heirSeed, former: [word(authoritySeed, heirSeed)] });
    await until(() => heir.mail.some((frame) => frame.t === 'mail' && frame.kind === 'intent'));
    expect((await kept.rooms.all()).heirs).toHaveLength(1);
    await relay.close();
    relay = await startRelay({ store: kept });
    const again = attachAuthority(relay, 3, { seed: heirSeed });
    expect(await isTaken(again)).toBe(true);
  });

  it('sends a start with the earlier key away: it runs on an old copy of the data folder', async () => {
    let isOldClosed = false;
    old.port.onClose(() => (isOldClosed = true));
    attachAuthority(relay, 2, { seed: heirSeed, former: [word(authoritySeed, heirSeed)] });
    await until(() => isOldClosed);
    let isStaleClosed = false;
    attachAuthority(relay, 9).port.onClose(() => (isStaleClosed = true));
    await until(() => isStaleClosed);
    expect(isStaleClosed).toBe(true);
  });

  it('needs both keys’ word: a stranger inherits nothing', async () => {
    const strangers = new Uint8Array(32).fill(3);
    const forged = [
      word(authoritySeed, strangers),
      { ...word(authoritySeed, heirSeed), sigOld: random(64) },
      { ...word(strangers, strangers, strangers), key: publicKeyFromSeed(authoritySeed) },
    ];
    const thief = attachAuthority(relay, 9, { seed: strangers, former: forged });
    thief.send({ t: 'doc', name: `tail:${room.world}`, update: new Uint8Array([0, 0]) });
    thief.send({ t: 'world', world: worldBytes(room.world), room: random(16), origin: 'x' });
    expect(await isTaken(old)).toBe(true);
    expect((await kept.rooms.all()).heirs).toEqual([]);
    expect(thief.mail.filter((frame) => frame.t === 'mail')).toEqual([]);
  });

  it('[Y161] is witnessed on under the new key; the old one can repeat what is known, and lead nowhere', async () => {
    expect(await cosign(authoritySeed, 0, 4)).toBe(200);
    attachAuthority(relay, 2, { seed: heirSeed, former: [word(authoritySeed, heirSeed)] });
    await until(async () => (await kept.rooms.all()).heirs.length === 1);
    expect(await cosign(authoritySeed, 4, 4)).toBe(200);
    expect(await cosign(authoritySeed, 4, 5)).toBe(403);
    expect(await cosign(heirSeed, 4, 4)).toBe(200);
  });
});
