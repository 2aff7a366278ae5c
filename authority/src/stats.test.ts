import { describe, expect, it } from 'vitest';
import { createDevice } from './testing/device.ts';
import { type Party, openParty } from './testing/party.ts';
import { tally } from './testing/tally.ts';
import { createGate, gatedLock } from './testing/trouble.ts';
import { openMemoryLock } from './lock/memoryLock.ts';

function newest({ relay }: Party) {
  const frames = relay.frames.filter((frame) => frame.t === 'stats');
  const frame = frames.at(-1);
  const rows = (frame?.values ?? []).map(({ name, labels, value }) => [
    [name, ...Object.values(labels)].join(' '),
    value,
  ]);
  return { count: frames.length, reasons: frame?.reasons, values: Object.fromEntries(rows) as object };
}

describe('what an authority says of itself', () => {
  it('[A102] goes to its relay when they meet, and every five seconds', async () => {
    const gate = createGate();
    const party = await openParty({ games: [tally], lock: gatedLock(openMemoryLock(), gate) });
    await party.settle();
    expect(newest(party)).toMatchObject({ count: 1, reasons: [], values: { commits_total: 0 } });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', {});
    await party.send(ann, world, 'join');
    await party.clock.advance(5000);
    expect(newest(party)).toMatchObject({
      count: 2,
      reasons: [],
      values: { commits_total: 2, entries_total: 2, 'worlds live': 1, 'worlds recovering': 0, waiting: 0 },
    });
    expect(Object.keys(newest(party).values)).toContain('commit_microseconds 0.99');
    gate.fail('read-only');
    void party.send(ann, world, 'add', { count: 1 });
    for (let i = 0; i < 20; i++) await new Promise((resume) => setImmediate(resume));
    expect(party.authority.health().ok).toBe(false);
    expect(newest(party).reasons?.join()).toMatch(/cannot write/);
    party.clock.jump(5000);
    await party.settle();
    const { reasons, count } = newest(party);
    expect(reasons).toEqual([]);
    await party.authority.close();
    party.clock.jump(60_000);
    expect(newest(party).count).toBe(count);
  });
});
