/** Writes `.env.example` and the README's table of variables from the rooms' `config.ts`; with `--check` it only says whether they are current. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { authorityVariables } from '../authority/src/config.ts';
import { quietLogs } from '../packages/cli/src/server/quietLogs.ts';
import { relayVariables } from '../relay/src/config.ts';
import { markdownTable, markersOf, withSection } from './markedSection.ts';

export interface Described {
  /** As it would be written; undefined when it may be left out. */
  readonly fallback: string | undefined;
  /** What it does. */
  readonly help: string;
  /** What to write. */
  readonly write: string;
}

export type Variables = Readonly<Record<string, Described>>;

export interface Row extends Described {
  readonly name: string;
  /** The default of a room that runs by itself, where `start` has another. */
  readonly alone?: string | undefined;
  /** The commands that read it. */
  readonly commands: readonly string[];
}

export interface Commands {
  readonly relay: Variables;
  readonly authority: Variables;
  /** Between the two rooms, so of no meaning in one process. */
  readonly between: readonly string[];
  /** Defaults that `start` has of its own. */
  readonly ofStart: Readonly<Record<string, string>>;
}

const markers = markersOf('variables', 'configDocs.ts');

/** Every variable once, in the order in which the rooms list them. */
export function variableRows({ relay, authority, between, ofStart }: Commands): readonly Row[] {
  return Object.entries({ ...relay, ...authority }).map(([name, { fallback, help, write }]) => ({
    ...{ name, help, write },
    fallback: ofStart[name] ?? fallback,
    ...(name in ofStart ? { alone: fallback } : {}),
    commands: [
      ...(between.includes(name) ? [] : ['start']),
      ...(name in relay ? ['relay'] : []),
      ...(name in authority ? ['authority'] : []),
    ],
  }));
}

/** Everything is commented out: as it stands it changes nothing. */
export function envExample(rows: readonly Row[]): string {
  const head = [
    '# Every variable with its default. Copy this file to .env, take the # off what you change, and start with',
    '#   set -a && . ./.env && set +a && npm start',
  ];
  const lines = rows.map(({ name, help, write, fallback = '', commands }) =>
    [`# ${help}`, `# Read by ${commands.join(', ')}. Write ${write}.`, `#${name}=${fallback}`].join('\n'),
  );
  return `${[head.join('\n'), ...lines].join('\n\n')}\n`;
}

export function variableTable(rows: readonly Row[]): string {
  const lines = rows.map(({ name, help, fallback = '', alone, commands }) => [
    `\`${name}\``,
    [fallback, ...(alone === undefined ? [] : [alone])]
      .filter((value) => value !== '')
      .map((value) => `\`${value}\``)
      .join(', alone '),
    commands.join(', '),
    help,
  ]);
  const all = [['variable', 'default', 'read by', 'what it does'], ['---', '---', '---', '---'], ...lines];
  return markdownTable(all);
}

/** The text with the table put between its markers. Throws when it has none. */
export function withTable(text: string, table: string): string {
  return withSection(text, markers, table);
}

function main(): void {
  const isCheck = parseArgs({ options: { check: { type: 'boolean' } } }).values.check === true;
  const rows = variableRows({
    ...{ relay: relayVariables, authority: authorityVariables, ofStart: quietLogs },
    between: ['AUTHORITY_KEYS', 'RELAY_URL'],
  });
  const files: readonly (readonly [file: string, text: string])[] = [
    ['.env.example', envExample(rows)],
    ['README.md', withTable(read('README.md'), variableTable(rows))],
  ];
  const stale = files.filter(([file, text]) => read(file) !== text);
  if (!isCheck) for (const [file, text] of stale) writeFileSync(file, text);
  const names = stale.map(([file]) => file).join(', ');
  if (names === '') console.log(`${rows.length} variables are documented`);
  else if (!isCheck) console.log(`Wrote ${names}`);
  else {
    console.error(`${names} is not current: run "node scripts/configDocs.ts" and commit what it writes.`);
    process.exitCode = 1;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

if (import.meta.main) main();
