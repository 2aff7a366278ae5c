import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changed, chargeOf, openTable } from './scene.fixture.ts';
import { openStage, type Stage } from './stage.fixture.ts';

let stage: Stage;
beforeEach(() => {
  stage = openStage();
});
afterEach(() => stage.close());

describe('an authority that signs a wrong view', () => {
  it('[D68] is caught by who looks on, who tells the room', async () => {
    const liar = await stage.open(
      changed('nim', ({ view }) => ({
        view: (state, viewer) => ({ ...(view(state, viewer) as object), winner: 'nobody yet' }),
      })),
    );
    const [joined, [ada]] = await openTable(stage, liar, ['Ada']);
    const eve = stage.person('Eve', liar);
    await eve.lookOn(joined, 'pictures');
    for (const person of [eve, ada]) {
      const state = await person?.sees({ status: 'fault' });
      expect(state?.fault).toMatchObject({ blame: 'authority', code: 'view_mismatch', index: 1 });
      expect(state && (await chargeOf(state))).toBe('authority: view_mismatch');
    }
  });

  it('[D68] an honest one is not: pictures come, are compared, and agree', async () => {
    const honest = await stage.open();
    const [joined, [, bob]] = await openTable(stage, honest, ['Ada', 'Bob']);
    const eve = stage.person('Eve', honest);
    await eve.lookOn(joined, 'pictures');
    await bob?.join();
    await eve.sees(({ size, pictured = 0 }) => size >= 3 && pictured >= 3);
    expect(eve.follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
  });
});
