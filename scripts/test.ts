/** The gate: every step, even after one failed, what failed by name, and a line that sums them. `npm test -- --only lint` runs one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Failure, failuresBeside, failuresOfPlaywright, failuresOfVitest } from './failures.ts';
import { sum, type Tally, tallyCheck, tallyPlaywright, tallyVitest } from './tally.ts';

interface Step {
  readonly name: string;
  /** Flags for the script, and how its report is counted. */
  readonly flags?: (report: string) => readonly string[];
  readonly tally?: (report: unknown, exitCode: number) => Tally;
  readonly failures?: (report: unknown) => readonly Failure[];
}

const reports = 'test-results';
const vitest = {
  flags: (report: string) => [
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    '--reporter=./scripts/unhandledReporter.ts',
  ],
  tally: tallyVitest,
  failures: (report: unknown) => [
    ...failuresOfVitest(report),
    ...failuresBeside(readJson(`${reports}/unhandled.json`)),
  ],
};
const playwright = {
  flags: () => ['--reporter=list,json'],
  tally: tallyPlaywright,
  failures: failuresOfPlaywright,
};

const steps: readonly Step[] = [
  ...['format:check', 'lint', 'types', 'borders', 'knip', 'spec', 'docs', 'secrets'].map((name) => ({
    name,
  })),
  { name: 'unit', ...vitest },
  { name: 'component', ...vitest },
  { name: 'chaos', flags: () => ['--seeds', '200'] },
  { name: 'build' },
  { name: 'size' },
  { name: 'e2e', ...playwright },
];

/** Each step is the npm script of its name, so a failure can be run again alone: `npm run <step>`. */
function runStep({
  name,
  flags,
  tally = (_report, exitCode) => tallyCheck(exitCode),
  failures = () => [],
}: Step): Tally & { readonly failures: readonly Failure[] } {
  const report = `${process.cwd()}/${reports}/${name.replace(':', '-')}.json`;
  rmSync(report, { force: true });
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', name, '--', ...(flags?.(report) ?? [])], {
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const read = readJson(report);
  const result = { ...tally(read, status ?? 1), failures: failures(read) };
  console.log(`── ${name}: ${describe(result)} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // no report: the tally counts that as a failure
  }
}

function describe({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const chosen = only?.split(',');
const unknown = chosen?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
if (unknown.length > 0)
  throw new Error(`No step ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}`);
mkdirSync(reports, { recursive: true });
const results = steps
  .filter(({ name }) => chosen?.includes(name) ?? true)
  .map((step) => ({ name: step.name, ...runStep(step) }));
const total = sum(results);
const failing = results.filter(({ failed }) => failed > 0).map(({ name }) => name);

console.log('');
for (const { title, reason } of results.flatMap(({ failures }) => failures))
  console.log(`✗ ${title.replace(`${process.cwd()}/`, '')}\n${reason.replaceAll(/^/gmu, '    ')}`);
if (failing.length > 0) console.log(`Failed: ${failing.join(', ')}`);
if (total.skipped > 0) console.log(`Skipped: ${total.skipped}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
