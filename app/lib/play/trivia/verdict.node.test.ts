import { describe, expect, it } from 'vitest';
import { revealed, seats } from '../../../routes/gallery/examples.ts';
import { verdictOf } from './verdict.ts';
import type { Standing } from './view.ts';

const { round } = revealed(0);
const result = round!.result!;

/** Seats with these points, ranked by the rules before and now; mine is the first. */
function standingsOf(points: readonly number[], before: readonly number[] = points): readonly Standing[] {
  const rankIn = (all: readonly number[], own: number) => 1 + all.filter((other) => other > own).length;
  return points.map((own, i) => ({
    ...seats[i]!,
    points: own,
    rank: rankIn(points, own),
    rankBefore: rankIn(before, before[i]!),
  }));
}

const wordsAt = (standings: readonly Standing[]) =>
  verdictOf(standings[0], result.mine, { result, standings }).words;

describe('[U49] after a miss', () => {
  it.each([
    ['nobody has points', [0, 0, 0], [0, 0, 0], 'Nobody has points yet. All is open.'],
    ['the first points are another’s', [0, 900, 0], [0, 0, 0], 'Your first points are still to come.'],
    ['I alone have none', [0, 900, 800], [0, 900, 0], 'Your first points are still to come.'],
    ['I share a place', [500, 900, 500], [500, 900, 0], 'Tied for 2nd.'],
    ['another has passed me', [500, 900, 800], [500, 900, 0], 'Down to 3rd.'],
    ['nobody has passed me', [500, 900, 400], [500, 900, 0], 'Still 2nd.'],
  ])('when %s', (_, points, before, words) => expect(wordsAt(standingsOf(points, before))).toBe(words));
});

it('[U49] an answer that did not count is no missing one', () => {
  const mine = { ...result.mine!, right: false, points: 0, choice: null, reason: 'no_answer' as const };
  const standings = standingsOf([500, 900]);
  const titleOf = (isRefused: boolean) =>
    verdictOf(standings[0], mine, { result, standings, isRefused }).title;
  expect([titleOf(true), titleOf(false)]).toEqual(['Not counted', 'No answer']);
});
