import { type Bytes, type SeenEntry, decodeEntry } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../store/memoryStore.ts';
import { createDevice } from '../testing/device.ts';
import { type Party, openParty, restart } from '../testing/party.ts';
import {
  answerOpen,
  doChores,
  joinAll,
  sealedAnswer,
  testSupplier,
  triviaState,
} from '../testing/players.ts';
import { createGate, gatedStore } from '../testing/trouble.ts';
import { verifyBundle } from '../testing/verify.ts';

const suppliers = { questions: testSupplier };

/** A question is open; Cid has answered, and his answer is on its way. */
async function lateAnswer() {
  const gate = createGate();
  const party = await openParty({ suppliers, store: gatedStore(openMemoryStore(), gate) });
  const [ann, bob, cid] = [createDevice('Ann'), createDevice('Bob'), createDevice('Cid')];
  const players = [ann, bob, cid];
  const config = { topics: ['general'], questions: 2, windowMs: 20_000 };
  const { world } = await party.create(ann, 'trivia', config);
  await joinAll(party, world, 'trivia', players);
  await party.send(ann, world, 'start');
  await party.settle();
  await doChores(party, world, players);
  expect(triviaState(party, world).phase).toBe('open');
  const late = sealedAnswer(party, world, cid, true);
  return { party, gate, world, ann, bob, cid, players, late };
}

function seenEntries(party: Party, world: Bytes): readonly SeenEntry[] {
  const entries = party.relay.batches(world).flatMap((batch) => batch.entries);
  return entries.flatMap((bytes) => {
    const entry = decodeEntry(bytes);
    return entry.ok && entry.value.kind === 'seen' ? entry.value : [];
  });
}

describe('sightings', () => {
  it('[A58] of a majority before the reveal: an answer that comes after it scores', async () => {
    const { party, world, ann, bob, late } = await lateAnswer();
    for (const friend of [ann, bob]) {
      const reply = await party.relay.send('seen', friend.vouch(world, 0, late.payload), world);
      expect(reply).toEqual(expect.objectContaining({ status: 200, body: { logged: true } }));
      await answerOpen(party, world, friend, false);
    }
    await party.clock.advance(22_000);
    expect(triviaState(party, world).phase).toBe('revealed');
    const counted = await party.relay.send('intent', late, world);
    expect(counted).toMatchObject({ status: 200, body: { refused: null } });
    await party.settle();
    expect(triviaState(party, world).seats.map(({ right }) => right)).toEqual([0, 0, 1]);
    expect(triviaState(party, world).seats[2]?.points).toBeGreaterThan(0);
    expect(await verifyBundle(party, world)).toMatchObject({ valid: true, failure: null });
    await party.authority.close();
  });

  it('[A58] of too few: it is refused as too late, and logged', async () => {
    const { party, world, ann, late } = await lateAnswer();
    await party.relay.send('seen', ann.vouch(world, 0, late.payload), world);
    await party.clock.advance(22_000);
    expect(triviaState(party, world).phase).toBe('revealed');
    const size = party.follow(world).size;
    const reply = await party.relay.send('intent', late, world);
    expect(reply).toMatchObject({ status: 200, body: { refused: { code: 'too_late' } } });
    expect(party.follow(world).size).toBe(size + 1);
    expect(await verifyBundle(party, world)).toMatchObject({ valid: true });
    await party.authority.close();
  });

  it('[A59] are one entry a commit, each once, however many come', async () => {
    const { party, gate, world, players, late } = await lateAnswer();
    gate.hold();
    const first = party.relay.send('seen', players[0]?.vouch(world, 0, late.payload) ?? late, world);
    while (gate.waiting === 0) await new Promise((resume) => setImmediate(resume));
    const rest = [1, 2, 1].map((i) =>
      party.relay.send('seen', players[i]?.vouch(world, 0, late.payload) ?? late, world),
    );
    for (let i = 0; i < 20; i++) await new Promise((resume) => setImmediate(resume));
    gate.release();
    const replies = await Promise.all([first, ...rest]);
    expect(replies.map(({ body }) => body)).toEqual([true, true, true, false].map((logged) => ({ logged })));
    expect(seenEntries(party, world).map(({ seen }) => seen.length)).toEqual([1, 1, 1]);
    await party.authority.close();
  });

  it('[A59] that came while the one before was collected share the next entry', async () => {
    const { party, world, players, late } = await lateAnswer();
    const replies = await Promise.all(
      players.map((one) => party.relay.send('seen', one.vouch(world, 0, late.payload), world)),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(seenEntries(party, world).map(({ seen }) => seen.length)).toEqual([1, 2]);
    await party.authority.close();
  });

  it('[A59] the rules have no use for leave no trace', async () => {
    const { party, world, ann, bob, late } = await lateAnswer();
    const other = sealedAnswer(party, world, bob, true);
    await party.relay.send('intent', other, world);
    const useless = [
      createDevice('Eve').vouch(world, 0, late.payload),
      ann.vouch(world, 1, late.payload),
      ann.vouch(world, 0, other.payload),
    ];
    for (const mail of useless)
      expect(await party.relay.send('seen', mail, world)).toMatchObject({ body: { logged: false } });
    const bad = ann.vouch(world, 0, late.payload);
    const codes = [];
    for (const mail of [
      { ...bad, payload: new Uint8Array(9) },
      { ...bad, sig: new Uint8Array(64) },
    ])
      codes.push((await party.relay.send('seen', mail, world)).body);
    const mismatch = await party.relay.send('seen', bad, new Uint8Array(32));
    codes.push(mismatch.body);
    codes.push((await party.relay.send('seen', ann.vouch(new Uint8Array(32), 0, late.payload))).body);
    expect(codes).toMatchObject(
      ['seen_malformed', 'signature_invalid', 'world_mismatch', 'world_unknown'].map((code) => ({ code })),
    );
    expect(seenEntries(party, world)).toEqual([]);
    await party.authority.close();
  });

  it('[A59] survive a failed commit and come in while an authority that came back collects', async () => {
    const { party, gate, world, ann, bob, late } = await lateAnswer();
    gate.fail('disk full');
    const reply = await party.relay.send('seen', ann.vouch(world, 0, late.payload), world);
    expect(reply.body).toEqual({ logged: true });
    const again = await restart(party, { suppliers });
    const second = await again.relay.send('seen', bob.vouch(world, 0, late.payload), world);
    expect(second.body).toEqual({ logged: true });
    expect(seenEntries(again, world)).toHaveLength(2);
    await again.clock.advance(30_000);
    expect(await again.relay.send('intent', late, world)).toMatchObject({ body: { refused: null } });
    await again.authority.close();
  });
});
