import { join } from 'node:path';
import { authorityFolder, fsck, rotateKey } from '@fairground/authority';
import { keyToDid, randomBytes, verify } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { until } from '@fairground/peer';
import { afterEach, describe, expect, it } from 'vitest';
import { grownTo, type Household, openHousehold, stonesAre, turnOf, zipOf } from '../testing/household.ts';
import { run } from '../testing/run.ts';

let household: Household | undefined;
afterEach(() => household?.close());

const patience = () => AbortSignal.timeout(60_000);

describe('[C95] fairground keys rotate', () => {
  it('between two moves of a match: the same phones play on, newcomers and lookers-on believe it, the log verifies under the first key', async () => {
    household = await openHousehold();
    const { dataDir, lockDir } = household;
    let house = await household.start();
    const people = [household.person(1), household.person(2)] as const;
    const asks = async () => {
      const said = await people[0].peer.authority();
      return said.ok ? said.value.key : said.code;
    };
    const first = await asks();
    const created = await people[0].peer.createWorld({
      ...{ game: 'nim', config: { stones: 99, turnMs: 600_000 }, visibility: 'unlisted' },
    });
    if (!created.ok) throw new Error(created.code);
    const { world, cap, room } = created.value;
    const both = [await people[0].join(world, cap, 'Ada'), await people[1].join(world, cap, 'Bob')];
    const mover = await turnOf(both, people);
    await mover.submit({ kind: 'take', body: { count: 3 } });
    for (const follower of both) await stonesAre(follower, 96);
    await house.close();
    const putBack = await household.backUp();

    const { to } = await rotateKey({ folder: authorityFolder(dataDir), lockDir }, randomBytes);
    house = await household.start();
    expect(await asks()).toBe(keyToDid(to));
    const other = both.find((follower) => follower !== mover);
    await other?.submit({ kind: 'take', body: { count: 1 } });
    for (const follower of both) await stonesAre(follower, 95);
    for (const follower of both)
      expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });

    const looker = await household.person(3).open(world, cap, { looksOn: true });
    await until(looker, ({ view }) => (view as { stones?: number } | null)?.stones === 95, patience());
    await grownTo(looker, both[0]?.value.size ?? 0);
    const taken = zipOf((await both[0]?.takeHome()) ?? new Uint8Array(0));
    const anchors = [first];
    expect(await verify(taken, { games, level: 'full', anchors })).toMatchObject({
      valid: true,
      trust: 'pinned',
    });
    // The room is the host's under the new key too.
    const next = await people[0].peer.createWorld({
      ...{ game: 'nim', config: { stones: 9, turnMs: 600_000 }, visibility: 'unlisted', room },
    });
    expect(next).toMatchObject({ ok: true });
    await house.close();
    expect(await fsck({ dataDir, lockDir })).toMatchObject({ ok: true, faults: [] });
    await putBack();
    await expect(household.start()).rejects.toThrow(/handed on to did:key:.*newest data folder/);
  });

  it('says what it did and what else has to know, and refuses where there is no key', async () => {
    household = await openHousehold();
    const { dataDir, lockDir } = household;
    const env = { DATA_DIR: dataDir, LOCK_DIR: lockDir };
    const refused = await run(['keys', 'rotate'], env);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('There is no key in')]);
    await (await household.start()).close();
    const done = await run(['keys', 'rotate'], env);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/from\s+did:key:.*\n\s+to\s+did:key:/);
    expect(done.stdout).toContain('AUTHORITY_KEYS=did:key:');
    const shown = await run(['keys'], env);
    expect(shown.stdout).toMatch(/before\s+did:key:/);
    expect(join(dataDir, 'authority')).toBe(authorityFolder(dataDir));
  });
});
