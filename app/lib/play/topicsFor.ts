/** The bank's rows as topics to choose from. */
import type { BankReply } from '@fairground/protocol';

export interface Topic {
  readonly slug: string;
  readonly count: number;
  /** Those of `count` that a match asks whose host has switched no more kinds on; an authority of before does not say. */
  readonly plain?: number | undefined;
  readonly language: string;
}

/** One row a topic: the reader's language if it has questions, else the largest. Topics with most questions first. */
export function topicsFor(bank: BankReply, wanted: string): readonly Topic[] {
  const best = new Map<string, Topic>();
  for (const { topic: slug, ...counted } of bank) {
    const row = { slug, ...counted };
    if (row.count > 0 && isBetter(row, best.get(slug), wanted)) best.set(slug, row);
  }
  return [...best.values()].sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1));
}

/** The reader's language where one of the chosen topics has it, else that of the first: the bank fills up with English. */
export function roomLanguage(topics: readonly Topic[], chosen: readonly string[], wanted: string): string {
  const languages = chosen.map((slug) => topics.find((topic) => topic.slug === slug)?.language ?? 'en');
  return languages.includes(wanted) ? wanted : (languages[0] ?? 'en');
}

function isBetter(row: Topic, before: Topic | undefined, wanted: string): boolean {
  if (before === undefined) return true;
  if (before.language === wanted) return false;
  return row.language === wanted || row.count > before.count;
}
