import { unwrap, verify } from '@fairground/ledger';
import { type AnyRulesGame, games as builtIn, nim, type NimView, versions } from '@fairground/rules';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../testing/household.ts';
import { isSize } from './scene.fixture.ts';
import { openStage, type Stage } from './stage.fixture.ts';

let stage: Stage;
beforeEach(() => {
  stage = openStage();
});
afterEach(() => stage.close());

/** Whoever takes the last stone loses, and it says so. */
const misere: AnyRulesGame = {
  ...(nim as AnyRulesGame),
  version: 2,
  rules: new Uint8Array(32).fill(2),
  migrate: (before) => before,
  view(state, viewer) {
    const shown = nim.view(state, viewer) as NimView;
    const winner = shown.seats.find(({ id }) => shown.winner !== undefined && id !== shown.winner)?.id;
    return { ...shown, ...(winner !== undefined && { winner }), isMisere: true };
  },
};
const rules = versions(nim, misere);
const seen = (view: unknown) => (view ?? {}) as Partial<NimView> & { readonly isMisere?: true };

describe('an authority whose next build has a newer version of the game that is played', () => {
  it('[D75] goes on by it: who has that version too plays on and proves it at home; who has not is told so, and accuses nobody', async () => {
    const house = await stage.open([nim]);
    const [ada, bob] = ['Ada', 'Bob'].map((name) => stage.person(name, house, (usual) => usual, rules));
    const cleo = stage.person('Cleo', house);
    if (!ada || !bob) throw new Error('two have newer phones');
    const config = { stones: 5, turnMs: 600_000 };
    const joined = unwrap(await ada.peer.createWorld({ game: 'nim', config, visibility: 'listed' }));
    for (const person of [ada, bob, cleo]) await person.lookOn(joined);
    for (const person of [ada, bob]) await person.join();
    const { size } = await cleo.sees(({ view }) => seen(view).phase === 'playing');
    expect(seen((await bob.sees(isSize(size))).view).isMisere).toBeUndefined();

    await house.comeBackWith(rules);
    const state = await bob.sees(({ view }) => seen(view).isMisere === true);
    expect(state).toMatchObject({ status: 'live', charges: [], verified: { level: 'audited' } });
    for (let stones = 5; stones > 0;) {
      const { turn } = seen((await ada.sees(({ view }) => seen(view).stones === stones)).view);
      const count = Math.min(3, stones);
      const mover = turn?.id === seen(bob.follower.value.view).me ? bob : ada;
      unwrap(await mover.follower.submit({ kind: 'take', body: { count } }));
      stones -= count;
    }
    const over = await ada.sees(({ status }) => status === 'closed');
    const winner = seen(over.view).winner;
    expect(winner).toBeDefined();
    expect(seen((await bob.sees(({ status }) => status === 'closed')).view).winner).toBe(winner);

    const old = await cleo.sees(({ fault }) => fault !== undefined);
    expect(old.fault).toMatchObject({ blame: 'unknown', code: 'rules_unknown', index: size });
    expect(old).toMatchObject({ charges: [], size });
    expect(old.fault?.message).toBe('nim 2 is not built in');

    const file = zipOf(await ada.follower.takeHome());
    const known = await verify(file, { games: rules, level: 'full' });
    expect(known).toMatchObject({ valid: true, world: expect.any(String), version: 1, failure: null });
    expect(known.checks.find(({ name }) => name === 'rules')?.detail).toContain('over 1 upgrade');
    const unknown = await verify(file, { games: builtIn, level: 'full' });
    expect(unknown.failure).toMatchObject({ code: 'rules_unknown', index: size });
  });
});
