import {
  type Bytes,
  decodeWorld,
  encodeWorld,
  openWorld,
  step,
  unwrap,
  type World,
} from '@fairground/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bankOf,
  createEvening,
  disorderOf,
  type Move,
  settle,
  stateOf,
  type TriviaTable,
  wander,
  worldOf,
} from '../testing/index.ts';
import { trivia, type TriviaState } from './index.ts';
import { REFUSALS } from './refusals.ts';

const seed = 'wander';
const who = fc.nat(4);
const ready = fc.boolean();
const choice = fc.nat(6);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('join' as const, 'start' as const, 'next' as const), who }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'close' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ready' as const), who, ready }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), who, as: who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('configure' as const),
      who,
      seats: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), who, choice, rtt: fc.nat(600) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('vote' as const),
      who,
      question: fc.nat(4),
      vote: fc.constantFrom('up' as const, 'down' as const, 'flag' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('hold' as const), who, choice, seenBy: fc.uniqueArray(who) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 1, 700, 6_000, 21_000, 40_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), ms: fc.constantFrom(0, 5_000, 90_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('steer' as const),
      who,
      what: fc.constantFrom(
        ...(['pause', 'resume', 'resume', 'skip', 'claim', 'here', 'lock', 'unlock'] as const),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('point' as const),
      who,
      at: who,
      what: fc.constantFrom('kick' as const, 'handover' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('stake' as const),
      who,
      amount: fc.integer({ min: -1, max: 2_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('team' as const), who, team: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('withhold' as const),
      what: fc.constantFrom('nothing' as const, 'nothing' as const, 'lot' as const, 'ask' as const),
    }),
  },
);
const opening: readonly Move[] = [
  { kind: 'join', who: 0 },
  { kind: 'join', who: 1 },
  { kind: 'join', who: 2 },
  { kind: 'start', who: 0 },
];
/** Of every kind something, and everything that a match may be set to. */
const rich = {
  ...{
    kinds: ['multi', 'text', 'number', 'order', 'poll', 'choice'],
    practice: true,
    lightning: 1,
    wager: true,
  },
  ...{ teams: 2, waitMs: 5_000, claimMs: 20_000, lateStart: 'lowest' },
};
const bank = bankOf('number', 'text', 'multi', 'order', 'poll', 'choice');
interface Plan {
  readonly isRich: boolean;
  readonly moves: readonly Move[];
}
const evenings: fc.Arbitrary<Plan> = fc
  .tuple(fc.boolean(), fc.boolean(), fc.array(move, { maxLength: 40, size: 'max' }))
  .map(([skip, isRich, moves]) => ({ isRich, moves: skip ? [...opening, ...moves] : moves }));
const runs = { numRuns: 40 };

interface Live {
  readonly table: TriviaTable;
  /** The world's snapshot after every entry. */
  readonly snapshots: readonly Bytes[];
  readonly codes: readonly string[];
}

function live({ isRich, moves }: Plan): Live {
  const snapshots: Bytes[] = [];
  const onStep = (world: World<TriviaState>) => snapshots.push(encodeWorld(trivia, world));
  const table = isRich
    ? createEvening({ seed, config: { questions: 5, ...rich }, supply: bank, onStep })
    : createEvening({ seed, config: { questions: 3 }, onStep });
  return { table, snapshots, codes: wander(table, moves) };
}

function continued(
  world: World<TriviaState>,
  entries: readonly Bytes[],
  check: (index: number, world: World<TriviaState>) => void,
) {
  for (const bytes of entries) {
    const { index } = unwrap(step(trivia, world, bytes, { trustIntentSignatures: true }));
    check(index, world);
  }
}

describe('any evening', () => {
  it('[R3] replays to what was live at every entry', () => {
    fc.assert(
      fc.property(evenings, (moves) => {
        const { table, snapshots } = live(moves);
        const [genesis = new Uint8Array(0), ...rest] = table.loop.entries;
        continued(unwrap(openWorld(trivia, genesis)), rest, (index, world) => {
          expect(encodeWorld(trivia, world)).toEqual(snapshots[index - 1]);
        });
      }),
      runs,
    );
  });

  it('[R3] goes on from the snapshot of any entry to the same end', () => {
    fc.assert(
      fc.property(evenings, fc.nat(200), (moves, place) => {
        const { table, snapshots } = live(moves);
        if (snapshots.length === 0) return;
        const from = place % snapshots.length;
        const world = decodeWorld(trivia, snapshots[from] ?? new Uint8Array(0));
        expect(encodeWorld(trivia, world)).toEqual(snapshots[from]);
        continued(world, table.loop.entries.slice(from + 2), () => undefined);
        expect(encodeWorld(trivia, world)).toEqual(snapshots.at(-1));
      }),
      runs,
    );
  });

  it('[R3] keeps its counts and names in order', () => {
    fc.assert(
      fc.property(evenings, (moves) => {
        expect(disorderOf(stateOf(live(moves).table))).toEqual([]);
      }),
      runs,
    );
  });

  it('[R5] a refused intent changes nothing but its place in the chain', () => {
    const late: readonly Move[] = [
      ...opening,
      { kind: 'wait', ms: 6_000 },
      { kind: 'withhold', what: 'ask' },
      { kind: 'wait', ms: 21_000 },
      { kind: 'withhold', what: 'nothing' },
    ];
    fc.assert(
      fc.property(evenings, move, (moves, last) => {
        const { table } = live(moves);
        // What the authority owes is no work of the intent's.
        settle(table);
        if (worldOf(table).closed || !('who' in last)) return;
        const size = table.loop.entries.length;
        const copy = trivia.decode(trivia.encode(stateOf(table)));
        if (wander(table, [last]).length === 0) return;
        const isLogged = table.loop.entries.length > size;
        const expected = isLogged ? trivia.apply(copy, { kind: 'time', at: table.loop.now }) : copy;
        expect(trivia.encode(stateOf(table))).toEqual(trivia.encode(expected));
      }),
      {
        numRuns: 120,
        examples: [
          [
            { isRich: false, moves: [...late] },
            { kind: 'join', who: 0 },
          ],
        ],
      },
    );
  });

  it('[T40] is refused with codes of the list alone', () => {
    const before = new Set(['intent_gap', 'intent_fork', 'world_closed']);
    const seen = new Set<string>();
    fc.assert(
      fc.property(evenings, (moves) => {
        for (const code of live(moves).codes) {
          seen.add(code);
          expect(before.has(code) || Object.hasOwn(REFUSALS, code)).toBe(true);
        }
      }),
      runs,
    );
    expect(seen.size).toBeGreaterThan(5);
  });

  it('[R6] has one encoding, however its maps were filled', () => {
    fc.assert(
      fc.property(evenings, (moves) => {
        const state = stateOf(live(moves).table);
        const before = trivia.encode(state);
        for (const question of state.questions) {
          question.locks = new Map([...question.locks].reverse());
          question.votes = new Map([...question.votes].reverse());
          question.sighted = new Map([...question.sighted].reverse());
          question.stakes = new Map([...question.stakes].reverse());
          question.here = new Set([...question.here].reverse());
        }
        expect(trivia.encode(state)).toEqual(before);
      }),
      runs,
    );
  });
});
