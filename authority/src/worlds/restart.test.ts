import { type Bytes, decodeEntry, ok } from '@fairground/ledger';
import { decodeTailBatch, formatWorldId, TAIL_ROOT } from '@fairground/protocol';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { openMemoryStore } from '../store/memoryStore.ts';
import { createDevice } from '../testing/device.ts';
import { openParty, restart, testKeys } from '../testing/party.ts';
import {
  answerOpen,
  doChores,
  joinAll,
  sealedAnswer,
  testSupplier,
  triviaState,
} from '../testing/players.ts';
import { tally } from '../testing/tally.ts';
import { createGate, gatedStore } from '../testing/trouble.ts';
import { verifyBundle } from '../testing/verify.ts';

const suppliers = { questions: testSupplier };

async function openQuestion() {
  const party = await openParty({ suppliers });
  const [ann, bob] = [createDevice('Ann'), createDevice('Bob')];
  const { world } = await party.create(ann, 'trivia', {
    topics: ['general'],
    questions: 2,
    windowMs: 20_000,
  });
  await joinAll(party, world, 'trivia', [ann, bob]);
  await party.send(ann, world, 'start');
  await party.settle();
  await doChores(party, world, [ann, bob]);
  expect(triviaState(party, world).phase).toBe('open');
  return { party, ann, bob, world };
}

function kindsOf(entries: readonly Bytes[]): string[] {
  return entries.map((bytes) => {
    const entry = decodeEntry(bytes);
    return entry.ok ? entry.value.kind : entry.code;
  });
}

describe('an authority that comes back', () => {
  it('[A70] goes on in the middle of a question: secrets, supplies and seals are found again, everything opens', async () => {
    const { party, ann, bob, world } = await openQuestion();
    await answerOpen(party, world, ann, true);
    const again = await restart(party, { suppliers });
    await again.settle();
    expect(triviaState(again, world).phase).toBe('open');
    await answerOpen(again, world, bob, false);
    await again.clock.advance(3000);
    expect(triviaState(again, world)).toMatchObject({ phase: 'revealed' });
    await again.clock.advance(6000);
    await answerOpen(again, world, ann, true);
    await answerOpen(again, world, bob, true);
    await again.clock.advance(7000);
    expect(triviaState(again, world).seats.map(({ right }) => right)).toEqual([2, 1]);
    expect(await verifyBundle(again, world)).toMatchObject({ valid: true });
    await again.authority.close();
  });

  it('[A71] logs the time it was away, and the game’s deadlines move by it', async () => {
    const { party, world } = await openQuestion();
    const before = triviaState(party, world).questions[0]?.closesAt ?? 0;
    const size = party.follow(world).size;
    const again = await restart(party, { suppliers, startAt: party.clock.now() + 60_000 });
    await again.settle();
    const entries = again.relay.batches(world).flatMap((batch) => batch.entries);
    expect(kindsOf(entries.slice(size))).toEqual(['pause', 'resume']);
    expect(triviaState(again, world).questions[0]?.closesAt).toBe(before + 60_000);
    await again.authority.close();
  });

  it('[A71] logs it also when the first commit after the restart fails', async () => {
    const { party, world } = await openQuestion();
    const before = triviaState(party, world).questions[0]?.closesAt ?? 0;
    const gate = createGate();
    gate.fail('not yet');
    const store = gatedStore(party.store, gate);
    const again = await restart(party, { suppliers, store, startAt: party.clock.now() + 60_000 });
    await again.settle();
    await vi.waitUntil(() => triviaState(again, world).questions[0]?.closesAt !== before, {
      timeout: 60_000,
    });
    expect(triviaState(again, world)).toMatchObject({ phase: 'open' });
    expect(triviaState(again, world).questions[0]?.closesAt).toBe(before + 60_000);
    await again.authority.close();
  });

  it('[A72] opens nothing before it has collected what was under way', async () => {
    const { party, ann, bob, world } = await openQuestion();
    await answerOpen(party, world, ann, true);
    const kept = sealedAnswer(party, world, bob, true);
    await party.clock.advance(19_999);
    const again = await restart(party, { suppliers });
    await again.clock.advance(2000);
    expect(triviaState(again, world).questions[0]?.sk).toBeUndefined();
    expect((await again.relay.send('intent', kept)).status).toBe(200);
    await again.clock.advance(1000);
    const state = triviaState(again, world);
    expect(state).toMatchObject({ phase: 'revealed' });
    expect(state.seats.map(({ right }) => right)).toEqual([1, 1]);
    await again.authority.close();
  });

  it('[A72] waits with all of it until somebody can hear', async () => {
    const { party, world } = await openQuestion();
    const size = party.follow(world).size;
    const again = await restart(party, { suppliers, isDetached: true });
    await again.clock.advance(120_000);
    expect((await again.store.world(world))?.size).toBe(size);
    again.attach();
    await again.settle();
    expect(triviaState(again, world).phase).toBe('open');
    await again.authority.close();
  });

  it('[A73] builds tails that merge into what readers have without a trace', async () => {
    const { party, ann, world } = await openQuestion();
    await answerOpen(party, world, ann, true);
    const before = party.relay.batches(world).length;
    const again = await restart(party, { suppliers });
    await again.settle();
    const fresh = new Y.Doc();
    for (const frame of again.relay.frames)
      if (frame.t === 'doc' && frame.name === `tail:${formatWorldId(world)}`)
        Y.applyUpdate(fresh, new Uint8Array(frame.update));
    const batches = again.relay.batches(world);
    expect(batches.length).toBe(before + 1);
    const firsts = fresh.getArray<Uint8Array>(TAIL_ROOT).map((bytes) => {
      const batch = decodeTailBatch(new Uint8Array(bytes));
      return batch.ok ? batch.value.first : -1;
    });
    expect(firsts).toEqual(batches.map(({ first }) => first));
    await again.authority.close();
  });

  it('[A74] answers a redelivered intent and a redelivered create as before', async () => {
    const party = await openParty({ games: [tally] });
    const ann = createDevice('Ann');
    const create = ann.create({
      authority: testKeys.signer.key,
      ...{ game: 'tally', config: {}, nonce: 9, at: party.clock.now() },
    });
    const made = await party.relay.send('create', create);
    const { world } = made.body as unknown as { world: Bytes };
    const join = ann.intent(world, 'join', {});
    const joined = await party.relay.send('intent', join);
    const again = await restart(party, { games: [tally], startAt: party.clock.now() + 3_600_000 });
    expect(await again.relay.send('create', create)).toMatchObject({ status: 200, body: made.body });
    expect(await again.relay.send('intent', join)).toMatchObject({ status: 200, body: joined.body });
    await again.authority.close();
  });

  it('[A75] a prepared world whose genesis was never logged is made when it is asked for again', async () => {
    const gate = createGate();
    const inner = openMemoryStore();
    const party = await openParty({ games: [tally], store: gatedStore(inner, gate) });
    const ann = createDevice('Ann');
    const create = ann.create({
      authority: testKeys.signer.key,
      game: 'tally',
      config: {},
      nonce: 9,
      at: party.clock.now(),
    });
    gate.hold();
    void party.relay.send('create', create);
    while (gate.waiting === 0) await new Promise((resume) => setImmediate(resume));
    const again = await restart(party, { games: [tally], store: inner });
    const made = await again.relay.send('create', create);
    expect(made.status).toBe(200);
    const rows = await inner.worlds();
    expect(rows.map(({ size }) => size)).toEqual([1]);
    await again.authority.close();
  });
});

