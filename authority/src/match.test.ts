import { describe, expect, it } from 'vitest';
import { verifyBundle } from './testing/verify.ts';
import { devices, openParty } from './testing/party.ts';
import { answerOpen, doChores, joinAll, nimState, testSupplier, triviaState } from './testing/players.ts';

describe('whole matches through the mail', () => {
  it('[A40] nim is played from the create request to the close', async () => {
    const party = await openParty();
    const [ann, bob] = devices('Ann', 'Bob');
    if (!ann || !bob) throw new Error('two devices');
    const { world } = await party.create(ann, 'nim', { stones: 5 });
    await joinAll(party, world, 'nim', [ann, bob]);
    await doChores(party, world, [ann, bob]);
    expect(nimState(party, world).phase).toBe('playing');
    for (let turn = 0; turn < 5; turn++) {
      const state = nimState(party, world);
      const next = [ann, bob].find(
        ({ key }) => key.toString() === state.seats[state.turn ?? 0]?.key.toString(),
      );
      if (next) await party.send(next, world, 'take', { count: 1 });
      await party.settle();
    }
    const { closed, size } = party.follow(world);
    expect(closed).toMatchObject({ reason: 'last_stone', finalSize: size });
    expect(await verifyBundle(party, world)).toMatchObject({ valid: true, failure: null });
    await party.authority.close();
  });

  it('[A40] trivia is played from the lobby to the close, and the right answers score', async () => {
    const party = await openParty({ suppliers: { questions: testSupplier } });
    const [ann, bob] = devices('Ann', 'Bob');
    if (!ann || !bob) throw new Error('two devices');
    const config = { topics: ['general'], questions: 2, afterMs: 1000 };
    const { world } = await party.create(ann, 'trivia', config);
    await joinAll(party, world, 'trivia', [ann, bob]);
    expect((await party.send(ann, world, 'start')).status).toBe(200);
    await party.settle();
    await doChores(party, world, [ann, bob]);
    for (let question = 0; question < 2; question++) {
      expect(triviaState(party, world)).toMatchObject({ phase: 'open', current: question });
      await party.clock.advance(1500);
      await answerOpen(party, world, ann, true);
      await answerOpen(party, world, bob, false);
      await party.clock.advance(0);
      expect(triviaState(party, world).phase).toBe('revealed');
      await party.clock.advance(6000);
    }
    expect(triviaState(party, world).phase).toBe('over');
    expect(triviaState(party, world).seats.map(({ right }) => right)).toEqual([2, 0]);
    await party.clock.advance(1000);
    expect(party.follow(world).closed).toMatchObject({ reason: 'finished' });
    expect(await verifyBundle(party, world)).toMatchObject({ valid: true, failure: null });
    await party.authority.close();
  });
});
