import { describe, expect, it } from 'vitest';
import { emptyPending } from '../log/pending.ts';
import { openMemoryStore } from '../store/memoryStore.ts';
import { createDevice } from '../testing/device.ts';
import { openParty } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';
import { createGate, gatedStore } from '../testing/trouble.ts';
import { createPressure } from './pressure.ts';

const limits = { queue: 10, slowQueue: 3, slowMs: 100 };

function watched(waiting: number, p99: number, isStuck = false) {
  const collecting = emptyPending();
  for (let i = 0; i < waiting; i++)
    collecting.outcomes.push({ world: new Uint8Array(32), done: () => {}, undone: () => {} });
  const times = { start: () => () => {}, commits: 1, entries: 1, quantile: () => p99 };
  return createPressure({ collecting, times, isStuck }, limits)();
}

describe('back-pressure', () => {
  it.each([
    ['few wait, however slow it is', 2, 9999, false, undefined],
    ['many wait and commits are quick', 9, 99, false, undefined],
    ['too many wait', 10, 10, false, 1],
    ['some wait and commits are slow', 3, 1600, false, 4],
    ['some wait and a commit cannot be finished', 3, 10, true, 1],
    ['commits are slower than anybody waits', 3, 99_999, false, 30],
  ])('[A28] %s', (_when, waiting, p99, isStuck, seconds) => {
    expect(watched(waiting, p99, isStuck)).toBe(seconds);
  });

  it('[A28] mail past the bound is told to come again, and is taken when it does', async () => {
    const gate = createGate();
    const store = gatedStore(openMemoryStore(), gate);
    const party = await openParty({ games: [tally], store, pressure: limits });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', {});
    await party.send(ann, world, 'join');
    gate.hold();
    const first = party.send(ann, world, 'add', { count: 1 });
    while (gate.waiting === 0) await new Promise((resume) => setImmediate(resume));
    const taken = Array.from({ length: 10 }, () => party.send(ann, world, 'add', { count: 1 }));
    const late = ann.intent(world, 'add', { count: 1 });
    expect(await party.relay.send('intent', late, world)).toMatchObject({
      status: 503,
      body: { code: 'authority_busy', retryAfter: 1 },
    });
    gate.release();
    expect((await Promise.all([first, ...taken])).every(({ status }) => status === 200)).toBe(true);
    expect(await party.relay.send('intent', late, world)).toMatchObject({ status: 200 });
    expect(party.follow(world).state).toMatchObject({ total: 12 });
    await party.authority.close();
  });
});
