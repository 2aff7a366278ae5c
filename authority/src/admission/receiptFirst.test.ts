import { describe, expect, it } from 'vitest';
import { devices, openParty } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';

describe('what an intent sets off', () => {
  it('[A93] is told to everybody after the sender has its receipt', async () => {
    const party = await openParty({ games: [tally] });
    const [ann] = devices('Ann');
    if (!ann) throw new Error('a device');
    const { world } = await party.create(ann, 'tally', { goal: 3 });
    await party.send(ann, world, 'join');
    // The goal is reached: the world owes its close.
    const seen = party.relay.frames.length;
    const { status } = await party.send(ann, world, 'add', { count: 3 });
    expect(status).toBe(200);
    const atReceipt = party.relay.batches(world).flatMap(({ entries }) => entries).length;
    await party.settle();
    expect(party.relay.batches(world).flatMap(({ entries }) => entries).length).toBeGreaterThan(atReceipt);
    expect(party.follow(world).closed?.reason).toBe('goal');
    const kinds = party.relay.frames.slice(seen).map(({ t }) => t);
    expect(kinds.indexOf('reply')).toBeLessThan(kinds.lastIndexOf('doc'));
    await party.authority.close();
  });
});
