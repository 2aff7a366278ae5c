/** Plays trivia: joins, gets ready, answers any kind by chance after a moment, votes now and then; the host also starts, goes on and closes. */
import { bytesToHex, type Cbor, type DrawStream } from '@fairground/ledger';
import { ANSWER_SIZE, answerSize } from '@fairground/rules';
import { z } from 'zod';
import type { BotMaker, BotSeat, Move } from './bot.ts';
import { seatKeys } from './seat.ts';
import type { Seed } from './seeds.ts';

/** The part of the game's view that a bot looks at. */
const View = z.object({
  phase: z.string(),
  host: z.string(),
  seatsCount: z.int(),
  round: z
    .object({
      index: z.int(),
      kind: z.string().default('choice'),
      answers: z.array(z.string()),
      myLock: z.object({}).nullish(),
      wager: z.object({ most: z.int(), staked: z.boolean() }).nullish(),
    })
    .nullish(),
  standings: z.array(z.object({ id: z.string(), present: z.boolean(), ready: z.boolean() })),
});
type View = z.infer<typeof View>;

export interface TriviaParty {
  /** How many seats the host waits for. */
  readonly players: number;
  readonly seed: Seed;
  /** The longest that anybody thinks about an answer, ms; 400 if not given. */
  readonly hesitatesMs?: number;
  /** How long the host shows a result before it goes on, ms; 300 if not given, which is enough for votes. */
  readonly showsResultMs?: number;
}

const HESITATES_MS = 400;
const SHOWS_RESULT_MS = 300;
/** Bots flag nothing: a flag takes a question out of the draw until somebody has looked at it. */
const VOTES = ['up', 'up', 'down'] as const;

export function triviaBot({
  players,
  seed,
  hesitatesMs = HESITATES_MS,
  showsResultMs = SHOWS_RESULT_MS,
}: TriviaParty): BotMaker {
  return (seat) => {
    const id = bytesToHex(seat.key);
    return (shown) => {
      const view = View.parse(shown);
      const mine = view.standings.find((standing) => standing.id === id);
      if (!mine) return view.phase === 'over' ? [] : [join(seat)];
      const asHost = view.host === id ? hostMoves(view, players, showsResultMs) : [];
      const draws = (label: string) => seed.draws(`${seat.name}/${label}`);
      return [...playerMoves(view, mine.ready, { draws, hesitatesMs }), ...asHost];
    };
  };
}

function join(seat: BotSeat): Move {
  const { box, rand } = seatKeys(seat);
  return {
    once: 'join',
    afterMs: 0,
    wish: { kind: 'join', body: { name: seat.name, avatar: 0, box, rand } },
  };
}

/** How a player makes up its mind. */
interface Mind {
  readonly draws: Seed['draws'];
  readonly hesitatesMs: number;
}

function playerMoves({ phase, round }: View, isReady: boolean, mind: Mind): readonly Move[] {
  if (phase === 'lobby')
    return isReady ? [] : [{ once: 'get ready', afterMs: 0, wish: { kind: 'ready', body: { ready: true } } }];
  if (!round) return [];
  if (phase === 'wager' && round.wager && !round.wager.staked) return [stake(round, mind)];
  if (phase === 'open' && !round.myLock) return [answer(round, mind)];
  return phase === 'revealed' ? vote(round.index, mind) : [];
}

type Round = NonNullable<View['round']>;

function stake({ index, wager }: Round, { draws, hesitatesMs }: Mind): Move {
  const chance = draws(`stake ${index}`);
  const seal = { lot: index, value: chance.below((wager?.most ?? 0) + 1), size: ANSWER_SIZE };
  return { once: 'stake', afterMs: chance.below(hesitatesMs), wish: { kind: 'wager', seal } };
}

/** Somebody who knows little: with words and numbers of its own it is seldom right. */
function guess({ kind, answers }: Round, chance: DrawStream): Cbor {
  switch (kind) {
    case 'multi':
      return chance
        .shuffle(answers.length)
        .slice(0, 1 + chance.below(answers.length))
        .sort((a, b) => a - b);
    case 'order':
      return chance.shuffle(answers.length);
    case 'text':
      return chance.pick(WORDS);
    case 'number':
      return chance.below(10_000);
    default:
      return chance.below(answers.length);
  }
}

const WORDS = ['No idea', 'Mozart', 'Paris', 'The moon', 'Gold', 'Einstein'] as const;

function answer(round: Round, { draws, hesitatesMs }: Mind): Move {
  const { index, kind } = round;
  const chance = draws(`answer ${index}`);
  const seal = { lot: index, value: guess(round, chance), size: answerSize(kind) };
  return {
    once: `answer question ${index + 1}`,
    afterMs: chance.below(hesitatesMs),
    wish: { kind: 'answer', seal },
  };
}

function vote(question: number, { draws }: Mind): readonly Move[] {
  const chance = draws(`vote ${question}`);
  if (chance.below(3) > 0) return [];
  const body = { question, vote: chance.pick(VOTES) };
  return [
    {
      once: `vote on question ${question + 1}`,
      afterMs: chance.below(SHOWS_RESULT_MS / 2),
      wish: { kind: 'vote', body },
    },
  ];
}

function hostMoves(
  { phase, round, standings, seatsCount }: View,
  players: number,
  showsResultMs: number,
): readonly Move[] {
  const isFull = seatsCount >= players && standings.every(({ ready }) => ready);
  if (phase === 'lobby') return isFull ? [{ once: 'start', afterMs: 0, wish: { kind: 'start' } }] : [];
  if (phase === 'revealed' && round)
    return [
      { once: `go on after question ${round.index + 1}`, afterMs: showsResultMs, wish: { kind: 'next' } },
    ];
  return phase === 'over' ? [{ once: 'close', afterMs: showsResultMs, wish: { kind: 'close' } }] : [];
}
