/** What of a question is said in words that no file holds: true and false in its own language, and that it is in another than the room's. */
import { m } from '#lib/paraglide/messages.js';
import { getLocale, isLocale } from '#lib/paraglide/runtime.js';
import type { Round, TriviaView } from './view.ts';

/** Signed are True and False, whatever the language; shown are the words of the question's own. */
export function inOwnWords(view: TriviaView): TriviaView {
  const { round, config } = view;
  if (round?.kind !== 'boolean') return view;
  const [language = ''] = (round.language ?? config.language).split('-');
  if (!isLocale(language)) return view;
  const words: Readonly<Record<string, string>> = {
    True: m.answer_true({}, { locale: language }),
    False: m.answer_false({}, { locale: language }),
  };
  const own: Round = { ...round, answers: round.answers.map((answer) => words[answer] ?? answer) };
  return { ...view, round: own };
}

/** “in English”, in the reader's words. */
export function foreignWords(language: string): string {
  const names = new Intl.DisplayNames(getLocale(), { type: 'language' });
  try {
    return m.asked_in({ language: names.of(language) ?? language });
  } catch {
    return m.asked_in({ language });
  }
}
