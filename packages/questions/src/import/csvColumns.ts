/** Which column of a CSV file holds what, by the names that people and other programs give them (docs/questions.md). */

export const COLUMNS = {
  text: ['text', 'question', 'questiontext', 'prompt'],
  right: ['right', 'rightanswer', 'correct', 'correctanswer', 'correctanswers', 'answer'],
  kind: ['kind', 'type', 'questiontype'],
  topic: ['topic', 'category'],
  explanation: ['explanation', 'feedback', 'comment'],
  source: ['source'],
  licence: ['licence', 'license'],
  author: ['author'],
  url: ['url'],
  language: ['language', 'lang'],
  quality: ['quality'],
  unit: ['unit'],
  windowMs: ['windowms'],
  seconds: ['time', 'timelimit', 'timelimitsec', 'timeinseconds', 'seconds'],
  points: ['points'],
  image: ['image'],
  alt: ['alt', 'imagealt'],
} as const;
export type Column = keyof typeof COLUMNS;

export interface Columns {
  readonly separator: string;
  readonly places: ReadonlyMap<Column, number>;
  /** Of the wrong answers, in order. */
  readonly wrong: readonly number[];
  /** Of all answers, where the right one is named by its number, letter or text; then `wrong` is empty. */
  readonly offered: readonly number[];
  readonly count: number;
}

export const SEPARATORS = [',', ';', '\t', '|'] as const;
const WRONG = /^(?:wrong|wronganswer|incorrect|incorrectanswer|distractor)[1-9]?$/u;
const OFFERED = /^(?:(?:answer|option|choice)[1-9a-f]|[a-f])$/u;

/** Undefined when the cells are no header: it needs a question and what is right. */
export function readHeader(cells: readonly string[], separator: string): Columns | undefined {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/gu, ''));
  const placesOf = (pattern: RegExp) => names.flatMap((name, place) => (pattern.test(name) ? place : []));
  const places = new Map<Column, number>();
  for (const [column, spellings] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const place = names.findIndex((name) => spellings.includes(name));
    if (place >= 0) places.set(column, place);
  }
  const isHeader = places.has('text') && places.has('right');
  const [wrong, offered] = [placesOf(WRONG), placesOf(OFFERED)];
  return isHeader
    ? { separator, places, wrong, offered: wrong.length > 0 ? [] : offered, count: cells.length }
    : undefined;
}
