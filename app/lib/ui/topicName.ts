/** A topic's name in the reader's language; slugs without one of their own are spelt out. */
import { m } from '#lib/paraglide/messages.js';
import { slugToTitle } from './topicLook.ts';

const NAMES: Readonly<Record<string, () => string>> = {
  pop: m.topic_pop,
  geography: m.topic_geography,
  science: m.topic_science,
  history: m.topic_history,
  movies: m.topic_movies,
  sports: m.topic_sports,
  food: m.topic_food,
  words: m.topic_words,
  nature: m.topic_nature,
  music: m.topic_music,
  games: m.topic_games,
  kids: m.topic_kids,
  world: m.topic_world,
};

export function topicName(slug: string): string {
  return (Object.hasOwn(NAMES, slug) ? NAMES[slug]?.() : undefined) ?? slugToTitle(slug);
}
