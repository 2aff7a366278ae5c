/** `pnpm chaos:bite`: plants bugs one by one in a copy of the tree; each must be found, or this fails. Prints the table of docs/planted-bugs.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { sendCrew } from '../crew.ts';
import type { Played } from '../run/playSeed.ts';
import { authorityBugs } from './authorityBugs.ts';
import { type Bug, plant } from './bug.ts';
import { copyTree } from './copyTree.ts';
import { otherBugs } from './otherBugs.ts';
import { snapshotBugs } from './snapshotBugs.ts';

interface Found {
  readonly bug: Bug;
  readonly played: Played | undefined;
  readonly seconds: number;
}

const { values } = parseArgs({
  options: {
    /** At most so many seeds a bug. */
    seeds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2' },
    /** Those alone whose name has this in it. */
    only: { type: 'string', default: '' },
    /** Without the first ones. */
    skip: { type: 'string', default: '0' },
    /** So many of them. */
    most: { type: 'string', default: '1000' },
  },
});
const root = join(import.meta.dirname, '../../..');
const bugs = [...authorityBugs, ...otherBugs, ...snapshotBugs]
  .filter(({ name }) => name.includes(values.only))
  .slice(Number(values.skip))
  .slice(0, Number(values.most));

const copy = await copyTree(root);
const all: Found[] = [];
try {
  for (const bug of bugs) {
    const found = await hunt(bug);
    all.push(found);
    process.stdout.write(`${row(found)}\n`);
  }
} finally {
  await copy.remove();
}
const missed = all.filter(({ played }) => !played);
process.stdout.write(`${all.length} bugs planted, ${all.length - missed.length} found\n`);
process.exitCode = missed.length > 0 || all.length === 0 ? 1 : 0;

async function hunt(bug: Bug): Promise<Found> {
  const path = join(copy.folder, bug.file);
  const sound = await readFile(path, 'utf8');
  await writeFile(path, plant(sound, bug));
  const started = performance.now();
  let first: Played | undefined;
  try {
    await sendCrew({
      entry: pathToFileURL(join(copy.folder, 'chaos/src/main.ts')),
      ...{ from: 1, seeds: Number(values.seeds), workers: Number(values.workers), shrinks: false },
      played(one) {
        if (one.failure && (!first || one.seed < first.seed)) first = one;
        return !first;
      },
    });
  } finally {
    await writeFile(path, sound);
  }
  return { bug, played: first, seconds: (performance.now() - started) / 1000 };
}

function row({ bug, played, seconds }: Found): string {
  const found = played?.failure;
  const says = found ? found.message.split('\n')[0]?.slice(0, 110).replaceAll('|', '/') : 'not found';
  return `| ${bug.name} | \`${bug.file}\` | ${found?.rule ?? '-'} | ${played?.seed ?? '-'} | ${seconds.toFixed(1)} | ${says} |`;
}
