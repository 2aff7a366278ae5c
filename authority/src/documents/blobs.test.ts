import { type Bytes, blobPath, bytesToHex, concatBytes, ok, sha256, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import type { Supplier } from '../ports.ts';
import { devices, openParty, type Party } from '../testing/party.ts';
import { doChores, joinAll, testQuestions, triviaState } from '../testing/players.ts';
import { verifyBundle } from '../testing/verify.ts';

const pictures = [0, 1].map((n) => concatBytes(utf8ToBytes('RIFF....WEBP'), new Uint8Array([n])));
const stranger = utf8ToBytes('RIFF....WEBP of another match');

/** Two questions, each with a picture of its own; a third picture is of no question of theirs. */
function pictured(): Supplier {
  const files = new Map([...pictures, stranger].map((bytes) => [bytesToHex(sha256(bytes)), bytes]));
  const questions = testQuestions(2) as readonly Record<string, string>[];
  const withImages = questions.map((question, n) => ({
    ...question,
    image: { hash: bytesToHex(sha256(pictures[n]!)), alt: `Picture ${n}` },
  }));
  return {
    supply: async () => ok(withImages),
    file: async (hash) => files.get(bytesToHex(hash)),
  };
}

async function openMatch(questions: Supplier) {
  const party = await openParty({ suppliers: { questions } });
  const [ann] = devices('Ann');
  if (!ann) throw new Error('one device');
  const { world } = await party.create(ann, 'trivia', { topics: ['general'], questions: 2, afterMs: 1000 });
  await joinAll(party, world, 'trivia', [ann]);
  return { party, ann, world };
}

async function fileOf({ relay }: Party, world: Bytes, bytes: Bytes): Promise<Bytes | string> {
  const { status, body } = await relay.get(world, blobPath(bytes));
  const said = body as { readonly bytes?: Bytes; readonly code?: string; readonly immutable?: boolean };
  return status === 200 && said.immutable === true ? (said.bytes ?? '') : (said.code ?? '');
}

/** The questions run out of time, one after the other. */
async function until(party: Party, world: Bytes, phase: string, current = 0): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const state = triviaState(party, world);
    if (state.phase === phase && state.current === current) return;
    await party.clock.advance(1000);
  }
  throw new Error(`the match does not come to ${phase} ${current}`);
}

describe('pictures of questions', () => {
  it('[A140] one is shown from the entry on that opens its question, and not before; of other matches never', async () => {
    const { party, ann, world } = await openMatch(pictured());
    const shown = async () => Promise.all([...pictures, stranger].map((one) => fileOf(party, world, one)));
    const none = 'log_not_found';
    expect(await shown()).toEqual([none, none, none]);
    await party.send(ann, world, 'start');
    await party.settle();
    expect(triviaState(party, world).questions).toHaveLength(2);
    expect(await shown()).toEqual([none, none, none]);
    await doChores(party, world, [ann]);
    await until(party, world, 'open');
    expect(await shown()).toEqual([pictures[0], none, none]);
    await until(party, world, 'open', 1);
    expect(await shown()).toEqual([pictures[0], pictures[1], none]);
    await party.authority.close();
  });

  it('[A140] what somebody names in an intent is not opened by that', async () => {
    const { party, ann, world } = await openMatch(pictured());
    const hash = bytesToHex(sha256(stranger));
    await party.send(ann, world, 'settings', { hash, text: hash });
    await party.send(ann, world, 'nonsense', { hash });
    await party.settle();
    expect(await fileOf(party, world, stranger)).toBe('log_not_found');
    await party.authority.close();
  });

  it.each([
    '',
    'blob/',
    'blob/00',
    `blob/${'AB'.repeat(32)}`,
    `blob/${'0'.repeat(64)}x`,
    'blob/../checkpoint',
  ])('[A140] %j is the path of no picture', async (path) => {
    const { party, world } = await openMatch(pictured());
    expect((await party.relay.get(world, path)).body).toMatchObject({ code: 'log_not_found' });
    await party.authority.close();
  });

  it('[A141] a bundle has the pictures that its entries have opened, and verifies; without them it verifies, too', async () => {
    for (const [supplier, detail] of [
      [pictured(), /1 files have the hashes that entries name$/],
      [{ ...pictured(), file: async () => undefined }, /1 that entries name is not here$/],
    ] as const) {
      const { party, ann, world } = await openMatch(supplier);
      await party.send(ann, world, 'start');
      await party.settle();
      await doChores(party, world, [ann]);
      await until(party, world, 'open');
      const report = await verifyBundle(party, world);
      expect(report).toMatchObject({ valid: true, failure: null });
      expect(report.checks.find(({ name }) => name === 'files')?.detail).toMatch(detail);
      await party.authority.close();
    }
  });
});
