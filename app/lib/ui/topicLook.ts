/** How a topic is painted: which accent of `tokens.css`, which poster. Any slug has a look. */
import type { ArtName } from './topicArt.ts';

export const PALETTES = [
  'pop',
  'geography',
  'science',
  'history',
  'movies',
  'sports',
  'food',
  'words',
] as const;
export type Palette = (typeof PALETTES)[number] | 'none';

export interface TopicLook {
  readonly palette: Palette;
  /** Absent where the poster is generated from the slug. */
  readonly art?: ArtName;
}

const KNOWN: Readonly<Record<string, TopicLook>> = {
  pop: { palette: 'pop', art: 'pop' },
  geography: { palette: 'geography', art: 'geography' },
  science: { palette: 'science', art: 'science' },
  history: { palette: 'history', art: 'history' },
  movies: { palette: 'movies', art: 'movies' },
  sports: { palette: 'sports', art: 'sports' },
  food: { palette: 'food', art: 'food' },
  words: { palette: 'words', art: 'words' },
  nature: { palette: 'geography', art: 'leaves' },
  music: { palette: 'movies', art: 'pop' },
  games: { palette: 'food', art: 'dice' },
  kids: { palette: 'history', art: 'balloons' },
  world: { palette: 'words', art: 'geography' },
};

/** An unknown slug always gets the same poster and colour, drawn from its letters. */
export function topicLook(slug: string | undefined): TopicLook {
  if (slug === undefined || slug === '') return { palette: 'none', art: 'tent' };
  if (Object.hasOwn(KNOWN, slug)) return KNOWN[slug] as TopicLook;
  const number = [...slug].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  return { palette: PALETTES[number % PALETTES.length] ?? 'none' };
}

/** `british-bakes` → `British bakes`, for topics that have no name of their own. */
export function slugToTitle(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
