/** How far each target has come, over many runs: what is missing to a goal is what the next run does. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Job, Told } from './pool.ts';

export interface Row {
  readonly inputs: number;
  readonly accepted: number;
  /** The most of any run. */
  readonly edges: number;
  /** Runs so far: the next one's seed. */
  readonly runs: number;
  readonly findings: number;
  readonly ms: number;
}

export type Tally = { readonly [target: string]: Row };

/** Inputs between two savings. */
const chunk = 250_000;
const nothing: Row = { inputs: 0, accepted: 0, edges: 0, runs: 0, findings: 0, ms: 0 };

export function readTally(file: string): Tally {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : {};
}

export function writeTally(file: string, tally: Tally): void {
  const sorted = Object.fromEntries(Object.entries(tally).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

export function addTold(tally: Tally, { target, inputs, accepted, edges, findings, ms }: Told): Tally {
  const row = tally[target] ?? nothing;
  return {
    ...tally,
    [target]: {
      inputs: row.inputs + inputs,
      accepted: row.accepted + accepted,
      edges: Math.max(row.edges, edges),
      runs: row.runs + 1,
      findings: row.findings + findings.length,
      ms: row.ms + ms,
    },
  };
}

/** What is missing to `goal` inputs each: a piece of every target, then the next piece of every target. */
export function jobsTo(goal: number, names: readonly string[], tally: Tally, seed: number): readonly Job[] {
  const jobs = names.flatMap((target) => {
    const { inputs, runs } = tally[target] ?? nothing;
    const missing = Math.max(0, goal - inputs);
    return Array.from({ length: Math.ceil(missing / chunk) }, (_, piece) => ({
      piece,
      job: { target, inputs: Math.min(chunk, missing - piece * chunk), seed: seed + runs + piece },
    }));
  });
  return jobs.toSorted((a, b) => a.piece - b.piece).map(({ job }) => job);
}
