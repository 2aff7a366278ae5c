/** Which rosettes hang at the end: what everybody shares tells nobody apart. */
import type { TriviaView } from './view.ts';

type Award = NonNullable<TriviaView['over']>['awards'][number];
const MOST = 3;

/** The winner hangs on the podium already. */
export function awardsShown({ over }: Pick<TriviaView, 'over'>): readonly Award[] {
  const seats = over?.seats.length ?? 0;
  const isShared = ({ ids }: Award) => seats > 1 && ids.length >= seats;
  return (over?.awards ?? []).filter((award) => award.kind !== 'winner' && !isShared(award)).slice(0, MOST);
}
