/** Who came where in a match, and how each question went for each: a table, CSV for a spreadsheet, or JSON. */
import { type Bytes, bytesToHex, keyToDid, step, unwrap } from '@fairground/ledger';
import { csvLine } from '@fairground/questions';
import { z } from 'zod';
import { CommandFailure } from '../failure.ts';
import { type LoadedLog, loadLog } from '../replay/load.ts';
import { bold, print, printJson, table } from '../terminal/print.ts';

export interface ResultsFlags {
  readonly csv?: true;
  readonly json?: true;
}

const View = z.object({
  me: z.string().optional(),
  standings: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      rank: z.int(),
      points: z.int(),
      right: z.int(),
      asked: z.int(),
    }),
  ),
  history: z.array(z.enum(['hit', 'miss', 'none'])).default([]),
});

interface Row {
  readonly rank: number;
  readonly name: string;
  readonly points: number;
  readonly right: number;
  readonly asked: number;
  readonly key: string;
  /** By question: right, wrong, or neither (not answered, void, a poll). */
  readonly answers: readonly ('hit' | 'miss' | 'none')[];
}

export async function showResults(place: string, { csv, json }: ResultsFlags): Promise<void> {
  const rows = resultRows(await loadLog(place));
  if (json) return printJson(rows);
  if (csv) return void process.stdout.write(toCsv(rows));
  print(bold('Results\n'));
  print(
    table(
      rows.map(({ rank, name, points, right, asked }) => [`${rank}.`, name, points, `${right} of ${asked}`]),
    ),
  );
}

/** What each seat sees of itself at the end: the view of a looker-on stops at the first hundred. */
function resultRows({ replay, entries }: LoadedLog): readonly Row[] {
  const { family, world } = replay;
  const keys = new Map<string, Bytes>();
  for (const bytes of entries.slice(1)) {
    const { intent } = unwrap(step(family, world, bytes, { trustIntentSignatures: true }));
    if (intent) keys.set(bytesToHex(intent.key), intent.key);
  }
  const { view } = replay.game;
  if (!View.safeParse(view(world.state, {})).success)
    throw new CommandFailure(`A match of ${family.name} has no table of results: use "fairground replay".`);
  return [...keys.values()]
    .flatMap((key) => rowOf(key, View.parse(view(world.state, { key }))))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
}

/** None for who sent something and had no seat. */
function rowOf(key: Bytes, { me, standings, history }: z.infer<typeof View>): readonly Row[] {
  const own = standings.find(({ id }) => id === me);
  if (own === undefined) return [];
  const { id: _, ...standing } = own;
  return [{ ...standing, key: keyToDid(key), answers: history }];
}

function toCsv(rows: readonly Row[]): string {
  const count = Math.max(0, ...rows.map(({ answers }) => answers.length));
  const questions = Array.from({ length: count }, (_, index) => `q${index + 1}`);
  const lines = rows.map(({ rank, name, points, right, asked, key, answers }) => [
    ...[String(rank), name, String(points), String(right), String(asked), key],
    ...questions.map((_, index) => answers[index] ?? ''),
  ]);
  return [['rank', 'name', 'points', 'right', 'asked', 'key', ...questions], ...lines].map(csvLine).join('');
}
