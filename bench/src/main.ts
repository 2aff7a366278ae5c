/** `pnpm bench [name]`: runs all benchmarks or one, prints a table, writes JSON to bench/results. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import type { Measure, Row } from './row.ts';

const rowsUrl = new URL('./rows/', import.meta.url);
const resultsUrl = new URL('../results/', import.meta.url);

const [wanted] = process.argv.slice(2);
const rows = await findRows();
const chosen = rows.filter(({ name }) => wanted === undefined || name === wanted);

if (chosen.length === 0) {
  process.stderr.write(
    `There is no benchmark "${wanted}". There are: ${rows.map(({ name }) => name).join(', ')}\n`,
  );
  process.exitCode = 2;
}
for (const row of chosen) await runRow(row).catch((fault: unknown) => failed(row, fault));

async function findRows(): Promise<readonly Row[]> {
  const files = (await readdir(rowsUrl))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, rowsUrl).href) as Promise<{ readonly row: Row }>),
  );
  return modules.map(({ row }) => row);
}

async function runRow(row: Row): Promise<void> {
  process.stdout.write(`${row.target}  ${row.title}\n`);
  /** What else ran on the machine: above its cores, figures of time are those of a busy one. */
  const [load = 0] = loadavg();
  const measures = await row.run();
  for (const measure of measures) process.stdout.write(`  ${describe(measure)}\n`);
  process.stdout.write('\n');
  await mkdir(resultsUrl, { recursive: true });
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model, load };
  const { name, target, title } = row;
  const result = {
    name,
    target,
    title,
    at: new Date().toISOString(),
    machine,
    measures: measures.map((measure) => ({ ...measure, met: isMet(measure) })),
  };
  await writeFile(new URL(`${name}.json`, resultsUrl), `${JSON.stringify(result, null, 2)}\n`);
}

/** One that cannot be measured hides none of the others. */
function failed({ target, name }: Row, fault: unknown): void {
  process.stderr.write(`${target}  ${name} could not be measured: ${String(fault)}\n\n`);
  process.exitCode = 1;
}

function describe(measure: Measure): string {
  const { what, value, unit, atMost, because } = measure;
  const mark = isMet(measure) ? 'met   ' : 'MISSED';
  return `${mark}  ${what.padEnd(44)} ${shown(value).padStart(10)} ${unit}   at most ${shown(atMost)} (${because})`;
}

function isMet({ value, atMost }: Measure): boolean {
  return value <= atMost;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
