import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Cbor, unwrap } from '@fairground/ledger';
import { createQuestion } from '@fairground/questions';
import { afterAll, describe, expect, it } from 'vitest';
import { createDevice, labelled } from '../testing/device.ts';
import { openParty, restart } from '../testing/party.ts';
import { doChores, joinAll, sealAnswer, triviaState } from '../testing/players.ts';
import { authorityFolder } from '../dataFolder.ts';
import { BANK_FILE, openBankFile } from './bankFile.ts';
import { openQuestionSupplier, type QuestionSupplier } from './questions.ts';
import type { Supplier } from '../ports.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fair-bank-'));
  folders.push(made);
  return made;
}
afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true });
});

const clock = { now: () => 1_750_000_000_000, setTimer: () => () => {} };
const idsOf = (things: Cbor) => (things as readonly { readonly id: string }[]).map(({ id }) => id);

describe('the supplier of questions', () => {
  it('[A110] a bank that is new has the starter questions, and its topics are shown', async () => {
    const supplier = await openQuestionSupplier(await folder(), clock);
    const topics = await supplier.topics();
    expect(topics.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(60);
    await supplier.close();
  });

  it('[A111] the same seed draws the same questions, and players are spared what they have seen', async () => {
    const supplier = await openQuestionSupplier(await folder(), clock);
    const topic = (await supplier.topics())[0]?.topic ?? '';
    const players = [createDevice('Ann').key];
    const draw = (seed: string, who = players) =>
      supplier.supply({
        ...{ world: labelled('w'), players: who, seed: labelled(seed) },
        request: { topics: [topic], language: 'en', count: 3 },
      });
    const first = idsOf(unwrap(await draw('one', [])));
    expect(idsOf(unwrap(await draw('one', [])))).toEqual(first);
    const seen = idsOf(unwrap(await draw('two')));
    expect(idsOf(unwrap(await draw('three'))).filter((id) => seen.includes(id))).toEqual([]);
    expect(
      (await supplier.supply({ world: labelled('w'), players, seed: labelled('x'), request: 7 })).ok,
    ).toBe(false);
    await supplier.close();
  });

  it('[Q61] a game that does not say what it plays is given choice and boolean, whatever the bank has and counts', async () => {
    const data = await folder();
    const { bank, close } = openBankFile(data);
    const about = { topic: 'rare', source: { name: 'Test', licence: 'CC0-1.0' } };
    bank.add([
      unwrap(createQuestion({ ...about, text: 'One?', answers: ['Yes', 'No'], correct: [0] })),
      unwrap(createQuestion({ ...about, text: 'Two?', kind: 'poll', answers: ['Yes', 'No'], correct: [] })),
    ]);
    close();
    const supplier = await openQuestionSupplier(data, clock);
    const given = async (more: object) => {
      const request = { topics: ['rare'], language: 'en', count: 5, ...more };
      const things = await supplier.supply({
        ...{ world: labelled('w'), players: [], seed: labelled('s') },
        request,
      });
      return idsOf(unwrap(things)).length;
    };
    expect(await given({})).toBe(1);
    expect(await given({ kinds: ['choice', 'poll'] })).toBe(2);
    const rare = (await supplier.topics()).find(({ topic }) => topic === 'rare');
    expect(rare).toMatchObject({ count: 2, plain: 1 });
    await supplier.close();
  });

  it('[A112] what players say about the questions of a match, and how they fared, reaches the bank when it is closed', async () => {
    const data = await folder();
    const supplier = await openQuestionSupplier(data, clock);
    const { party, id } = await playFlagged(supplier);
    await party.authority.close();
    await supplier.close();
    expect(flaggedIn(data)).toEqual([{ id, notes: ['It is wrong.'] }]);
    expect(answeredIn(data)).toEqual([{ id, answered: 1 }]);
  });

  it('[A113] what the process fell before it could tell, the bank hears at the next start, and once however often it starts', async () => {
    const data = await folder();
    const supplier = await openQuestionSupplier(data, clock);
    const { party, id } = await playFlagged({ ...supplier, closed: () => new Promise(() => {}) });
    expect(flaggedIn(data)).toEqual([]);
    let [asked, told] = [0, 0];
    const counting: Supplier = {
      ...supplier,
      unheard: async (worlds) => {
        const unheard = (await supplier.unheard?.(worlds)) ?? [];
        asked++;
        return unheard;
      },
      closed: async (entries) => {
        await supplier.closed?.(entries);
        told++;
      },
    };
    for (const start of [1, 2]) {
      const again = await restart(party, { suppliers: { questions: counting } });
      await expect.poll(() => [asked, told]).toEqual([start, 1]);
      await again.authority.close();
      expect(flaggedIn(data)).toEqual([{ id, notes: ['It is wrong.'] }]);
      expect(answeredIn(data)).toEqual([{ id, answered: 1 }]);
      expect(told).toBe(1);
    }
    await supplier.close();
  });
});

/** One match of one question, which its player flags. */
async function playFlagged(questions: Supplier) {
  const topics = (await (questions as Partial<QuestionSupplier>).topics?.()) ?? [];
  const party = await openParty({ suppliers: { questions } });
  const ann = createDevice('Ann');
  const config = { topics: [topics[0]?.topic ?? ''], questions: 1, afterMs: 5000 };
  const { world } = await party.create(ann, 'trivia', config);
  await joinAll(party, world, 'trivia', [ann]);
  await party.send(ann, world, 'start');
  while (!triviaState(party, world).draw?.locked) await party.settle();
  await doChores(party, world, [ann]);
  await party.relay.send('intent', sealAnswer(party, world, ann, 0), world);
  await party.clock.advance(2000);
  await party.send(ann, world, 'vote', { question: 0, vote: 'flag', note: 'It is wrong.' });
  await party.clock.advance(20_000);
  expect(party.follow(world).closed).toBeDefined();
  return { party, id: triviaState(party, world).questions[0]?.answer?.id };
}

function flaggedIn(data: string) {
  const { bank, close } = openBankFile(data);
  const flagged = bank.flagged().map(({ question, notes }) => ({ id: question.id, notes }));
  close();
  return flagged;
}

function answeredIn(data: string) {
  const db = new DatabaseSync(join(authorityFolder(data), BANK_FILE));
  const fared = db.prepare('SELECT id, answered FROM question WHERE answered > 0').all();
  db.close();
  return fared.map((row) => ({ ...row }));
}
