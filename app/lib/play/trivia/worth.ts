/** What a right answer is worth at a moment; the rules decide, this only shows it while the wheel runs. */
import type { TriviaConfig } from './view.ts';

type Scoring = Pick<TriviaConfig, 'windowMs' | 'maxPoints' | 'minPoints'>;

export function worthNow({ windowMs, maxPoints, minPoints }: Scoring, leftMs: number): number {
  const elapsed = Math.min(windowMs, Math.max(0, windowMs - leftMs));
  return maxPoints - Math.floor(((maxPoints - minPoints) * elapsed) / windowMs);
}
