/** Example data for the gallery: one evening, shown at its different moments. */
import { formatWorldId, type RoomId } from '@fairground/protocol';
import type { RoundResult, Standing, TriviaView } from '#lib/play/trivia/view.ts';
import type { TriviaScreen } from '#lib/play/trivia/screen.ts';
import type { Lock } from '#lib/play/trivia/lock.ts';

const NAMES = [
  'Velvet Otter',
  'Turbo Pickle',
  'Lucky Lantern',
  'Brave Turnip',
  'Salty Biscuit',
  'Noble Noodle',
  'Mellow Falcon',
  'Quiet Comet',
];
const POINTS = [6412, 6085, 5240, 5108, 4470, 3925, 3310, 1860];
export const ME = 'seat-2';

export const seats: readonly Standing[] = NAMES.map((name, i) => ({
  id: `seat-${i}`,
  name,
  avatar: 1000 + i * 7919,
  points: POINTS[i] ?? 0,
  rank: i + 1,
  rankBefore: [1, 4, 3, 2, 5, 6, 7, 8][i] ?? i + 1,
  streak: i === 2 ? 5 : 1,
  right: 8 - i,
  asked: 8,
  present: i !== 6,
  ready: i % 2 === 0,
  answered: [0, 3, 4, 6, 7].includes(i),
  lastPoints: [1378, 0, 1323, 1096, 896, 0, 0, 842][i] ?? 0,
}));

const base: TriviaView = {
  game: 'trivia',
  phase: 'lobby',
  paused: false,
  now: Date.now(),
  title: 'Brit‑Pop 1990–1999',
  topics: ['pop'],
  config: {
    title: 'Brit‑Pop 1990–1999',
    topics: ['pop'],
    language: 'en',
    questions: 15,
    windowMs: 20_000,
    graceMs: 1000,
    revealMs: 6000,
    maxPoints: 1000,
    minPoints: 500,
    streak: true,
    compensationMs: 150,
    seats: 50,
    afterMs: 600_000,
  },
  host: 'seat-0',
  me: ME,
  seatsCount: 8,
  standings: seats,
  history: ['hit', 'miss', 'hit', 'hit', 'hit', 'hit', 'hit'],
};

const QUESTION =
  'On 14 August 1995 two bands released singles on the same day. Which song went to number one?';

/** About as long as questions come. */
export const LONG =
  'In a letter of 1787 to a friend in Prague a composer complained that his neighbours played the clarinet at night. Which of his works, begun that very month, opens with a passage that critics have ever since taken for a joke about it?';

export function running(left: number, text = QUESTION): TriviaView {
  const now = Date.now();
  return {
    ...base,
    phase: 'open',
    round: {
      index: 7,
      count: 15,
      kind: 'choice',
      topic: 'pop',
      text,
      answers: ['“Roll With It”', '“Common People”', '“Country House”', '“Alright”'],
      opensAt: now,
      closesAt: now + left,
      revealAt: now + left + 1000,
      answeredCount: 5,
      seatsCount: 8,
      asked: true,
    },
  };
}

/** I pass the one before me, or am passed by the one behind. */
function standingAfter(right: boolean): readonly Standing[] {
  const mine = right
    ? { points: 6210, rank: 2, rankBefore: 3, streak: 6 }
    : { points: 4820, rank: 4, rankBefore: 3, streak: 0, lastPoints: 0 };
  const other = right ? { id: 'seat-1', rank: 3, rankBefore: 2 } : { id: 'seat-3', rank: 3, rankBefore: 4 };
  const stays = right ? { id: 'seat-3', rankBefore: 4 } : { id: 'seat-1', rankBefore: 2 };
  const changes = new Map<string, Partial<Standing>>([
    [ME, mine],
    [other.id, other],
    [stays.id, stays],
  ]);
  return seats.map((seat) => ({ ...seat, ...changes.get(seat.id) })).toSorted((a, b) => a.rank - b.rank);
}

export function revealed(choice: number | null): TriviaView {
  const view = running(0);
  const right = choice === 2;
  const mine = right
    ? { choice, right, points: 1323, base: 882, streakBonus: 441, elapsedMs: 4720 }
    : { choice, right, points: 0, base: 0, streakBonus: 0, elapsedMs: 6200, reason: 'wrong' as const };
  return {
    ...view,
    phase: 'revealed',
    history: [...view.history, right ? 'hit' : 'miss'],
    standings: standingAfter(right),
    round: {
      ...(view.round as NonNullable<TriviaView['round']>),
      result: {
        correct: [2],
        explanation:
          'Blur beat Oasis. “Country House” sold 274,000 copies that week, “Roll With It” 216,000. The papers called it the Battle of Britpop.',
        source: { name: 'Example', licence: 'CC BY-SA 4.0' },
        questionId: 'q-8',
        histogram: [1, 0, 5, 1],
        mine,
        fastest: [
          { id: 'seat-0', elapsedMs: 1900 },
          { id: right ? ME : 'seat-4', elapsedMs: 4720 },
          { id: 'seat-3', elapsedMs: 6200 },
        ],
        votes: { up: 2, down: 1, flag: 0 },
        nextAt: Date.now() + 6000,
      },
    },
  };
}

