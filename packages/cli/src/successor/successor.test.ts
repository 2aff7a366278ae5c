import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToBase32 } from '@fairground/ledger';
import { takeReceipts } from '@fairground/peer';
import { parseWorldId } from '@fairground/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { grownTo, type Household, openHousehold, stonesAre, turnOf } from '../testing/household.ts';
import { run, runJson } from '../testing/run.ts';

vi.setConfig({ testTimeout: 180_000 });

let household: Household | undefined;
afterEach(() => household?.close());

interface Planned {
  readonly successor: string;
  readonly from: number;
  readonly to: number;
  readonly receipts: readonly number[];
}

describe('[C96] fairground successor', () => {
  it('ends a match of which an old backup was put back and nobody holds the rest: who was in it plays on in its successor', async () => {
    household = await openHousehold();
    const { dataDir, lockDir } = household;
    const env = { DATA_DIR: dataDir, LOCK_DIR: lockDir };
    let house = await household.start();
    const people = [household.person(1), household.person(2)] as const;
    const created = await people[0].peer.createWorld({
      ...{ game: 'nim', config: { stones: 99, turnMs: 600_000 }, visibility: 'unlisted' },
    });
    if (!created.ok) throw new Error(created.code);
    const { world, cap, room } = created.value;
    const both = [await people[0].join(world, cap, 'Ada'), await people[1].join(world, cap, 'Bob')];
    const mover = await turnOf(both, people);
    const id = bytesToBase32(both[0]?.world ?? new Uint8Array(0));
    await house.close();
    expect(await run(['successor', id], env)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('goes on'),
    });
    const putBack = await household.backUp();

    house = await household.start();
    await mover.submit({ kind: 'take', body: { count: 3 } });
    for (const follower of both) await stonesAre(follower, 96);
    const told = takeReceipts(mover.mine.value);
    const words = join(dataDir, '..', 'told.receipts');
    await writeFile(words, told ?? expect.fail('nobody was told anything'));
    // Everybody has left, with all that they knew.
    for (const follower of both) follower.close();
    await house.close();
    await putBack();

    const planned = await runJson(['successor', id, '--receipts', words, '--json'], env);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    const { successor, from, to, receipts } = planned.json as Planned;
    expect(to).toBeGreaterThan(from);
    expect(receipts).toHaveLength(1);
    expect((await runJson(['successor', id, '--json'], env)).json).toEqual(planned.json);

    await household.start();
    const shown = () => people[1].peer.roomInfo(room, cap ?? undefined);
    await vi.waitFor(async () => expect(await shown()).toMatchObject({ value: { world: successor } }), {
      timeout: 60_000,
    });
    const next = parseWorldId(successor);
    if (!next.ok) throw new Error(next.code);
    const adas = await people[0].join(next.value, cap, 'Ada');
    const bobs = await people[1].join(next.value, cap, 'Bob');
    await (await turnOf([adas, bobs], people)).submit({ kind: 'take', body: { count: 2 } });
    for (const follower of [adas, bobs]) await stonesAre(follower, 97);
    await grownTo(adas, 4);
    const file = join(dataDir, '..', 'heir.fair');
    await writeFile(file, await adas.takeHome());
    await household.stop();
    const verified = await runJson(['verify', file, '--level', 'full', '--json'], {});
    expect(verified).toMatchObject({ code: 0, json: { valid: true, world: successor } });
    expect(verified.stdout).toContain(
      `entries those from ${from} on were lost, 1 receipts for them are named`,
    );
    expect((await run(['replay', file])).stdout).toContain('A receipt is void');
    expect(await run(['fsck'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('its successor says so'),
    });
  });

  it('refuses what is no world, what it does not hold, and a file without receipts, each with a sentence', async () => {
    household = await openHousehold();
    await (await household.start()).close();
    const env = { DATA_DIR: household.dataDir, LOCK_DIR: household.lockDir };
    const unknown = 'a'.repeat(52);
    const file = join(household.dataDir, 'none.receipts');
    await writeFile(file, '{}');
    expect(await run(['successor', 'nim'], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no world id'),
    });
    expect(await run(['successor', unknown], env)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('begins another match'),
    });
    expect(await run(['successor', unknown, '--receipts', file], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no receipts'),
    });
  });
});
