import { bytesToHex, type Cbor, dealCommit, decodeEntry, unwrap } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { answer, questionsFor, startEvening, stateOf, wait, withhold, worldOf } from '../testing/index.ts';
import { suppliedQuestions } from './question.ts';

const seed = 'wire';

/** The same bank, with another of its answers being right. */
function bankWith(shift: number): () => Cbor {
  type Row = { readonly answers: readonly string[]; readonly correct: readonly number[] };
  const rows = questionsFor(seed, 2) as unknown as readonly Row[];
  return () =>
    rows.map((row) => ({
      ...row,
      correct: row.correct.map((place) => (place + shift) % row.answers.length),
    }));
}

/** All that is on the wire until the first question is about to be opened: three sealed answers, the window over. */
function untilTheClose(shift: number) {
  const begun = startEvening(
    { seed, config: { questions: 2 }, supply: bankWith(shift) },
    'host',
    'bob',
    'cid',
  );
  const { table, players } = begun;
  withhold(table, ({ lot }) => lot === 0);
  [0, 1, 1].forEach((choice, i) => {
    wait(table, 1_000);
    answer(table, players[i] ?? players[0], choice);
  });
  wait(table, 25_000);
  return begun;
}

const entriesOf = (table: ReturnType<typeof untilTheClose>['table']) =>
  table.loop.entries.map((bytes) => unwrap(decodeEntry(bytes)));

describe('a reader of the wire', () => {
  it('[T28] sees the same bytes whichever answer is right, but for the commitments to it', () => {
    const [one, two] = [untilTheClose(0).table, untilTheClose(1).table];
    expect(stateOf(one).phase).toBe('closing');
    expect(two.loop.entries.length).toBe(one.loop.entries.length);
    const different = one.loop.entries.flatMap((bytes, i) =>
      bytesToHex(bytes) === bytesToHex(two.loop.entries[i] ?? new Uint8Array(0))
        ? []
        : entriesOf(one).slice(i, i + 1),
    );
    expect(different).toMatchObject([{ kind: 'commit', what: 'answer' }]);
  });

  it('[T28] cannot open a commitment by guessing: its nonce is nothing that has been seen', () => {
    const { table } = untilTheClose(0);
    const world = worldOf(table).opening.world;
    const question = stateOf(table).questions[0];
    const [dealt] = suppliedQuestions(bankWith(0)(), 2);
    if (!question || !dealt) throw new Error('no question');
    const commitOf = (nonce: Uint8Array) =>
      bytesToHex(dealCommit({ world, what: 'answer', index: 0, nonce, value: dealt.answer }));
    const guesses = [new Uint8Array(32), ...entriesOf(table).flatMap(bytes32In)];
    expect(guesses.length).toBeGreaterThan(20);
    expect(guesses.map(commitOf)).not.toContain(bytesToHex(question.answerCommit));
  });

  it('[T28] finds the right answer equally often at every place of the canonical order', () => {
    const questions = suppliedQuestions(questionsFor('places', 600), 600).filter(
      ({ ask }) => ask.answers.length === 4,
    );
    const places = [0, 1, 2, 3].map(
      (place) => questions.filter(({ answer: { correct } }) => correct[0] === place).length,
    );
    for (const count of places) expect(count).toBeGreaterThan(questions.length / 8);
  });
});

/** Every string of 32 bytes that an entry holds. */
function bytes32In(value: unknown): readonly Uint8Array[] {
  if (value instanceof Uint8Array) return value.length === 32 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytes32In) : [];
}