export function over(): TriviaView {
  return {
    ...base,
    phase: 'over',
    history: [
      'hit',
      'miss',
      'hit',
      'hit',
      'hit',
      'hit',
      'hit',
      'hit',
      'none',
      'hit',
      'hit',
      'hit',
      'miss',
      'hit',
      'hit',
    ],
    standings: seats.map((seat, i) => ({
      ...seat,
      points: i === 2 ? 12_480 : seat.points * 2,
      rank: [1, 3, 2, 4, 5, 6, 7, 8][i] ?? 8,
    })),
    rate: {
      until: Date.now() + 540_000,
      questions: [
        { index: 0, text: 'Which song kept Oasis off number one in August 1995?', myVote: 'up' },
        { index: 1, text: 'Wie heißt die Hauptstadt von Australien?', language: 'de' },
      ],
    },
    over: {
      reason: 'finished',
      asked: 15,
      void: 0,
      awards: [
        { kind: 'quickest', ids: ['seat-0'], value: 900 },
        { kind: 'sharpest', ids: ['seat-0'], value: 8667 },
        { kind: 'streak', ids: [ME, 'seat-1'], value: 6 },
      ],
      seats: seats.map(({ id, name, rank, points, right, asked }, i) => ({
        id,
        name,
        rank,
        points,
        right,
        asked,
        answered: asked,
        bestStreak: 6,
        meanMs: 4100 + i * 300,
        fastestMs: 900,
        beats: 80,
      })),
    },
  };
}

/** As somebody without a seat sees it: with nothing of their own. */
export function looking({ me: _, ...view }: TriviaView): TriviaView {
  const { mine: _mine, ...result } = view.round?.result ?? {};
  if (!view.round?.result) return { ...view, history: [] };
  return { ...view, history: [], round: { ...view.round, result: result as RoundResult } };
}

const nothing = () => {};

const noDeeds: TriviaScreen['host'] = {
  ...{ pause: nothing, resume: nothing, skip: nothing, lock: nothing, kick: nothing, handover: nothing },
};

const chat: TriviaScreen['chat'] = [
  {
    id: '1',
    name: 'Turbo Pickle',
    avatar: seats[1]?.avatar ?? 1,
    text: 'I have been training for this since 1995.',
    mine: false,
    reactions: [
      { mark: 'laugh', names: ['Velvet Otter', 'Brave Turnip'], mine: true },
      { mark: 'cheer', names: ['Quiet Comet'], mine: false },
    ],
  },
  {
    id: '2',
    name: 'Brave Turnip',
    avatar: seats[3]?.avatar ?? 1,
    text: 'Someone kick the router, it’s sulking again',
    mine: false,
    reactions: [],
  },
  {
    id: '3',
    name: 'Velvet Otter',
    avatar: seats[0]?.avatar ?? 1,
    text: 'Starting in two minutes, get your drinks.',
    mine: false,
    reactions: [{ mark: 'agree', names: ['Turbo Pickle'], mine: false }],
  },
];

export function screenOf(view: TriviaView, change: Partial<TriviaScreen> = {}): TriviaScreen {
  return {
    view,
    facts: {
      room: 'a'.repeat(26) as RoomId,
      world: formatWorldId(new Uint8Array(32).fill(8)),
      code: '482917',
      link: 'https://fairground.example/j/482917',
      visibility: 'unlisted',
      cap: undefined,
    },
    isHost: false,
    clockOffset: 0,
    online: true,
    verified: 'audited',
    chat,
    drafts: {},
    watching: 2,
    screens: { count: 0, optionsOnly: false, onoptions: undefined },
    skipped: undefined,
    lock: undefined,
    myVote: undefined,
    pending: () => false,
    join: nothing,
    leave: nothing,
    ready: nothing,
    draft: nothing,
    start: nothing,
    answer: async () => {},
    stake: nothing,
    team: nothing,
    configure: nothing,
    host: noDeeds,
    claim: undefined,
    ...{ vote: nothing, voteOf: () => undefined },
    next: nothing,
    say: nothing,
    react: nothing,
    playAgain: nothing,
    takeHome: nothing,
    ...change,
  };
}

export const lobby = base;
export const held: Lock = { choice: 1, stage: 'held', storedAt: Date.now() };
export const unkept: Lock = { ...held, stage: 'unkept' };
export const kept: Lock = { ...held, stage: 'kept' };
export const counted: Lock = { choice: 1, stage: 'counted', storedAt: Date.now(), index: 211 };
export const late: Lock = { choice: 3, stage: 'refused', code: 'too_late', storedAt: Date.now(), index: 219 };

/** By the name that the gallery shows each under. */
export const locks: Readonly<Record<string, Lock>> = { held, unkept, kept, locked: counted, refused: late };
