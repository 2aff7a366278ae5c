import { trivia } from '@fairground/rules';
import {
  answer,
  entriesOf,
  rightChoice,
  startEvening,
  worldOf,
  type TriviaTable,
} from '@fairground/rules/testing';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTape } from './tape.ts';

describe('[U15] a verified evening on a tape', () => {
  const views: string[] = [];
  let table: TriviaTable;

  beforeAll(() => {
    const started = startEvening({ seed: 'tape', config: { questions: 2 } }, 'Ana', 'Ben');
    table = started.table;
    for (const player of started.players) answer(table, player, rightChoice(table, 'tape'));
  });

  const bytes = () => entriesOf(table).map((entry) => new Uint8Array(entry));

  it('shows at its end what the players see', () => {
    const tape = createTape(trivia, bytes());
    const end = tape.at(Number.MAX_SAFE_INTEGER);
    expect(end.index).toBe(entriesOf(table).length - 1);
    expect(end.view).toEqual(trivia.view(worldOf(table).state, {}));
  });

  it('shows the same at an entry whichever way it was wound there', () => {
    const straight = createTape(trivia, bytes());
    for (let index = 0; index < bytes().length; index++) views.push(JSON.stringify(straight.at(index).view));
    const jumping = createTape(trivia, bytes());
    fc.assert(
      fc.property(fc.nat(bytes().length - 1), (index) => {
        expect(JSON.stringify(jumping.at(index).view)).toBe(views[index]);
      }),
      { numRuns: 60 },
    );
  });

  it('marks where questions open and says who did what', () => {
    const tape = createTape(trivia, bytes());
    const [first = 0] = tape.marks;
    expect(tape.at(first).around.find((note) => note.index === first)).toMatchObject({
      kind: 'key',
      number: 0,
    });
    const all = bytes().map((_, index) => tape.at(index).around.find((note) => note.index === index));
    expect(all.filter((note) => note?.intent === 'answer')).toHaveLength(2);
    expect(all.filter((note) => note?.intent === 'join').every((note) => note?.who?.length === 64)).toBe(
      true,
    );
  });
});
