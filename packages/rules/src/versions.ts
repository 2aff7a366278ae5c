/** The versions of one game: old ones stay runnable, and lead to the newer ones that take their states over. */
import type { AnyRulesGame } from './game.ts';

/** In order, the first one first. Each leads to those after it, up to the first that has no `migrate`. */
export function versions(...all: readonly AnyRulesGame[]): readonly AnyRulesGame[] {
  return all.map((game, i) => {
    const after = all.slice(i + 1);
    const gap = after.findIndex(({ migrate }) => !migrate);
    const later = gap === -1 ? after : after.slice(0, gap);
    return later.length === 0 ? game : { ...game, later };
  });
}
