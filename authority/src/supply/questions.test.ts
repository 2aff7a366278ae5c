import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Cbor, unwrap } from '@fairground/ledger';
import { createQuestion } from '@fairground/questions';
import { afterAll, describe, expect, it } from 'vitest';
import { createDevice, labelled } from '../testing/device.ts';
import { openParty } from '../testing/party.ts';
import { doChores, joinAll, sealAnswer, triviaState } from '../testing/players.ts';
import { authorityFolder } from '../dataFolder.ts';
import { BANK_FILE, openBankFile } from './bankFile.ts';
import { openQuestionSupplier } from './questions.ts';

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
const asked = (things: Cbor) => (things as readonly { readonly id: string }[]).map(({ id }) => id);

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
    const first = asked(unwrap(await draw('one', [])));
    expect(asked(unwrap(await draw('one', [])))).toEqual(first);
    const seen = asked(unwrap(await draw('two')));
    expect(asked(unwrap(await draw('three'))).filter((id) => seen.includes(id))).toEqual([]);
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
      return asked(unwrap(things)).length;
    };
    expect(await given({})).toBe(1);
    expect(await given({ kinds: ['choice', 'poll'] })).toBe(2);
    expect((await supplier.topics()).find(({ topic }) => topic === 'rare')?.count).toBe(2);
    await supplier.close();
  });

  it('[A112] what players say about the questions of a match, and how they fared, reaches the bank when it is closed', async () => {
    const data = await folder();
    const supplier = await openQuestionSupplier(data, clock);
    const topic = (await supplier.topics())[0]?.topic ?? '';
    const party = await openParty({ suppliers: { questions: supplier } });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'trivia', { topics: [topic], questions: 1, afterMs: 5000 });
    await joinAll(party, world, 'trivia', [ann]);
    await party.send(ann, world, 'start');
    while (!triviaState(party, world).draw?.locked) await party.settle();
    await doChores(party, world, [ann]);
    await party.relay.send('intent', sealAnswer(party, world, ann, 0), world);
    await party.clock.advance(2000);
    await party.send(ann, world, 'vote', { question: 0, vote: 'flag', note: 'It is wrong.' });
    await party.clock.advance(20_000);
    expect(party.follow(world).closed).toBeDefined();
    const id = triviaState(party, world).questions[0]?.answer?.id;
    await party.authority.close();
    await supplier.close();
    const { bank, close } = openBankFile(data);
    const flagged = bank.flagged().map(({ question, notes }) => ({ id: question.id, notes }));
    expect(flagged).toEqual([{ id, notes: ['It is wrong.'] }]);
    close();
    const db = new DatabaseSync(join(authorityFolder(data), BANK_FILE));
    const fared = db.prepare('SELECT id FROM question WHERE answered = 1').all();
    expect(fared).toEqual([{ id }]);
    db.close();
  });
});
