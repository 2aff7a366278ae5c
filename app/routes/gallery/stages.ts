/** Big screens at their different moments, from the same evening as the other examples. */
import type { Stage } from '#lib/play/screen/stage.ts';
import type { Standing, TriviaView } from '#lib/play/trivia/view.ts';
import { generateName } from '#lib/play/names.ts';
import { LONG, lobby, over, revealed, running, screenOf, seats } from './examples.ts';
import { results, rounds } from './kindExamples.ts';

export function stageOf(view: TriviaView, change: Partial<Stage> = {}): Stage {
  const { me: _, ...looking } = view;
  const { facts } = screenOf(view);
  return { view: { ...looking, history: [] }, facts, clockOffset: 0, online: true, ...change };
}

/** A tent as full as a school hall. */
export function crowd(count: number): readonly Standing[] {
  return Array.from({ length: count }, (_, i) => ({
    ...(seats[i % seats.length] as Standing),
    id: `seat-${String(i).padStart(3, '0')}`,
    name: generateName(i * 2_654_435_761),
    avatar: 1000 + i * 7919,
    rank: i + 1,
    points: Math.max(0, 9000 - i * 163),
    answered: i % 3 !== 1,
  }));
}

type Round = NonNullable<TriviaView['round']>;
const kindly = (view: TriviaView, change: Partial<Round>): TriviaView => ({
  ...view,
  round: { ...(view.round as Round), ...change },
});
// Its clock begins when it is looked at.
const resultOf = () => revealed(null).round?.result as NonNullable<Round['result']>;
const ordered = () => ({ ...resultOf(), correct: [2, 0, 3, 1], histogram: [] });
const polled = () => ({ ...resultOf(), correct: [], explanation: '' });

function said(kind: 'text' | 'number'): NonNullable<Round['result']> {
  const counts = [5, 2, 1].map((count, i) => ({ count, share: i === 0 ? 1000 : 0 }));
  const words = kind === 'text' ? ['Country House', 'Roll With It', 'Parklife'] : [3844, 4000, 99];
  return {
    ...{ ...resultOf(), correct: [], histogram: [] },
    ...(kind === 'text' ? { accepted: ['Country House'] } : { value: 3844 }),
    said: counts.map((one, i) => ({ ...one, said: words[i] ?? '' })),
  };
}

export const stages = {
  'big-empty': () => stageOf({ ...lobby, standings: [], seatsCount: 0 }),
  'big-lobby': () => stageOf(lobby),
  'big-lobby-20': () => stageOf({ ...lobby, standings: crowd(20) }),
  'big-lobby-60': () =>
    stageOf({
      ...lobby,
      standings: crowd(60),
      title: 'The very large school hall of an unusually long name',
    }),
  'big-private': () =>
    stageOf(lobby, {
      facts: {
        ...stageOf(lobby).facts,
        code: null,
        link: `https://fairground.example/r/${'a'.repeat(26)}#cap=${'b'.repeat(22)}`,
      },
    }),
  'big-dealing': () => stageOf({ ...lobby, phase: 'dealing' }),
  'big-drawing': () => stageOf({ ...lobby, phase: 'drawing' }),
  'big-question': () => stageOf(running(12_000)),
  'big-skipped': () => stageOf(running(9000), { skipped: { name: 'Velvet Otter', at: Date.now() } }),
  'big-late': () => stageOf(running(2800)),
  'big-long': () => {
    const view = running(9000, LONG);
    return stageOf({
      ...view,
      standings: crowd(60),
      round: {
        ...(view.round as NonNullable<TriviaView['round']>),
        answeredCount: 40,
        seatsCount: 60,
        answers: [
          'A divertimento for strings and two horns, in which all play wrong notes at the end',
          'The sonata for the pianoforte that beginners learn',
          'A serenade',
          'An opera about a statue that comes to supper, with a mandolin under a window',
          'A quintet',
          'The minuet that ends where it should begin',
        ],
      },
    });
  },
  ...Object.fromEntries(
    (['multi', 'order', 'poll', 'boolean'] as const).map((kind) => [
      `big-${kind}`,
      () => stageOf(kindly(running(12_000), { kind })),
    ]),
  ),
  'big-text': () => stageOf(kindly(running(12_000), { kind: 'text', answers: [], round: 'lightning' })),
  'big-number': () => stageOf(kindly(running(12_000), { kind: 'number', answers: [], round: 'wager' })),
  'big-paused': () =>
    stageOf({ ...running(9000), rest: { by: 'seat-0', why: 'The pizza is here', since: Date.now() } }),
  'big-goes-on': () =>
    stageOf({ ...running(9000), rest: { by: 'seat-0', why: '', since: 0, until: Date.now() + 5000 } }),
  'big-reveal-text': () =>
    stageOf(kindly(revealed(null), { kind: 'text', answers: [], result: said('text') })),
  'big-reveal-number': () =>
    stageOf(
      kindly(revealed(null), {
        ...{ kind: 'number', answers: [], scale: { decimals: 1, unit: 'km' } },
        result: said('number'),
      }),
    ),
  'big-reveal-order': () => stageOf(kindly(revealed(null), { kind: 'order', result: ordered() })),
  'big-reveal-poll': () => stageOf(kindly(revealed(null), { kind: 'poll', result: polled() })),
  'big-picture': () => stageOf(rounds['picture']?.() ?? lobby),
  'big-picture-away': () => stageOf(rounds['picture-away']?.() ?? lobby),
  'big-reveal-picture': () => stageOf(results['picture']?.() ?? lobby),
  'big-reveal': () => stageOf(revealed(2)),
  'big-over': () => stageOf(over()),
  'big-offline': () => stageOf(running(9000), { online: false }),
} satisfies Record<string, () => Stage>;
