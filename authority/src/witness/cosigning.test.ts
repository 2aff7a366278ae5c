import {
  type Bytes,
  bytesToUtf8,
  formatWitnessReply,
  parseNote,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { games } from '@fairground/rules';
import { describe, expect, it } from 'vitest';
import { devices, openParty, type Party } from '../testing/party.ts';
import { joinAll } from '../testing/players.ts';
import { witness } from '../testing/witness.ts';
import { whyRefused } from './troubles.ts';
import { localWitness } from './witnessPort.ts';

async function bundleOf(party: Party, world: Bytes): Promise<Bytes> {
  const { status, body } = await party.relay.get(world, 'bundle.fair');
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (body as unknown as { readonly bytes: Bytes }).bytes;
}

async function checked(bundle: Bytes) {
  const report = await verify(unwrap(zipSource(bundle)), { games, level: 'full' });
  const detail = report.checks.find(({ name }) => name === 'checkpoint')?.detail;
  return { valid: report.valid, code: report.failure?.code, detail };
}

const linesOf = (party: Party) =>
  party.relay.frames
    .filter((frame) => frame.t === 'log' && frame.path === 'checkpoint')
    .map((frame) =>
      frame.t === 'log' ? unwrap(parseNote(frame.bytes)).signatures.map(({ name }) => name) : [],
    );

async function table(party: Party) {
  const [ann, bob] = devices('Ann', 'Bob');
  if (!ann || !bob) throw new Error('two players');
  const { world } = await party.create(ann, 'nim', { stones: 5 });
  await joinAll(party, world, 'nim', [ann]);
  return { world, ann, bob };
}

describe('[A120] an authority that has its checkpoints cosigned', () => {
  it('shows them with the witnesses’ lines, once a second at most, each from the size before', async () => {
    const one = witness('w.test/1');
    const party = await openParty({ witnesses: [one], quorum: 1 });
    const { world, bob } = await table(party);
    await party.clock.advance(1_000);
    await party.settle();
    expect(linesOf(party).at(-1)).toContain('w.test/1');
    const size = one.asked.length;
    await joinAll(party, world, 'nim', [bob]);
    await party.clock.advance(1_000);
    await party.settle();
    expect(one.asked.length).toBeGreaterThan(size);
    expect(one.asked.slice(1).every((old) => old > 0)).toBe(true);
    expect(await checked(await bundleOf(party, world))).toMatchObject({
      valid: true,
      detail: 'signed by the authority and cosigned by one witness: w.test/1',
    });
    await party.authority.close();
  });

  it('goes on when a witness is away or stands elsewhere; a bundle without its quorum is not called valid', async () => {
    const one = witness('w.test/1');
    const party = await openParty({ witnesses: [one], quorum: 1 });
    const { world } = await table(party);
    one.isAway = true;
    await party.clock.advance(5_000);
    expect(await checked(await bundleOf(party, world))).toMatchObject({
      valid: false,
      code: 'policy_quorum',
    });
    one.isAway = false;
    expect(await checked(await bundleOf(party, world))).toMatchObject({ valid: true });
    await party.authority.close();
  });

  it('[A122] asks a witness that was away again by itself, though nothing happens in the match any more', async () => {
    const one = witness('w.test/1');
    const party = await openParty({ witnesses: [one], quorum: 1 });
    const usual = one.addCheckpoint;
    let tries = 0;
    one.addCheckpoint = (body) => {
      tries += 1;
      return usual(body);
    };
    one.isAway = true;
    await table(party);
    await party.clock.advance(1_000);
    await party.settle();
    expect(party.authority.health().ok).toBe(false);
    const before = tries;
    await party.clock.advance(600_000);
    await party.settle();
    // Ever more rarely, a minute apart in the end.
    expect(tries - before).toBeGreaterThan(5);
    expect(tries - before).toBeLessThan(20);
    one.isAway = false;
    await party.clock.advance(61_000);
    await party.settle();
    expect(party.authority.health()).toEqual({ ok: true, reasons: [] });
    expect(linesOf(party).at(-1)).toContain('w.test/1');
    await party.authority.close();
  });

  it('does not count its own witness, and the words say so', async () => {
    const own = localWitness({
      ...witness('w.test/own'),
      addCheckpoint: async (body) => witnessOf.addCheckpoint(bytesToUtf8(body) ?? ''),
    });
    const witnessOf = witness('w.test/own');
    const party = await openParty({ witnesses: [own] });
    const { world } = await table(party);
    await party.clock.advance(1_000);
    await party.settle();
    expect(await checked(await bundleOf(party, world))).toMatchObject({
      valid: true,
      detail: 'signed by the authority, cosigned by nobody else; its own witness is not counted',
    });
    await expect(openParty({ witnesses: [own], quorum: 1 })).rejects.toThrow('quorum');
    await party.authority.close();
  });
});

describe('[A121] an operator hears', () => {
  it('of a witness that is away where a quorum needs it, and of nothing where none does', async () => {
    for (const quorum of [1, 0]) {
      const one = witness('w.test/1');
      const party = await openParty({ witnesses: [one], quorum });
      one.isAway = true;
      await table(party);
      await party.clock.advance(1_000);
      await party.settle();
      const away = 'the witness w.test/1 does not answer: without its cosignature no match is called valid';
      expect(party.authority.health()).toEqual(
        quorum === 1 ? { ok: false, reasons: [away] } : { ok: true, reasons: [] },
      );
      await party.authority.close();
    }
  });

  it('why a witness refuses, until it cosigns again', async () => {
    const one = witness('w.test/1');
    const party = await openParty({ witnesses: [one] });
    const honest = one.addCheckpoint;
    one.addCheckpoint = async () => formatWitnessReply({ status: 409, size: 99 });
    const { world, bob } = await table(party);
    await party.clock.advance(1_000);
    await party.settle();
    const { ok, reasons } = party.authority.health();
    expect([ok, reasons]).toEqual([
      false,
      [expect.stringMatching(/has cosigned 99 entries and this log has 2/)],
    ]);
    one.addCheckpoint = honest;
    await joinAll(party, world, 'nim', [bob]);
    await party.clock.advance(1_000);
    await party.settle();
    expect(party.authority.health()).toEqual({ ok: true, reasons: [] });
    await party.authority.close();
  });

  it.each([
    [{ status: 409, size: 3 }, 'another history'],
    [{ status: 409, size: 4 }, 'old data'],
    [{ status: 422 }, 'forked'],
    [{ status: 404 }, 'does not know'],
    [{ status: 403 }, 'another key'],
    [{ status: 400 }, 'does not understand'],
  ] as const)('%j of a log of 3 entries as a sentence', (reply, words) => {
    expect(whyRefused(reply, 3)).toContain(words);
  });
});
