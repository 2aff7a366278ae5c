/** That a question was taken out, by name, for as long as it is news. */
import { m } from '#lib/paraglide/messages.js';
import type { SkippedQuestion } from './screen.ts';

const NEWS_MS = 6000;

export function skippedWords({ name }: SkippedQuestion): string {
  return name === undefined ? m.skipped_by_host() : m.skipped_by({ name });
}

export function lastSkippedWords(skipped: SkippedQuestion): string {
  const words = skippedWords(skipped);
  return m.skipped_last({ words: words.charAt(0).toLocaleLowerCase() + words.slice(1) });
}

/** Of the question before; `now`: by the authority's clock. Empty once it is old. */
export function skippedNews(skipped: SkippedQuestion | undefined, now: number): string {
  if (!skipped || now - skipped.at >= NEWS_MS) return '';
  const { name } = skipped;
  return name === undefined ? m.before_skipped_by_host() : m.before_skipped_by({ name });
}
