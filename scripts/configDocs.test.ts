import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Commands, envExample, variableRows, variableTable, withTable } from './configDocs.ts';

const commands: Commands = {
  relay: {
    PORT: { fallback: '8080', help: 'Port.', write: 'a number' },
    KEYS: { fallback: '', help: 'Keys | more.', write: 'keys' },
    LOG: { fallback: 'info', help: 'How much.', write: 'info or warn' },
  },
  authority: {
    PORT: { fallback: '8080', help: 'Port.', write: 'a number' },
    URL: { fallback: undefined, help: 'Where.', write: 'a URL' },
  },
  between: ['KEYS', 'URL'],
  ofStart: { LOG: 'warn' },
};
const rows = variableRows(commands);
const script = new URL('./configDocs.ts', import.meta.url).pathname;
const root = new URL('..', import.meta.url).pathname;

describe('configDocs', () => {
  it('[TOOL5] every variable of every room is listed once, with who reads it', () => {
    expect(rows.map(({ name, commands: by }) => `${name}: ${by.join(' ')}`)).toEqual([
      'PORT: start relay authority',
      'KEYS: relay',
      'LOG: start relay',
      'URL: authority',
    ]);
  });

  it('[TOOL5] the example changes nothing until a line is taken in', () => {
    const text = envExample(rows);
    expect(parseEnv(text)).toEqual({});
    expect(parseEnv(text.replaceAll(/^#(?=[A-Z]+=)/gm, ''))).toEqual({
      PORT: '8080',
      KEYS: '',
      LOG: 'warn',
      URL: '',
    });
  });

  it('[TOOL5] the table stands between its markers and nothing else changes', () => {
    const markers = [
      '<!-- variables: written by scripts/configDocs.ts -->',
      '<!-- variables: end -->',
    ] as const;
    const table = variableTable(rows);
    const text = withTable(`before\n${markers[0]}\nold\n${markers[1]}\nafter\n`, table);
    expect(text).toBe(`before\n${markers[0]}\n\n${table}\n\n${markers[1]}\nafter\n`);
    expect(withTable(text, table)).toBe(text);
    expect(table).toContain('| `LOG` | `warn`, alone `info` | start, relay |');
    expect(table).toContain('| `KEYS` |  | relay | Keys \\| more. |');
    expect(() => withTable('no markers', table)).toThrow('variables: end');
  });

  it('[TOOL5] --check fails on stale files and says what to run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fairground-'));
    try {
      const markers = '<!-- variables: written by scripts/configDocs.ts -->\n<!-- variables: end -->\n';
      writeFileSync(join(folder, 'README.md'), markers);
      const check = () =>
        execFileSync(process.execPath, [script, '--check'], { cwd: folder, stdio: 'pipe' }).toString();
      expect(check).toThrow('.env.example, README.md is not current: run "node scripts/configDocs.ts"');
      execFileSync(process.execPath, [script], { cwd: folder });
      expect(check()).toContain('variables are documented');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('[TOOL5] what is committed is current', () => {
    expect(execFileSync(process.execPath, [script, '--check'], { cwd: root }).toString()).toContain(
      'variables are documented',
    );
  });
});
