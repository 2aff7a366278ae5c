import { type Bytes, decodeEntry } from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import type { LogStore } from '../store/ports.ts';
import { type Device, createDevice } from '../testing/device.ts';
import { type Party, devices, openParty, restart } from '../testing/party.ts';
import {
  answerOpen,
  doChores,
  joinAll,
  sealedAnswer,
  testSupplier,
  triviaState,
} from '../testing/players.ts';
import type { Reply } from '../testing/relayEnd.ts';
import { tally } from '../testing/tally.ts';
import { verifyBundle } from '../testing/verify.ts';

const games = [tally];
const suppliers = { questions: testSupplier };

/** The same log, whose entries are said to take so much together. */
function storeOf(store: LogStore, bytes: number): LogStore {
  return {
    ...store,
    world: async (world) => {
      const row = await store.world(world);
      return row && { ...row, bytes };
    },
  };
}

function codeOf({ status, body }: Reply): string {
  const { code, refused } = body as { code?: string; refused?: { code: string } | null };
  return `${status} ${code ?? refused?.code ?? ''}`;
}

async function entriesOf(party: Party, world: Bytes): Promise<readonly Bytes[]> {
  await party.settle();
  return party.store.entries(world, 0, 100_000);
}

/** The rules refuse it, and it is nearly as large as an intent may be. */
const junk = (device: Device, world: Bytes) =>
  device.intent(world, 'add', { count: 1001, pad: 'x'.repeat(7000) });

describe('a full ledger', () => {
  it('[A64] limit ledgerBytes: the entry that reaches it is the last intent; what is in the log keeps its receipt', async () => {
    const party = await openParty({ games });
    const [ann, bob] = devices('Ann', 'Bob') as [Device, Device];
    const { world } = await party.create(ann, 'tally', {});
    await party.settle();
    const again = await restart(party, { games, store: storeOf(party.store, limits.ledgerBytes.max - 1) });
    const join = ann.intent(world, 'join', {});
    const first = await again.relay.send('intent', join, world);
    expect(first.status).toBe(200);
    expect(codeOf(await again.send(bob, world, 'join'))).toBe('413 ledger_full');
    expect(codeOf(await again.send(ann, world, 'add', { count: 1 }))).toBe('413 ledger_full');
    expect((await again.relay.send('intent', join, world)).body).toEqual(first.body);
    expect(await entriesOf(again, world)).toHaveLength(2);
    await again.authority.close();
  });

  it('[A64] what is owed is written all the same: the question is opened, the match ends and verifies', async () => {
    const party = await openParty({ suppliers });
    const [ann, bob] = devices('Ann', 'Bob') as [Device, Device];
    const config = { topics: ['general'], questions: 2, windowMs: 20_000, afterMs: 10_000 };
    const { world } = await party.create(ann, 'trivia', config);
    await joinAll(party, world, 'trivia', [ann, bob]);
    await party.send(ann, world, 'start');
    await party.settle();
    await doChores(party, world, [ann, bob]);
    await answerOpen(party, world, ann, true);
    const again = await restart(party, { suppliers, store: storeOf(party.store, limits.ledgerBytes.max) });
    await again.settle();
    expect(triviaState(again, world).phase).toBe('open');
    const late = sealedAnswer(again, world, bob, true);
    expect(codeOf(await again.relay.send('intent', late, world))).toBe('413 ledger_full');
    const seen = ann.vouch(world, 0, late.payload);
    expect(codeOf(await again.relay.send('seen', seen, world))).toBe('413 ledger_full');
    for (let i = 0; i < 40 && !again.follow(world).closed; i++) await again.clock.advance(5000);
    expect(again.follow(world).closed).toMatchObject({ reason: expect.any(String) as string });
    expect(triviaState(again, world).seats.map(({ right }) => right)).toEqual([1, 0]);
    expect(await verifyBundle(again, world)).toMatchObject({ valid: true });
    // It is over now, and that is what is said.
    expect(codeOf(await again.relay.send('intent', late, world))).toBe('410 world_closed');
    await again.authority.close();
  });
});

describe('what the rules refuse', () => {
  it('[A65] limit refusedBytes: is logged up to a budget of its seat, and past it leaves no trace', async () => {
    const party = await openParty({ games });
    const [ann, bob] = devices('Ann', 'Bob') as [Device, Device];
    const { world } = await party.create(ann, 'tally', {});
    for (const device of [ann, bob]) await party.send(device, world, 'join');
    for (let i = 0; i < 3; i++)
      expect(codeOf(await party.relay.send('intent', junk(ann, world), world))).toBe('200 too_much');
    const size = (await entriesOf(party, world)).length;
    const chain = { ...ann.chain(world) };
    const dropped = junk(ann, world);
    const reply = await party.relay.send('intent', dropped, world);
    expect(codeOf(reply)).toBe('429 rate_limited');
    expect(await entriesOf(party, world)).toHaveLength(size);
    // Its number is free, what the rules admit is admitted, and others have a budget of their own.
    Object.assign(ann.chain(world), chain);
    expect(codeOf(await party.send(ann, world, 'add', { count: 1 }))).toBe('200 ');
    expect(codeOf(await party.relay.send('intent', junk(bob, world), world))).toBe('200 too_much');
    const later = junk(ann, world);
    const { retryAfter } = reply.body as unknown as { readonly retryAfter: number };
    await party.clock.advance((retryAfter - 2) * 1000);
    expect(codeOf(await party.relay.send('intent', later, world))).toBe('429 rate_limited');
    await party.clock.advance(3000);
    expect(codeOf(await party.relay.send('intent', later, world))).toBe('200 too_much');
    await party.authority.close();
  });

  it('[X63] vandals at full speed fill no ledger, and who plays meanwhile notices nothing', async () => {
    const party = await openParty({ games });
    const ann = createDevice('Ann');
    const vandals = devices('Mal', 'Mel', 'Mol');
    const { world } = await party.create(ann, 'tally', {});
    for (const device of [ann, ...vandals]) await party.send(device, world, 'join');
    let tries = 0;
    for (let round = 0; round < 60; round++) {
      for (const vandal of vandals) {
        const chain = { ...vandal.chain(world) };
        const code = codeOf(await party.relay.send('intent', junk(vandal, world), world));
        expect(code).toMatch(/^(200 too_much|429 rate_limited)$/);
        if (code !== '200 too_much') Object.assign(vandal.chain(world), chain);
        tries += 7000;
      }
      await party.clock.advance(1000);
      if (round % 6 === 0) expect(codeOf(await party.send(ann, world, 'add', { count: 1 }))).toBe('200 ');
    }
    const refused = (await entriesOf(party, world)).filter((bytes) => {
      const entry = decodeEntry(bytes);
      return entry.ok && entry.value.kind === 'intent' && entry.value.refused !== undefined;
    });
    // A full budget, what came back in the minute, and the one that goes past it.
    const most = vandals.length * (2 * limits.refusedBytes.max + 8192);
    const grown = refused.reduce((sum, { length }) => sum + length, 0);
    expect(tries).toBeGreaterThan(10 * most);
    expect(grown).toBeLessThanOrEqual(most);
    expect(party.follow(world).state).toMatchObject({ total: 10 });
    await party.authority.close();
  });
});
