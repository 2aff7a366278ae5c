import { type Bytes, ok } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../store/memoryStore.ts';
import type { Commit, LogStore } from '../store/ports.ts';
import { type Device, createDevice } from '../testing/device.ts';
import { type Party, openParty } from '../testing/party.ts';
import {
  answerOpen,
  doChores,
  joinAll,
  testQuestions,
  testSupplier,
  triviaState,
} from '../testing/players.ts';
import { tally } from '../testing/tally.ts';
import { verifyBundle } from '../testing/verify.ts';

const hour = 3_600_000;
const config = { topics: ['general'], questions: 1, windowMs: 10_000, revealMs: 2000, afterMs: 0 };

/** What players do until the match is closed, whatever has become of it. */
async function playOn(party: Party, world: Bytes, players: readonly Device[]): Promise<void> {
  for (let i = 0; i < 100 && !party.follow(world).closed; i++) {
    await doChores(party, world, players);
    const { phase } = triviaState(party, world);
    if (phase === 'open') for (const device of players) await answerOpen(party, world, device, true);
    await party.clock.advance(phase === 'open' ? 1 : 2000);
  }
}

async function lobby(store: LogStore) {
  const party = await openParty({ store, suppliers: { questions: testSupplier } });
  const [ann, bob] = [createDevice('Ann'), createDevice('Bob')];
  const { world } = await party.create(ann, 'trivia', config);
  await joinAll(party, world, 'trivia', [ann, bob]);
  return { party, ann, bob, world };
}

type Trouble = 'thrown away' | 'stands, reported as failed' | 'late';

/** The machine sleeps in the middle of one of its commits. */
function sleepingStore(
  trouble: Trouble,
  at: number,
  sleep: () => void,
): { store: LogStore; commits: number } {
  const inner = openMemoryStore();
  const watched = {
    commits: 0,
    store: {
      ...inner,
      async append(commit: Commit) {
        const isNow = watched.commits++ === at;
        if (isNow) sleep();
        if (isNow && trouble === 'thrown away') throw new Error('slept through it');
        await inner.append(commit);
        if (isNow && trouble === 'stands, reported as failed') throw new Error('slept through the answer');
      },
    },
  };
  return watched;
}

describe('a machine that slept', () => {
  it.each(['thrown away', 'stands, reported as failed', 'late'] as const)(
    '[A85] for an hour in any commit of a match, which is then %s: the rules never fault, the match ends and verifies',
    async (trouble) => {
      const whole = await sleptIn(trouble, Infinity);
      expect(whole.commits).toBeGreaterThan(6);
      for (let at = 3; at < whole.commits; at++) {
        const { halted, isClosed, report } = await sleptIn(trouble, at);
        expect({ at, halted, isClosed, report }).toMatchObject({
          ...{ at, halted: 0, isClosed: true },
          report: { valid: true, failure: null },
        });
      }
    },
    180_000, // as many matches as one has commits
  );

  async function sleptIn(trouble: Trouble, at: number) {
    let sleep = () => {};
    const watched = sleepingStore(trouble, at, () => sleep());
    const { party, ann, bob, world } = await lobby(watched.store);
    sleep = () => party.clock.sleep(hour);
    await party.send(ann, world, 'start');
    await party.settle();
    await playOn(party, world, [ann, bob]);
    const { halted } = party.authority.stats().worlds;
    const isClosed = party.follow(world).closed !== undefined;
    const report = await verifyBundle(party, world);
    await party.authority.close();
    return { commits: watched.commits, halted, isClosed, report };
  }

  it('[A85] while a supply was awaited: time passes first, and the match is over for want of questions', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof testQuestions>>();
    const questions = { supply: async () => ok(await promise) };
    const party = await openParty({ suppliers: { questions } });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'trivia', config);
    await joinAll(party, world, 'trivia', [ann]);
    await party.send(ann, world, 'start');
    await party.settle();
    party.clock.sleep(hour);
    resolve(testQuestions(1));
    await party.settle();
    expect(party.authority.stats().worlds).toMatchObject({ halted: 0 });
    expect(triviaState(party, world)).toMatchObject({ phase: 'closed', reason: 'authority_default' });
    await party.settle();
    expect(await verifyBundle(party, world)).toMatchObject({ valid: true });
    await party.authority.close();
  });

  it('[A85] when the time of this commit has been told already, what is owed waits for the next one', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const letters = { supply: async () => ok(await promise) };
    const party = await openParty({ games: [tally], suppliers: { letters } });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { needs: 'letters', every: 100 });
    await party.send(ann, world, 'join');
    await party.settle();
    party.clock.jump(100);
    party.clock.sleep(100);
    resolve('abc');
    await party.settle();
    await party.clock.advance(10);
    const { state, size } = party.follow(world);
    expect(state).toMatchObject({ dealt: true });
    expect(size).toBe(5);
    await party.authority.close();
  });
});
