import { describe, expect, it } from 'vitest';
import type { AnyGame } from './replayable.ts';
import { replayEntries } from './replayEntries.ts';
import { unwrap } from './result.ts';
import { stateHash } from './snapshot.ts';
import { counter, openDriver } from './testing/index.ts';
import { makeUpgrade } from './upgrade.ts';

const doubled: AnyGame = {
  ...counter,
  version: 2,
  view: () => 'the second version',
  migrate: (state: unknown) => state,
};
const family: AnyGame = { ...counter, later: [doubled] };

async function playedAndUpgraded() {
  const driver = openDriver({ game: { ...counter, later: [doubled] }, config: { goal: 9 }, seed: 'replay' });
  unwrap(await driver.send(driver.actor('ada'), 'join', { name: 'Ada' }));
  const upgrade = makeUpgrade(family, driver.world, driver.now);
  if (!upgrade) throw new Error('there is nothing to go over to');
  driver.append(upgrade);
  return driver;
}

describe('the entries of a log', () => {
  it('[L180] come to the state that was live, with the rules in force beside it', async () => {
    const driver = await playedAndUpgraded();
    const { game, world, family: opener } = unwrap(replayEntries([doubled, family], driver.entries));
    expect(stateHash(family, world)).toEqual(stateHash(family, driver.world));
    expect(game.view(world.state, {})).toBe('the second version');
    expect(opener).toBe(family);
  });

  it('[L143] [L182] are shown one by one, refused where the rules are not built in or do not follow', async () => {
    const { entries } = await playedAndUpgraded();
    const kinds: string[] = [];
    unwrap(replayEntries([family], entries, ({ entry }) => kinds.push(entry.kind)));
    expect(kinds).toEqual(['intent', 'upgrade']);
    expect(replayEntries([doubled], entries)).toMatchObject({ ok: false, code: 'rules_unknown' });
    expect(replayEntries([counter], entries)).toMatchObject({ ok: false, code: 'rules_unknown' });
    expect(replayEntries([family], [])).toMatchObject({ ok: false, code: 'entry_malformed' });
  });
});
