import {
  type Bytes,
  bytesToBase32,
  decodeEntry,
  leafHash,
  parseTlogProof,
  unwrap,
  verifyInclusion,
  parseNote,
  parseCheckpoint,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { createDevice, labelled } from '../testing/device.ts';
import { type Party, devices, openParty, testKeys } from '../testing/party.ts';
import type { Reply } from '../testing/relayEnd.ts';
import { tally } from '../testing/tally.ts';

async function table() {
  const party = await openParty({ games: [tally] });
  const [ann, bob] = devices('Ann', 'Bob');
  if (!ann || !bob) throw new Error('two devices');
  const { world } = await party.create(ann, 'tally', { goal: 10 });
  return { party, ann, bob, world };
}

function codeOf({ status, body }: Reply): string {
  return `${status} ${status === 200 ? '' : ((body as { readonly code?: string }).code ?? '')}`;
}

async function sizeOf(party: Party, world: Bytes): Promise<number> {
  await party.settle();
  return (await party.store.world(world))?.size ?? -1;
}

describe('intents that leave no trace', () => {
  it('[A50] a bad signature, whatever else is good', async () => {
    const { party, ann, world } = await table();
    const mail = ann.intent(world, 'join', {});
    const sig = mail.sig.map((byte, i) => (i === 7 ? byte ^ 1 : byte));
    expect(codeOf(await party.relay.send('intent', { ...mail, sig }))).toBe('400 signature_invalid');
    const other = createDevice('Eve').intent(world, 'join', {});
    expect(codeOf(await party.relay.send('intent', { ...mail, sig: other.sig }))).toBe(
      '400 signature_invalid',
    );
    expect(await sizeOf(party, world)).toBe(1);
    // The honest copy is not spoilt by the garbled one.
    expect((await party.relay.send('intent', mail)).status).toBe(200);
    await party.authority.close();
  });

  it('[A50] what is too large, no intent, for another world, or of an unknown shape', async () => {
    const { party, ann, bob, world } = await table();
    const large = ann.intent(world, 'join', { pad: 'x'.repeat(8000) });
    expect(codeOf(await party.relay.send('intent', large))).toBe('413 intent_too_large');
    const sig = large.sig;
    expect(codeOf(await party.relay.send('intent', { payload: new Uint8Array([1, 2]), sig }))).toBe(
      '400 intent_malformed',
    );
    const elsewhere = createDevice('Ann').intent(world, 'join', {});
    expect(codeOf(await party.relay.send('intent', elsewhere, labelled('other')))).toBe('400 world_mismatch');
    expect(codeOf(await party.send(bob, labelled('nowhere'), 'join'))).toBe('404 world_unknown');
    const shape = createDevice('Cy').intent(world, 'dance', {});
    expect(codeOf(await party.relay.send('intent', shape))).toBe('400 intent_shape');
    expect(await sizeOf(party, world)).toBe(1);
    await party.authority.close();
  });

  it("[A51] a key's first intent that the rules refuse", async () => {
    const { party, bob, world } = await table();
    expect(codeOf(await party.send(bob, world, 'add', { count: 1 }))).toBe('403 seat_unknown');
    expect(await sizeOf(party, world)).toBe(1);
    // The number is not used up.
    expect((await party.send(createDevice('Bob'), world, 'join')).status).toBe(200);
    await party.authority.close();
  });

  it('[A52] a gap in the chain, and a wrong predecessor', async () => {
    const { party, ann, world } = await table();
    await party.send(ann, world, 'join');
    ann.chain(world).seq = 3;
    expect(codeOf(await party.send(ann, world, 'add', { count: 1 }))).toBe('409 chain_gap');
    ann.chain(world).seq = 1;
    ann.chain(world).prev = labelled('nonsense');
    expect(codeOf(await party.send(ann, world, 'add', { count: 1 }))).toBe('409 chain_prev');
    expect(await sizeOf(party, world)).toBe(2);
    await party.authority.close();
  });
});

describe('intents that are logged', () => {
  it('[A53] a later one that the rules refuse is logged with its code and uses up its number', async () => {
    const { party, ann, world } = await table();
    await party.send(ann, world, 'join');
    const refused = await party.send(ann, world, 'add', { count: 11 });
    expect(refused).toMatchObject({ status: 200, body: { refused: { code: 'too_much' } } });
    expect((await party.send(ann, world, 'add', { count: 10 })).status).toBe(200);
    await party.settle();
    const { heads, state, closed } = party.follow(world);
    expect([...heads.values()].map(({ seq }) => seq)).toEqual([2]);
    expect(state).toMatchObject({ total: 10 });
    expect(closed).toMatchObject({ reason: 'goal' });
    await party.authority.close();
  });

  it('[A54] the same one again gets the same receipt: in flight, after it, and when the world is closed', async () => {
    const { party, ann, world } = await table();
    const join = ann.intent(world, 'join', {});
    const [first, copy] = await Promise.all([
      party.relay.send('intent', join),
      party.relay.send('intent', join),
    ]);
    const add = ann.intent(world, 'add', { count: 10 });
    await party.relay.send('intent', add);
    expect(await party.relay.send('intent', join)).toMatchObject({ status: 200, body: first.body });
    expect(copy.body).toEqual(first.body);
    await party.settle();
    expect(party.follow(world).closed).toBeDefined();
    expect((await party.relay.send('intent', join)).body).toEqual(first.body);
    expect(codeOf(await party.send(ann, world, 'add', { count: 1 }))).toBe('410 world_closed');
    expect(await sizeOf(party, world)).toBe(5);
    await party.authority.close();
  });

  it('[A55] of two with one number the first durable one stands, the other is a fork', async () => {
    const { party, ann, world } = await table();
    await party.send(ann, world, 'join');
    const twin = createDevice('Ann');
    twin.chain(world).seq = 1;
    twin.chain(world).prev = ann.chain(world).prev;
    const [one, two] = await Promise.all([
      party.send(ann, world, 'add', { count: 1 }),
      party.send(twin, world, 'add', { count: 2 }),
    ]);
    expect([codeOf(one), codeOf(two)]).toEqual(['200 ', '409 fork']);
    await party.settle();
    expect(party.follow(world).state).toMatchObject({ total: 1 });
    await party.authority.close();
  });

  it('[A56] a round trip is believed up to a second', async () => {
    const { party, ann, world } = await table();
    await party.relay.send('intent', ann.intent(world, 'join', {}), world, 99_999);
    await party.settle();
    const entries = party.relay.batches(world).flatMap((batch) => batch.entries);
    expect(decodeEntry(entries[1] ?? new Uint8Array(0))).toMatchObject({
      value: { rtt: 1000, via: 'relay' },
    });
    await party.authority.close();
  });
});

describe('heads', () => {
  it('[A57] a key’s head comes with a proof that it is in the published log', async () => {
    const { party, ann, bob, world } = await table();
    for (const device of [ann, bob]) await party.send(device, world, 'join');
    await party.send(ann, world, 'add', { count: 1 });
    await party.send(bob, world, 'add', { count: 1 });
    const reply = await party.relay.head(world, ann.key);
    const { seq, hash, index, proof } = reply.body as {
      seq: number;
      hash: Bytes;
      index: number;
      proof: string;
    };
    expect({ seq, hash }).toEqual({ seq: 1, hash: ann.chain(world).prev });
    const parsed = unwrap(parseTlogProof(proof));
    const { size, root } = unwrap(parseCheckpoint(unwrap(parseNote(parsed.checkpoint)).text));
    const [entry] = await party.store.entries(world, index, index + 1);
    const leaf = leafHash(entry ?? new Uint8Array(0));
    const claim = { leaf, index: BigInt(index), size: BigInt(size), root, proof: parsed.proof };
    expect(verifyInclusion(claim).ok).toBe(true);
    expect(codeOf(await party.relay.head(world, labelled('nobody')))).toBe('404 head_unknown');
    await party.authority.close();
  });
});

describe('creating worlds', () => {
  const request = (at: number) => ({
    authority: testKeys.signer.key,
    game: 'tally',
    config: {},
    nonce: 1,
    at,
  });

  it('[A60] a request makes one world, however often it comes', async () => {
    const { party, ann } = await table();
    const mail = ann.create({ ...request(party.clock.now()), nonce: 77 });
    const replies = await Promise.all([party.relay.send('create', mail), party.relay.send('create', mail)]);
    expect(replies[0]).toMatchObject({ status: 200 });
    expect(replies[1]?.body).toEqual(replies[0]?.body);
    expect((await party.relay.send('create', mail)).body).toEqual(replies[0]?.body);
    expect(await party.store.worlds()).toHaveLength(2);
    await party.authority.close();
  });

  it('[A60] stale, replayed, garbled, misdirected and senseless requests are refused', async () => {
    const { party, ann } = await table();
    const at = party.clock.now();
    const ask = async (change: object, garble = false) => {
      const mail = ann.create({ ...request(at), nonce: 50, ...change });
      const sig = garble ? mail.sig.map((byte) => byte ^ 1) : mail.sig;
      return codeOf(await party.relay.send('create', { ...mail, sig }));
    };
    expect(await ask({ at: at - 6 * 60_000 })).toBe('400 create_stale');
    expect(await ask({ at: at + 6 * 60_000 })).toBe('400 create_stale');
    expect(await ask({}, true)).toBe('400 signature_invalid');
    expect(await ask({ authority: ann.key })).toBe('404 authority_unknown');
    expect(await ask({ game: 'chess' })).toBe('400 game_unknown');
    expect(await ask({ config: { goal: 'far' } })).toBe('400 config_invalid');
    expect(await ask({ room: new Uint8Array(16) })).toBe('404 room_unknown');
    expect(await party.store.worlds()).toHaveLength(1);
    expect(await ask({})).toBe('200 ');
    expect(await ask({ config: { goal: 4 } })).toBe('409 create_replayed');
    await party.authority.close();
  });

  it('[A61] visibility decides about code and capability, and codes do not count up', async () => {
    const { party, ann } = await table();
    const made = async (visibility: 'listed' | 'unlisted' | 'private', nonce: number) => {
      const mail = ann.create({ ...request(party.clock.now()), nonce, visibility });
      return (await party.relay.send('create', mail)).body as { cap: Bytes | null; code: string | null };
    };
    expect(await made('listed', 2)).toMatchObject({ cap: null, code: expect.stringMatching(/^\d{6}$/) });
    expect(await made('private', 3)).toMatchObject({ cap: { length: 16 }, code: null });
    const codes: number[] = [];
    for (let nonce = 10; nonce < 30; nonce++) codes.push(Number((await made('unlisted', nonce)).code));
    expect(new Set(codes).size).toBe(20);
    expect(codes.filter((code, i) => i > 0 && Math.abs(code - (codes[i - 1] ?? 0)) < 100)).toEqual([]);
    await party.authority.close();
  });

  it('[A62] the next world of a room is its host’s to ask for, and ends the one before', async () => {
    const { party, ann, bob, world } = await table();
    const { room } = (await party.store.rooms())[0] ?? {};
    if (!room) throw new Error('a room');
    const ask = (device: typeof ann, nonce: number) =>
      party.relay.send('create', device.create({ ...request(party.clock.now()), nonce, room }));
    expect(codeOf(await ask(bob, 40))).toMatch(/ not_host$/);
    const next = await ask(ann, 41);
    expect(next).toMatchObject({ status: 200, body: { room } });
    await party.settle();
    expect(party.follow(world).closed).toMatchObject({ reason: 'abandoned' });
    const shown = party.relay.frames.filter((frame) => frame.t === 'room').at(-1);
    const { world: nextWorld } = next.body as unknown as { world: Bytes };
    expect(shown && bytesToBase32(shown.world)).toBe(bytesToBase32(nextWorld));
    await party.authority.close();
  });

  it('[A63] the world’s secret is durable before its genesis is', async () => {
    const party = await openParty({ games: [tally] });
    const calls: string[] = [];
    const { prepare, append } = party.store;
    Object.assign(party.store, {
      prepare: async (plan: Parameters<typeof prepare>[0]) => {
        await prepare(plan);
        calls.push('secret');
      },
      append: async (commit: Parameters<typeof append>[0]) => {
        calls.push('genesis');
        await append(commit);
      },
    });
    await party.create(createDevice('Ann'), 'tally', {});
    expect(calls).toEqual(['secret', 'genesis']);
    await party.authority.close();
  });
});
