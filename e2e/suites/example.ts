/** The example for testers does what the guide says, word for word. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

test('[V36] the example of the guide plays a match on three phones and a TV', async () => {
  const [guide, example] = await Promise.all([read('README.md'), read('example.ts')]);
  const [, shown] = /```ts\n(.*?)```/su.exec(guide) ?? [];
  expect(example).toBe(shown);
  const script = new URL('../example.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 200_000 });
  // Three places, each with a name and points.
  expect(stdout.trim().split('\n')).toHaveLength(9);
});
