/** `npm run fuzz -- [targets…] [--inputs n] [--seed s] [--workers n] [--tally file]`: searches every reader of strangers' bytes for what breaks it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesToHex, sha256 } from '@fairground/ledger';
import { searchAll, type Told } from './pool.ts';
import { addTold, jobsTo, readTally, type Tally, writeTally } from './tally.ts';
import { targets } from './targets/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    /** Goes on where the runs that this file tells of ended. */
    tally: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});
const found = new URL('../found', import.meta.url).pathname;

async function main(): Promise<void> {
  if (values.list)
    return console.log(targets.map(({ name, about }) => `${name.padEnd(20)} ${about}`).join('\n'));
  const unknown = positionals.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) throw new Error(`There is no target ${unknown.join(', ')}; --list shows them.`);
  // Whatever else the machine does goes first.
  setPriority(19);
  return run(positionals.length > 0 ? positionals : targets.map(({ name }) => name));
}

async function run(names: readonly string[]): Promise<void> {
  const { tally: file } = values;
  let tally: Tally = file === '' ? {} : readTally(file);
  let broken = 0;
  await searchAll(
    jobsTo(Number(values.inputs), names, tally, Number(values.seed)),
    Number(values.workers),
    (told) => {
      tally = addTold(tally, told);
      broken += told.findings.length;
      console.log(line(told));
      if (told.edges === 0) {
        console.log('  no branch was counted: this was a search by shape alone');
        broken++;
      }
      for (const finding of told.findings)
        console.log(`  ${finding.kind}: ${finding.message}\n  ${save(finding)}`);
      if (file !== '') writeTally(file, tally);
    },
  );
  const tried = Object.values(tally).reduce((sum, { inputs }) => sum + inputs, 0);
  console.log(`${Object.keys(tally).length} targets, ${tried} inputs, ${broken} findings`);
  if (broken > 0) process.exitCode = 1;
}

function line({ target, inputs, accepted, edges, corpus, ms, findings, seed }: Told): string {
  const rate = Math.round((inputs * 1000) / Math.max(1, ms));
  return `${target.padEnd(20)} ${inputs} inputs (seed ${seed}), ${accepted} accepted, ${edges} edges, ${corpus} kept, ${rate}/s, ${findings.length} findings`;
}

/** Kept under its hash, to become a fixture. */
function save({ target, input }: Told['findings'][number]): string {
  const folder = join(found, target);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, bytesToHex(sha256(input)).slice(0, 16));
  writeFileSync(file, input);
  return file;
}

await main();
