/** The same evening with other kinds of question, teams, a stake, and a host who steers. */
import type { Round, RoundResult, TriviaView } from '#lib/play/trivia/view.ts';
import { lobby, ME, over, revealed, running, seats } from './examples.ts';
import { ALT, pictures } from './pictureExamples.ts';

const teams = [0, 1, 2].map((team) => ({ team, points: 5_200 - 400 * team, rank: team + 1, seats: 3 }));
const inTeam = seats.map((seat, i) => ({ ...seat, team: i % 3 }));

export function inTeams(): TriviaView {
  const config = { ...lobby.config, teams: 3, wager: true, lightning: 3, kinds: ['choice', 'text'] as never };
  return { ...lobby, config, teams, standings: inTeam, locked: true };
}

/** With those alone who sit in these places. */
export function among(view: TriviaView, ...places: readonly number[]): TriviaView {
  const standings = view.standings.filter((_, i) => places.includes(i));
  return { ...view, standings, seatsCount: standings.length };
}

export function overInTeams(): TriviaView {
  const view = over();
  const standings = view.standings.map((seat, i) => ({ ...seat, team: i % 3 }));
  return { ...view, config: { ...view.config, teams: 3 }, teams, standings };
}

/** Nobody else came: first of one, and faster than nobody. */
export function overAlone(): TriviaView {
  const view = over();
  const ended = view.over as NonNullable<TriviaView['over']>;
  const mine = ended.seats.filter(({ id }) => id === ME).map((seat) => ({ ...seat, rank: 1, beats: 0 }));
  const standings = view.standings.filter(({ id }) => id === ME).map((seat) => ({ ...seat, rank: 1 }));
  return { ...view, seatsCount: 1, standings, over: { ...ended, awards: [], seats: mine } };
}

/** One award that half of them share, and one that all do. */
export function overShared(): TriviaView {
  const view = over();
  const ids = seats.map(({ id }) => id);
  const awards = [
    { kind: 'quickest' as const, ids: ids.slice(0, 4), value: 900 },
    { kind: 'streak' as const, ids, value: 15 },
  ];
  return { ...view, over: { ...(view.over as NonNullable<TriviaView['over']>), awards } };
}

function asked(round: Partial<Round>, change: Partial<TriviaView> = {}): () => TriviaView {
  return () => {
    const view = running(12_000);
    return { ...view, round: { ...(view.round as Round), answers: [], ...round }, ...change };
  };
}

const YES_OR_NO = 'Was “Country House” the number one of that week?';
const several = ['Supersonic', 'Live Forever', 'Girls & Boys', 'Parklife', 'Common People', 'Alright'];
const resting = () => ({
  ...{ by: 'seat-0', why: 'The pizza is here, and somebody has to open the door' },
  since: Date.now(),
});

const lands = ['Italy', 'Ireland', 'Mexico', 'France'];
const pictured = (state: keyof typeof pictures): Partial<Round> => ({
  ...{ kind: 'choice', topic: 'geography', text: 'Whose flag is this?', answers: lands },
  image: { hash: pictures[state], alt: ALT },
});

/** By the name that the gallery shows each under. */
export const rounds: Readonly<Record<string, () => TriviaView>> = {
  multi: asked({ kind: 'multi', text: 'Which of these are by Oasis?', answers: several }),
  order: asked({ kind: 'order', text: 'Oldest first?', answers: several }),
  text: asked({ kind: 'text', text: 'Who produced “Definitely Maybe”?' }),
  number: asked({
    kind: 'number',
    text: 'How many copies in its first week?',
    scale: { decimals: 1, unit: 'thousand copies' },
  }),
  poll: asked({ kind: 'poll', text: 'Blur or Oasis?', answers: ['Blur', 'Oasis', 'Neither'] }),
  lightning: asked({
    ...{ kind: 'boolean', round: 'lightning', text: YES_OR_NO },
    answers: ['Yes', 'No'],
    windowMs: 10_000,
    maxPoints: 2_000,
    minPoints: 1_000,
  }),
  // The clock of these begins when they are looked at.
  paused: () => asked({ answers: several }, { rest: resting() })(),
  'paused-host': () => asked({ answers: several }, { rest: resting(), me: 'seat-0' })(),
  'goes-on': () => asked({ answers: several }, { rest: { ...resting(), until: Date.now() + 3_000 } })(),
  stake: () =>
    asked(
      { text: '', round: 'wager', wager: { until: Date.now() + 20_000, most: 5_240, staked: false } },
      { phase: 'wager' },
    )(),
  teams: asked({ answers: several }, { teams, standings: inTeam }),
  picture: asked(pictured('here')),
  'picture-coming': asked(pictured('coming')),
  'picture-away': asked(pictured('away')),
};

function shown(round: Partial<Round>, result: Partial<RoundResult>, mine: object): () => TriviaView {
  return () => {
    const view = revealed(2);
    const known = view.round as Round;
    const own = { choice: null, right: false, points: 0, base: 0, streakBonus: 0, elapsedMs: 4_720, ...mine };
    const whole = { ...(known.result as RoundResult), correct: [], histogram: [], ...result, mine: own };
    const standings = view.standings.map((seat) =>
      seat.id === ME ? { ...seat, lastPoints: own.points } : seat,
    );
    return { ...view, standings, round: { ...known, answers: [], ...round, result: whole } };
  };
}

/** By the name that the gallery shows each under. */
export const results: Readonly<Record<string, () => TriviaView>> = {
  multi: shown(
    { kind: 'multi', answers: several },
    { correct: [0, 1], histogram: [6, 5, 1, 0, 2, 0] },
    { said: [0, 2], share: 0, reason: 'wrong' },
  ),
  order: shown(
    { kind: 'order', answers: several },
    { correct: [3, 1, 0, 2, 4, 5] },
    { said: [3, 0, 1, 2, 4, 5], share: 866, points: 764, base: 764 },
  ),
  text: shown(
    { kind: 'text', text: 'Who produced “Definitely Maybe”?' },
    {
      accepted: ['Owen Morris', 'Morris'],
      said: [
        { said: 'Owen Moris', count: 3, share: 1000 },
        { said: 'William Orbit', count: 2, share: 0 },
        { said: 'The man with the very large moustache', count: 1, share: 0 },
      ],
    },
    { said: 'Owen Moris', share: 1000, right: true, points: 900, base: 900, streak: 5 },
  ),
  number: shown(
    { kind: 'number', text: 'How many copies?', scale: { decimals: 1, unit: 'thousand copies' } },
    {
      value: 2_740,
      said: [
        { said: 2_700, count: 1, share: 1000 },
        { said: 1_000, count: 2, share: 500 },
      ],
    },
    { said: 1_000, share: 500, points: 500, base: 500 },
  ),
  poll: shown(
    { kind: 'poll', text: 'Blur or Oasis?', answers: ['Blur', 'Oasis', 'Neither'] },
    { histogram: [3, 4, 1] },
    { choice: 1, reason: 'wrong' },
  ),
  picture: shown(
    pictured('here'),
    { correct: [0], histogram: [5, 2, 1, 0] },
    { choice: 0, right: true, points: 900, base: 900 },
  ),
  'stake-lost': shown(
    { round: 'wager', text: YES_OR_NO, answers: ['Yes', 'No'] },
    { correct: [0], histogram: [5, 3] },
    { choice: 1, stake: 2_000, points: -2_000, base: -2_000, reason: 'wrong' },
  ),
};
