import { expect, test } from 'vitest';

import { run } from '../testing/run.ts';

const commands = [
  ['start', 'PORT', 'DATA_DIR', 'LOCK_DIR', 'TLS_CERT', 'HOST'],
  ['relay', 'PORT', 'AUTHORITY_KEYS'],
  ['witness', 'WITNESS_LOGS', 'DATA_DIR'],
  ['authority', 'RELAY_URL', 'LOCK_DIR'],
  ['import', '--format', '--topic', '--language', '--source', 'Exit code'],
  ['questions', 'list', 'export'],
  ['questions list', '--topic', '--json'],
  ['questions export', '--format', 'jsonl'],
  ['questions generate', '--seed', 'default: 20', 'Exit code'],
  ['export', '--url', 'Exit code'],
  ['verify', '--level', '--anchor', '--known', 'default: "full"', 'Exit code'],
  ['replay', '--at', 'Exit code'],
  ['results', '--csv', 'Exit code'],
  ['fsck', 'Exit code'],
  ['simulate', '--players', '--seed', 'Exit code'],
  ['successor', '--receipts', '--log', '--escrow', 'AUTHORITY_SUCCESSORS', 'Exit code'],
  ['keys', '--json'],
] as const;

test('[C1] the command alone lists all of its commands and ends with 0', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  for (const [name] of commands) expect(stdout).toContain(name.split(' ')[0]);
});

test.each(commands)('[C1] %s --help says what there is, with defaults', async (name, ...words) => {
  const { code, stdout, stderr } = await run([...name.split(' '), '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const text = stdout.replaceAll(/\s+/g, ' ');
  for (const word of words) expect(text).toContain(word);
});

test('[C2] an unknown command, an unknown option and a wrong value end with 2 and no stack', async () => {
  for (const args of [
    ['fly'],
    ['verify', 'x', '--fast'],
    ['simulate', 'trivia', '--players', 'many'],
    ['simulate', 'chess'],
  ]) {
    const { code, stderr } = await run(args);
    expect({ args, code }).toEqual({ args, code: 2 });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('    at ');
  }
});
