/** Writes the README's table of figures from `bench/results/*.json`; with `--check` it only says whether it is current. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markdownTable, markersOf, withSection } from './markedSection.ts';

/** As `bench/src/main.ts` writes it. */
export interface Result {
  /** Of the design, e.g. `P4`. */
  readonly target: string;
  readonly title: string;
  /** ISO 8601. */
  readonly at: string;
  readonly machine: {
    readonly node: string;
    readonly cpus: number;
    readonly model?: string;
    /** Of the last minute before it began: processes that wanted a core. */
    readonly load?: number;
  };
  readonly measures: readonly {
    readonly what: string;
    readonly value: number;
    readonly unit: string;
    readonly atMost: number;
    /** What it is held against, measured in the same run. */
    readonly peer?: number;
    readonly because: string;
    readonly met: boolean;
  }[];
}

const markers = markersOf('figures', 'benchDocs.ts');
const folder = 'bench/results';

/** In the order of their targets. */
export function figureTable(results: readonly Result[]): string {
  const sorted = results.toSorted((a, b) => numberOf(a) - numberOf(b));
  const rows = sorted.flatMap(({ target, title, measures }) =>
    measures.map(({ what, value, unit, atMost, peer, because, met }, i) => [
      i === 0 ? target : '',
      i === 0 ? `${title}: ${what}` : what,
      `${shown(value)} ${unit}`,
      peer === undefined ? '' : `× ${shown(value / peer)}`,
      `${shown(atMost)} (${because})`,
      met ? 'met' : `**missed** by × ${shown(value / atMost)}`,
    ]),
  );
  const head = ['', 'what', 'median', 'of its peer', 'at most', ''];
  return [markdownTable([head, head.map(() => '---'), ...rows]), machines(sorted)].join('\n\n');
}

/** Each machine once, with the days on which it measured. */
function machines(results: readonly Result[]): string {
  const days = new Map<string, Set<string>>();
  for (const { machine, at, target } of results) {
    const { cpus, model = 'an unnamed processor', node, load = 0 } = machine;
    const busy =
      load > 2 * cpus ? `; ${target} while ${Math.round(load)} other tasks wanted these cores` : '';
    const name = `${cpus} cores of ${model}, Node ${node}${busy}`;
    days.set(name, (days.get(name) ?? new Set()).add(at.slice(0, 10)));
  }
  return [...days]
    .map(([name, dates]) => `Measured on ${name}: ${[...dates].sort(byText).join(', ')}.`)
    .join(' ');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function numberOf({ target }: Result): number {
  return Number(target.replace(/^\D+/, ''));
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function readResults(): readonly Result[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Result);
}

function main(): void {
  const isCheck = parseArgs({ options: { check: { type: 'boolean' } } }).values.check === true;
  const results = readResults();
  const readme = readFileSync('README.md', 'utf8');
  const current = withSection(readme, markers, figureTable(results));
  if (readme === current) console.log(`${results.length} benchmarks are in the README`);
  else if (!isCheck) {
    writeFileSync('README.md', current);
    console.log('Wrote README.md');
  } else {
    console.error('README.md is not current: run "node scripts/benchDocs.ts" and commit what it writes.');
    process.exitCode = 1;
  }
}

if (import.meta.main) main();
