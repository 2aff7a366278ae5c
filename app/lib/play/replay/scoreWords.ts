/** What a question brought to somebody, in plain words. */
import { m } from '#lib/paraglide/messages.js';
import { LETTERS } from '#lib/ui/AnswerShape.svelte';
import { formatNumber, formatSeconds } from '#lib/ui/numbers.ts';
import type { Scored } from './talk.ts';

/** “answered B after 3.2 s, right, 871 points, streak +10 %” */
export function scoreWords({ mine }: Scored): string {
  const { reason, right, points } = mine;
  if (reason === 'not_asked') return m.score_not_asked();
  if (reason === 'no_answer') return m.score_none();
  if (reason === 'seal_void' || reason === 'not_opened') return m.score_void();
  const verdict = right ? m.score_right() : points > 0 ? m.score_partly() : m.score_wrong();
  return [
    saidWords(mine),
    verdict,
    m.score_points({ count: points, shown: formatNumber(points) }),
    bonusWords(mine),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function saidWords({ choice, elapsedMs }: Scored['mine']): string {
  const seconds = formatSeconds(elapsedMs);
  const letter = choice === null ? undefined : LETTERS[choice];
  return letter === undefined ? m.score_said({ seconds }) : m.score_answered({ letter, seconds });
}

function bonusWords({ base, streakBonus }: Scored['mine']): string {
  const percent = base > 0 ? Math.round((100 * streakBonus) / base) : 0;
  return percent > 0 ? m.score_streak({ percent }) : '';
}
