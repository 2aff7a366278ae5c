/** The stamp of a reveal: what happened to me, in a few words. */
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/ui/numbers.ts';
import type { MyResult, RoundResult, Standing } from './view.ts';

export interface Verdict {
  readonly kind: 'hit' | 'miss' | 'none';
  readonly title: string;
  readonly words: string;
}

export interface Outcome {
  readonly result: RoundResult;
  /** Of everybody who is shown, me among them. */
  readonly standings: readonly Standing[];
  /** The question's. */
  readonly kind?: string;
  /** There was an answer, and it did not count. */
  readonly isRefused?: boolean;
}

export function verdictOf(
  me: Standing | undefined,
  mine: MyResult | undefined,
  { result, standings, kind, isRefused = false }: Outcome,
): Verdict {
  if (!me)
    return {
      kind: 'none',
      title: m.verdict_watching(),
      words: m.verdict_watching_words({ count: pickedRight(result) }),
    };
  if (kind === 'poll')
    return { kind: 'none', title: m.verdict_poll(), words: m.verdict_poll_words({ count: votesOf(result) }) };
  if (mine?.stake !== undefined && mine.points < 0)
    return { kind: 'miss', title: formatNumber(mine.points), words: placeWords(me, standings) };
  if (mine && !mine.right && mine.points > 0)
    return {
      kind: 'none',
      title: `+${formatNumber(mine.points)}`,
      words:
        kind === 'number'
          ? m.verdict_near()
          : m.verdict_partly({ percent: Math.round((mine.share ?? 0) / 10) }),
    };
  if (mine?.right && kind === 'number')
    return { kind: 'hit', title: `+${formatNumber(mine.points)}`, words: m.verdict_nearest() };
  if (mine?.right) return { kind: 'hit', title: `+${formatNumber(mine.points)}`, words: hitWords(me, mine) };
  if (mine?.reason === 'not_asked')
    return { kind: 'none', title: m.verdict_watching(), words: m.verdict_not_asked() };
  if (mine === undefined || mine.reason === 'no_answer' || (mine.choice === null && mine.said === undefined))
    return {
      kind: 'miss',
      title: isRefused ? m.verdict_refused() : m.verdict_none(),
      words: placeWords(me, standings),
    };
  return { kind: 'miss', title: m.verdict_miss(), words: placeWords(me, standings) };
}

function hitWords(me: Standing, mine: MyResult): string {
  if (me.streak < 2) return m.verdict_hit({ place: me.rank });
  const percent = mine.base > 0 ? Math.round((mine.streakBonus * 100) / mine.base) : 0;
  return percent > 0
    ? m.verdict_streak_bonus({ count: me.streak, percent })
    : m.verdict_streak({ count: me.streak });
}

/** Without points there was no place to lose: the rank among those with nothing is true and says nothing. */
function placeWords(me: Standing, standings: readonly Standing[]): string {
  if (standings.every(({ points }) => points === 0)) return m.verdict_all_at_zero();
  if (me.points === 0) return m.verdict_at_zero();
  if (standings.some(({ id, rank }) => id !== me.id && rank === me.rank))
    return m.verdict_tied({ place: me.rank });
  return me.rank > me.rankBefore
    ? m.verdict_dropped({ place: me.rank })
    : m.verdict_still({ place: me.rank });
}

function votesOf({ histogram }: RoundResult): number {
  return histogram.reduce((sum, count) => sum + count, 0);
}

function pickedRight({ correct, histogram }: RoundResult): number {
  return correct.reduce((sum, index) => sum + (histogram[index] ?? 0), 0);
}
