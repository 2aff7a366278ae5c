import { leafHash, merkleRoot, parseTlogProof, verifyInclusion } from '@fairground/ledger';
import { trivia } from '@fairground/rules';
import { answer, entriesOf, rightChoice, startEvening, type TriviaTable } from '@fairground/rules/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPlayhead } from './playhead.ts';
import { createProver } from './proveEntry.ts';
import { createTape, type Tape } from './tape.ts';

const bytesOf = (table: TriviaTable) => entriesOf(table).map((entry) => new Uint8Array(entry));

describe('[U86] the proof of an entry', () => {
  it('carries the entry itself, and its leaf is in the tree of that size', () => {
    const { table } = startEvening({ seed: 'proof', config: { questions: 1 } }, 'Ana', 'Ben');
    const entries = bytesOf(table);
    const prove = createProver(entries, 'fair.example/1\n4\nroot\n\n— sig\n');
    const root = merkleRoot(entries.map(leafHash));
    for (const [index, entry] of entries.entries()) {
      const proof = parseTlogProof(prove(index));
      if (!proof.ok) throw new Error(proof.code);
      expect(proof.value.extra).toEqual(entry);
      const leaf = leafHash(proof.value.extra ?? new Uint8Array(0));
      const place = { leaf, index: BigInt(index), size: BigInt(entries.length), root };
      expect(verifyInclusion({ ...place, proof: proof.value.proof }).ok).toBe(true);
      expect(
        verifyInclusion({ ...place, leaf: leafHash(new Uint8Array(1)), proof: proof.value.proof }).ok,
      ).toBe(false);
    }
    expect(() => prove(entries.length)).toThrow('no entry');
  });
});

describe('[U87] where a score comes from', () => {
  let table: TriviaTable;
  let tape: Tape;
  let who: readonly string[];

  beforeAll(() => {
    const started = startEvening({ seed: 'scores', config: { questions: 2 } }, 'Ana', 'Ben');
    table = started.table;
    const [ana] = started.players;
    if (!ana) throw new Error('Ana plays');
    answer(table, ana, rightChoice(table, 'scores'));
    tape = createTape(trivia, bytesOf(table));
    const end = tape.at(Number.MAX_SAFE_INTEGER).view as { standings: { id: string }[] };
    who = end.standings.map(({ id }) => id);
  });

  it('is nothing before anything is resolved, or for whoever has no seat', () => {
    expect(tape.scores(who[0] ?? '', 3)).toEqual([]);
    expect(tape.scores('no key', entriesOf(table).length)).toEqual([]);
  });

  it('adds up to the points of that moment, with the entry of each answer', () => {
    const last = entriesOf(table).length - 1;
    const view = tape.at(last).view as { standings: { id: string; points: number }[] };
    for (const { id, points } of view.standings) {
      const scores = tape.scores(id, last);
      expect(scores.reduce((sum, { mine }) => sum + mine.points, 0)).toBe(points);
      for (const { entry } of scores)
        if (entry !== undefined)
          expect(tape.at(entry).around.find(({ index }) => index === entry)).toMatchObject({
            intent: 'answer',
            who: id,
          });
    }
  });

  it('leaves the tape where it was', () => {
    const before = JSON.stringify(tape.at(5));
    tape.scores(who[0] ?? '', 9);
    expect(JSON.stringify(tape.at(5))).toBe(before);
  });
});

describe('[U88] a replay that is played', () => {
  const head = createPlayhead([1000, 1500, 1500, 90_000, 91_000]);

  it('goes as time went then, with long silences cut', () => {
    expect([0, 1, 2, 3, 4].map(head.positionOf)).toEqual([0, 500, 500, 4500, 5500]);
    expect(head.length).toBe(5500);
  });

  it.each([
    [-1, 0],
    [0, 0],
    [499, 0],
    [500, 2],
    [4499, 2],
    [4500, 3],
    [1e9, 4],
  ])('at %i ms shows entry %i', (position, entry) => expect(head.entryAt(position)).toBe(entry));

  it('of nothing stands still', () =>
    expect([createPlayhead([]).entryAt(5), createPlayhead([]).length]).toEqual([0, 0]));
});