describe('supplies', () => {
  it('[A78] are durable before anything is committed to them, and not asked for twice', async () => {
    const trace: string[] = [];
    const gate = createGate();
    let asked = 0;
    const supplier = {
      supply: async () => {
        asked += 1;
        return ok(['a', 'b', `c${asked}`]);
      },
    };
    const store = gatedStore(openMemoryStore(), gate, trace);
    const options = { games: [tally], store, suppliers: { letters: supplier } };
    const party = await openParty(options);
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { needs: 'letters' });
    trace.length = 0;
    await party.send(ann, world, 'join');
    await party.settle();
    expect(trace).toEqual(['commit 1', 'supply', 'commit 1']);
    expect(party.follow(world).state).toMatchObject({ dealt: true });
    const again = await restart(party, options);
    await again.clock.advance(4000);
    expect(asked).toBe(1);
    expect(await again.store.supplies(world)).toMatchObject([{ value: ['a', 'b', 'c1'] }]);
    await again.authority.close();
  });

  it('[A79] a supplier that fails is asked again', async () => {
    let asked = 0;
    const supplier = {
      supply: async () => {
        asked += 1;
        if (asked < 3) throw new Error('busy');
        return ok('at last');
      },
    };
    const party = await openParty({ games: [tally], suppliers: { letters: supplier } });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { needs: 'letters' });
    await party.send(ann, world, 'join');
    await party.clock.advance(5000);
    await party.settle();
    expect(party.follow(world).state).toMatchObject({ dealt: true });
    await party.authority.close();
  });
});
