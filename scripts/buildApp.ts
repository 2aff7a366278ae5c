/** Builds the app when its sources, or what it is made of, are newer than the last build. */
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { exit } from 'node:process';

const built = 'app/build/index.html';
const sources = [
  'app/{routes,lib,messages,service-worker,static}/**/*',
  'app/*.*',
  'packages/{ledger,rules,protocol,peer,questions}/{src/**/*,package.json}',
  '{vite.config.ts,svelte.config.js,package.json,pnpm-lock.yaml}',
];

function isStale(): boolean {
  const builtAt = changedAt(built);
  // Generated text is rewritten by every sync, whether or not it changed.
  const files = globSync(sources, { exclude: ['**/node_modules/**', 'app/lib/paraglide/**'] });
  return files.some((file) => changedAt(file) > builtAt);
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (isStale()) {
  console.log('Building the app; the next start will not need to.');
  const { status, stdout, stderr } = spawnSync('vite', ['build', '--logLevel', 'warn'], { encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${stdout}${stderr}\nThe app could not be built.`);
    exit(1);
  }
}
