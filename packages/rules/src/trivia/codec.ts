/** A match as canonical bytes: a snapshot, and what state hashes are taken of. Derived fields stay out. */
import {
  type Bytes,
  bytesToHex,
  type Cbor,
  decodeCbor,
  encodeCbor,
  hexToBytes,
  rowOf,
  unwrap,
  type Writable,
} from '@fairground/ledger';
import { z } from 'zod';
import { dataToDraw, DrawData, drawToData } from '../dice/codec.ts';
import { foldName } from '../names/name.ts';
import { bytes32, uint, uint32 } from '../schema.ts';
import { encodedTurns } from './turns.ts';
import { Config } from './config.ts';
import { VOTES } from './intents.ts';
import { holdsName } from './join.ts';
import { Answer, Ask } from './question.ts';
import { PHASES, type Question, REASONS, type Seat, type State, type Turn } from './state.ts';

const SaidData = z.union([z.int(), z.string(), z.array(uint)]);
/** What one option does not say comes after, and how right it was. What is not there is not written: states of matches without it keep their bytes. */
const TurnData = z
  .union([
    z.tuple([z.int(), uint, uint, z.int()]),
    z.tuple([z.int(), uint, uint, z.int(), SaidData, uint.nullable()]),
  ])
  .nullable();

const SeatData = z.strictObject({
  key: bytes32,
  name: z.string(),
  avatar: uint32,
  box: bytes32,
  rand: bytes32,
  present: z.boolean(),
  ready: z.boolean(),
  turns: z.array(TurnData),
  /** points, lastPoints, streak, bestStreak, right, asked, sightings */
  counts: z.tuple([uint, z.int(), uint, uint, uint, uint, uint]),
  team: uint.exactOptional(),
  start: uint.exactOptional(),
  out: z.strictObject({ until: uint, why: z.string() }).exactOptional(),
});

const QuestionData = z.strictObject({
  askCommit: bytes32,
  answerCommit: bytes32,
  outcome: z.enum(['waiting', 'revealed', 'void']),
  pk: bytes32.nullable(),
  sk: bytes32.nullable(),
  ask: Ask.nullable(),
  order: z.array(uint),
  /** openedAt, closesAt, revealFrom, revealedAt, nextAt */
  times: z.tuple([uint, uint, uint, uint, uint]),
  /** asked, answered, outstanding */
  counts: z.tuple([uint, uint, uint]),
  locks: z.array(z.union([z.tuple([uint, uint, bytes32]), z.tuple([uint, uint, bytes32, z.literal(true)])])),
  sighted: z.array(z.tuple([bytes32, z.array(z.tuple([uint, uint]))])),
  answer: Answer.nullable(),
  histogram: z.array(uint),
  fastest: z.array(z.tuple([uint, uint])),
  votes: z.array(z.tuple([uint, z.enum(VOTES), uint])),
  stakes: z.array(z.tuple([uint, z.int()])).exactOptional(),
  here: z.array(uint).exactOptional(),
  missing: uint.exactOptional(),
});

const RestData = z.strictObject({ by: bytes32, why: z.string(), since: uint, until: uint.exactOptional() });
const ClaimData = z.strictObject({ by: uint, at: uint, until: uint, answered: z.boolean() });

const StateData = z.strictObject({
  v: z.literal(1),
  world: bytes32,
  authority: bytes32,
  rand: bytes32,
  founder: bytes32,
  host: bytes32,
  chosen: bytes32.exactOptional(),
  claim: ClaimData.exactOptional(),
  locked: z.literal(true).exactOptional(),
  rest: RestData.exactOptional(),
  config: Config,
  now: uint,
  pausedAt: uint.nullable(),
  phase: z.enum(PHASES),
  by: uint,
  reason: z.enum(REASONS).nullable(),
  seats: z.array(SeatData),
  dealt: z.array(bytes32).nullable(),
  draw: DrawData.nullable(),
  questions: z.array(QuestionData),
  current: z.int().min(-1),
});

type SeatData = z.infer<typeof SeatData>;
type QuestionData = z.infer<typeof QuestionData>;

export function encode(state: State): Bytes {
  const { world, authority, rand, founder, host, config, now, phase, by, current } = state;
  return encodeCbor({
    v: 1,
    ...{ world, authority, rand, founder, host, config, now, phase, by, current },
    ...(state.chosen ? { chosen: state.chosen } : {}),
    ...(state.claim ? { claim: { ...state.claim } } : {}),
    ...(state.locked ? { locked: true } : {}),
    ...(state.rest ? { rest: { ...state.rest } } : {}),
    pausedAt: state.pausedAt ?? null,
    reason: state.reason ?? null,
    seats: state.seats.map(seatToData),
    dealt: state.dealt ?? null,
    draw: state.draw ? drawToData(state.draw) : null,
    questions: state.questions.map(questionToData),
  });
}

