/** What is set beyond the usual, as chips. */
import { m } from '#lib/paraglide/messages.js';
import type { LaterRules } from '#lib/play/trivia/view.ts';
import type { IconName } from '#lib/ui/icons.ts';
import { isOfEveryKind } from './kinds.ts';

export interface Chip {
  readonly icon: IconName;
  readonly words: string;
}

export function laterChips(rules: LaterRules): readonly Chip[] {
  const { advance, teams = 0, practice, lightning = 0, wager, lateStart, waitMs = 0 } = rules;
  const chips: readonly (Chip | false)[] = [
    isOfEveryKind(rules) && { icon: 'spark', words: m.chip_kinds() },
    teams > 0 && { icon: 'users', words: m.chip_teams({ count: teams }) },
    practice === true && { icon: 'again', words: m.chip_practice() },
    lightning > 0 && { icon: 'bolt', words: m.chip_lightning({ count: lightning }) },
    wager === true && { icon: 'dice', words: m.chip_wager() },
    advance === 'host' && { icon: 'skip', words: m.chip_by_hand() },
    lateStart === 'lowest' && { icon: 'clock', words: m.chip_late() },
    waitMs > 0 && { icon: 'offline', words: m.chip_wait({ count: Math.round(waitMs / 1000) }) },
  ];
  return chips.filter((chip) => chip !== false);
}
