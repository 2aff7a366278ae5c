/** A part of a text that a script writes, between two lines that say so. */
export interface Markers {
  readonly begin: string;
  readonly end: string;
}

/** `<!-- figures: written by scripts/benchDocs.ts -->` and `<!-- figures: end -->`. */
export function markersOf(name: string, script: string): Markers {
  return { begin: `<!-- ${name}: written by scripts/${script} -->`, end: `<!-- ${name}: end -->` };
}

/** The text with the section put between its markers. Throws when it has none: then nobody would notice a stale one. */
export function withSection(text: string, { begin, end }: Markers, section: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The text needs the lines ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n\n${section}\n\n${text.slice(to)}`;
}

export function markdownTable(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
