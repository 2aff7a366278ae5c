import { bytesToUtf8, unwrap, utf8ToBytes, verify, zipSource } from '@fairground/ledger';
import { buildWorld, counter, guessing, signEntries } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import { takeHome } from './takeHome.ts';
import { createVerifiedLog } from './verifiedLog.ts';

const evening = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'home', script: guessing });
const { world, entries, authority } = evening;
const follow = () => createVerifiedLog(world.opening.world, () => counter);
const judge = async (file: Uint8Array) =>
  verify(unwrap(zipSource(new Uint8Array(file))), { games: [counter], level: 'full' });

describe('taking a world home', () => {
  it('[D21] makes a file that verifies in full, of every size that was verified', async () => {
    const log = follow();
    for (const size of [1, 4, entries.length]) {
      const checkpoint = await signEntries(authority, world.origin, entries.slice(0, size));
      const first = log.entries.length;
      expect(await log.extend({ first, entries: entries.slice(first, size), checkpoint })).toMatchObject({
        ok: true,
      });
      expect(await judge(await takeHome(log))).toMatchObject({ valid: true, size });
    }
  });

  it('[D21] leaves out what somebody on the way has added to the checkpoint', async () => {
    const [log, clean] = [follow(), follow()];
    const garbage = `— stranger.test AAAAAAAA\n`;
    const checkpoint = utf8ToBytes((bytesToUtf8(evening.checkpoint) ?? '') + garbage);
    expect(await log.extend({ first: 0, entries, checkpoint })).toMatchObject({ ok: true });
    await clean.extend({ first: 0, entries, checkpoint: evening.checkpoint });
    const file = await takeHome(log);
    expect(await judge(file)).toMatchObject({ valid: true });
    expect(file).toEqual(await takeHome(clean));
  });

  it('[D21] gives what was verified before a fault, and nothing before anything is', async () => {
    const log = follow();
    await expect(takeHome(log)).rejects.toThrow('nothing is verified');
    const honest = entries.slice(0, 5);
    const checkpoint = await signEntries(authority, world.origin, honest);
    await log.extend({ first: 0, entries: honest, checkpoint });
    const lies = [...entries.slice(0, 8), entries[1] ?? new Uint8Array()];
    const signed = await signEntries(authority, world.origin, lies);
    const lied = await log.extend({ first: 5, entries: lies.slice(5), checkpoint: signed });
    expect(lied).toMatchObject({ ok: false, fault: { blame: 'authority', index: 8 } });
    expect(await judge(await takeHome(log))).toMatchObject({ valid: true, size: 5 });
  });
});
