/** What the whole room is told about a question besides its text. */
import { m } from '#lib/paraglide/messages.js';
import type { Round } from '#lib/play/trivia/view.ts';
import { foreignWords } from '#lib/play/trivia/ownWords.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

/** What to do with it on the phone, where that is not picking one; nothing else. */
export function taskWords({ kind }: Pick<Round, 'kind'>): string {
  const words: Readonly<Record<string, () => string>> = {
    multi: m.screen_task_multi,
    order: m.screen_task_order,
    text: m.screen_task_text,
    number: m.screen_task_number,
    poll: m.screen_task_poll,
  };
  return words[kind]?.() ?? '';
}

/** “Question 8 of 15”, and what is special about this one. */
export function placeWords({
  index,
  count,
  round,
  language,
}: Pick<Round, 'index' | 'count' | 'round' | 'language'>): string {
  const special = {
    practice: m.screen_round_practice,
    lightning: m.screen_round_lightning,
    wager: m.screen_round_wager,
    plain: undefined,
  }[round ?? 'plain']?.();
  const foreign = language && foreignWords(language);
  return [m.question_of({ at: index + 1, count }), special, foreign].filter(Boolean).join(' · ');
}

/** A fixed-point number as the reader's language writes it: 1234 of two decimals is 12.34. */
export function estimateWords(value: number, scale: Round['scale']): string {
  const decimals = scale?.decimals ?? 0;
  const number = new Intl.NumberFormat(getLocale(), { minimumFractionDigits: decimals });
  const written = number.format(value / 10 ** decimals);
  return scale?.unit === undefined ? written : `${written} ${scale.unit}`;
}
