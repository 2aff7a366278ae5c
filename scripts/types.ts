/** Types: the whole repository, or with an argument (`packages/ledger`) one folder that has a tsconfig. */
import { spawnSync } from 'node:child_process';

const tsc = ['node', 'node_modules/typescript-7/bin/tsc', '--noEmit', '--pretty', 'false', '-p'];
const everything = [
  [...tsc, '.'],
  ['svelte-check', '--workspace', 'app', '--tsconfig', './tsconfig.json', '--output', 'human'],
  // svelte-check does not look into the service worker, and Kit's own types of it need TypeScript 6.
  ['tsc', '--noEmit', '-p', 'app/service-worker'],
];

const folder = process.argv[2];
const commands = folder === undefined ? everything : [[...tsc, folder]];
const failed = commands.filter(
  ([program = '', ...args]) => spawnSync(program, args, { stdio: 'inherit' }).status !== 0,
);
process.exitCode = failed.length > 0 ? 1 : 0;
