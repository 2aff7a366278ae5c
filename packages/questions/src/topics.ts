/** The topics that have a name of their own; any other slug is a topic too. */

/** Slug to label. The first eight have an accent colour in the look, the others take the neutral one. */
export const TOPICS = {
  pop: 'Pop culture',
  geography: 'Geography',
  science: 'Science',
  history: 'History',
  movies: 'Movies',
  sports: 'Sports',
  food: 'Food',
  words: 'Words',
  nature: 'Nature',
  music: 'Music',
  games: 'Games',
  kids: 'Kids',
  world: 'World',
} as const;

/** Categories of OpenTriviaQA and the Open Trivia DB whose slug is not already one of ours. */
const CATEGORIES: Readonly<Record<string, string>> = {
  animals: 'nature',
  'board-games': 'games',
  books: 'words',
  'cartoon-animations': 'pop',
  celebrities: 'pop',
  comics: 'pop',
  computers: 'science',
  entertainment: 'pop',
  film: 'movies',
  'for-kids': 'kids',
  gadgets: 'science',
  'general-knowledge': 'general',
  'japanese-anime-manga': 'pop',
  literature: 'words',
  mathematics: 'science',
  'musicals-theatres': 'music',
  people: 'pop',
  'pop-culture': 'pop',
  'science-nature': 'science',
  'science-technology': 'science',
  television: 'pop',
  'video-games': 'games',
};

/** The name that people read: `pop` → `Pop culture`, `brit-pop` → `Brit pop`. */
export function topicLabel(topic: string): string {
  const named = Object.entries(TOPICS).find(([slug]) => slug === topic)?.[1];
  return named ?? topic.charAt(0).toUpperCase() + topic.slice(1).replaceAll('-', ' ');
}

/** `…/Science-Technology.txt` → `science`; an unknown name becomes a slug of itself, nothing usable `general`. */
export function topicOfFile(name: string): string {
  return topicOfLabel((name.split(/[\\/]/u).at(-1) ?? '').replace(/\.[a-z0-9]{1,6}$/iu, ''));
}

/** A category as others name it: `Entertainment: Video Games` → `games`, `Brit pop` → `brit-pop`. */
export function topicOfLabel(label: string): string {
  const slug = slugOf(label.replace(/^[^:]+:(?=.)/u, ''));
  return Object.hasOwn(CATEGORIES, slug) ? (CATEGORIES[slug] ?? slug) : slug;
}

function slugOf(name: string): string {
  const ascii = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = ascii
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/gu, '');
  return slug === '' ? 'general' : slug;
}