/** Throws on bytes that are no encoded match. */
export function decode(bytes: Bytes): State {
  const data = StateData.parse(unwrap(decodeCbor(bytes)));
  const { world, authority, rand, founder, host, config, now, phase, by, current } = data;
  const seats = data.seats.map(dataToSeat);
  return {
    ...{ world, authority, rand, founder, host, config, now, phase, by, current, seats },
    locked: data.locked ?? false,
    ...(data.chosen ? { chosen: data.chosen } : {}),
    ...(data.claim ? { claim: data.claim } : {}),
    ...(data.rest ? { rest: data.rest } : {}),
    ...(data.pausedAt === null ? {} : { pausedAt: data.pausedAt }),
    ...(data.reason === null ? {} : { reason: data.reason }),
    ...(data.dealt === null ? {} : { dealt: data.dealt }),
    ...(data.draw === null ? {} : { draw: dataToDraw(data.draw, world) }),
    questions: data.questions.map(dataToQuestion),
    presentCount: seats.filter(({ present }) => present).length,
    numberById: new Map(seats.map(({ id, number }) => [id, number])),
    numberByName: new Map(seats.filter(holdsName).map(({ name, number }) => [foldName(name), number])),
    derived: {},
  };
}

const seatRow = rowOf('box', 'key', 'name', 'rand', 'ready', 'turns', 'avatar', 'counts', 'present');

function seatToData(seat: Seat): Writable {
  const { key, name, avatar, box, rand, present, ready } = seat;
  const { points, lastPoints, streak, bestStreak, right, asked, sightings } = seat;
  const counts = [points, lastPoints, streak, bestStreak, right, asked, sightings];
  const row = [box, key, name, rand, ready, encodedTurns(seat), avatar, counts, present] as const;
  const { team, start, out } = seat;
  if (team === undefined && start === undefined && !out) return seatRow(...row);
  return {
    ...{ box, key, name, rand, ready, turns: encodedTurns(seat), avatar, counts, present },
    ...(team === undefined ? {} : { team }),
    ...(start === undefined ? {} : { start }),
    ...(out ? { out: { ...out } } : {}),
  };
}

function dataToSeat({ counts, turns, ...rest }: SeatData, number: number): Seat {
  const [points, lastPoints, streak, bestStreak, right, asked, sightings] = counts;
  const totals = { points, lastPoints, streak, bestStreak, right, asked, sightings };
  return { ...rest, ...totals, number, id: bytesToHex(rest.key), turns: turns.map(dataToTurn) };
}

function dataToTurn(data: SeatData['turns'][number]): Turn | null {
  if (!data) return null;
  const [entry, elapsedMs, at, choice, said, share] = data;
  return {
    ...{ entry, elapsedMs, at, choice },
    ...(said === undefined ? {} : { said }),
    ...(share === undefined || share === null ? {} : { share }),
  };
}

function questionToData(question: Question): Cbor {
  const { askCommit, answerCommit, outcome, pk, sk, ask, order, answer, histogram, fastest } = question;
  const { openedAt, closesAt, revealFrom, revealedAt, nextAt } = question;
  return {
    ...{ askCommit, answerCommit, outcome, order, histogram },
    pk: pk ?? null,
    sk: sk ?? null,
    ask: ask ?? null,
    times: [openedAt, closesAt, revealFrom, revealedAt, nextAt],
    counts: [question.askedCount, question.answeredCount, question.outstanding],
    locks: byNumber(question.locks).map(([entry, { seat, commit, isStake }]) =>
      isStake ? [entry, seat, commit, true] : [entry, seat, commit],
    ),
    ...(question.stakes.size > 0 ? { stakes: byNumber(question.stakes) } : {}),
    ...(question.here.size > 0 ? { here: [...question.here].sort((a, b) => a - b) } : {}),
    ...(question.missing > 0 ? { missing: question.missing } : {}),
    sighted: sightedToData(question),
    answer: answer ?? null,
    fastest: fastest.map(({ seat, elapsedMs }) => [seat, elapsedMs]),
    votes: byNumber(question.votes).map(([seat, { vote, latencyMs }]) => [seat, vote, latencyMs]),
  };
}

function dataToQuestion(data: QuestionData): Question {
  const { askCommit, answerCommit, outcome, order, histogram, pk, sk, ask, answer } = data;
  const [openedAt, closesAt, revealFrom, revealedAt, nextAt] = data.times;
  const [askedCount, answeredCount, outstanding] = data.counts;
  return {
    ...{ askCommit, answerCommit, outcome, order, histogram },
    ...{ openedAt, closesAt, revealFrom, revealedAt, nextAt, askedCount, answeredCount, outstanding },
    ...(pk ? { pk } : {}),
    ...(sk ? { sk } : {}),
    ...(ask ? { ask } : {}),
    ...(answer ? { answer } : {}),
    stakes: new Map(data.stakes ?? []),
    here: new Set(data.here ?? []),
    missing: data.missing ?? 0,
    locks: new Map(
      data.locks.map(([entry, seat, commit, isStake]) => [
        entry,
        isStake ? { seat, commit, isStake } : { seat, commit },
      ]),
    ),
    sighted: new Map(
      data.sighted.map(([hash, list]) => [
        bytesToHex(hash),
        list.map(([seat, sinceMs]) => ({ seat, sinceMs })),
      ]),
    ),
    fastest: data.fastest.map(([seat, elapsedMs]) => ({ seat, elapsedMs })),
    votes: new Map(data.votes.map(([seat, vote, latencyMs]) => [seat, { vote, latencyMs }])),
  };
}

function sightedToData({ sighted }: Question): Cbor {
  return [...sighted]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([hash, list]) => [hexToBytes(hash) ?? null, list.map(({ seat, sinceMs }) => [seat, sinceMs])]);
}

function byNumber<T>(map: ReadonlyMap<number, T>): readonly (readonly [number, T])[] {
  return [...map].sort(([a], [b]) => a - b);
}
