import { describe, expect, it } from 'vitest';
import { awardsShown } from './awardsShown.ts';
import type { TriviaView } from './view.ts';

type Over = NonNullable<TriviaView['over']>;
const seats = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `seat-${i}` }));
const ended = (count: number, awards: Over['awards']) =>
  ({ over: { reason: 'finished', asked: 3, void: 0, awards, seats: seats(count) } }) as unknown as TriviaView;
const ids = (count: number) => seats(count).map(({ id }) => id);

describe('[U241] rosettes', () => {
  it('are not given for what everybody shares', () => {
    const streak = { kind: 'streak', ids: ids(6), value: 3 } as const;
    const quickest = { kind: 'quickest', ids: ids(1), value: 900 } as const;
    expect(awardsShown(ended(6, [quickest, streak]))).toEqual([quickest]);
  });

  it('are given for what all but one share, and to whoever plays alone', () => {
    const streak = { kind: 'streak', ids: ids(5), value: 3 } as const;
    expect(awardsShown(ended(6, [streak]))).toEqual([streak]);
    const own = { kind: 'streak', ids: ids(1), value: 3 } as const;
    expect(awardsShown(ended(1, [own]))).toEqual([own]);
  });

  it('leave the winner to the podium', () =>
    expect(awardsShown(ended(4, [{ kind: 'winner', ids: ids(1), value: 900 }]))).toEqual([]));

  it('are none before the end', () => expect(awardsShown({})).toEqual([]));
});
