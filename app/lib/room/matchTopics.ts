/** Search as you type: where the query lies in a topic's name; names that begin with it come first. */
import type { Topic } from '#lib/play/topicsFor.ts';

export interface FoundTopic extends Topic {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

export function matchTopics(
  topics: readonly Topic[],
  query: string,
  nameOf: (slug: string) => string,
): readonly FoundTopic[] {
  const wanted = query.trim().toLocaleLowerCase();
  return topics
    .map((topic) => ({ topic, name: nameOf(topic.slug) }))
    .map(({ topic, name }) => ({ topic, name, at: name.toLocaleLowerCase().indexOf(wanted) }))
    .filter(({ topic, at }) => at >= 0 || topic.slug.includes(wanted))
    .sort((a, b) => rank(a.at) - rank(b.at))
    .map(({ topic, name, at }) => ({ ...topic, ...cut(name, at, wanted.length) }));
}

/** At the start, further in, only in the slug. */
function rank(at: number): number {
  if (at === 0) return 0;
  return at > 0 ? 1 : 2;
}

function cut(name: string, at: number, length: number) {
  if (at < 0) return { before: name, hit: '', after: '' };
  return { before: name.slice(0, at), hit: name.slice(at, at + length), after: name.slice(at + length) };
}
