import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { authorityVariables, readAuthorityConfig } from './config.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('configuration', () => {
  it('[A16] has a default, or is made from the key, for every variable', () => {
    const config = readAuthorityConfig({ XDG_STATE_HOME: '/state' });
    expect(config).toMatchObject({
      ok: true,
      value: { dataDir: './data', lockDir: '/state/fairground', name: undefined, collectMs: 3000 },
    });
    for (const { help, write } of Object.values(authorityVariables))
      expect(help.length * write.length).toBeGreaterThan(0);
  });

  it.each([
    ['RELAY_URL', 'ftp://fair.example', /write a URL such as/],
    ['AUTHORITY_NAME', 'fairground/mine', /not beginning with fairground/],
    ['AUTHORITY_NAME', 'two words', /no spaces/],
    ['AUTHORITY_COLLECT_MS', '-1', /whole number from 0 to 60000/],
    ['AUTHORITY_SUCCESSORS', 'a friend', /key that "fairground keys" shows on the other machine/],
    ['AUTHORITY_LOG_LEVEL', 'loud', /debug, info, warn/],
    ['LOCK_DIR', './data', /lies in DATA_DIR.*write the path of a folder outside DATA_DIR/],
    ['LOCK_DIR', './data/deep/locks', /lies in DATA_DIR.*write the path of a folder outside DATA_DIR/],
  ])('[A16] %s=%s is refused with what to write instead', (name, value, sentence) => {
    const config = readAuthorityConfig({ [name]: value });
    expect(config).toMatchObject({ ok: false, code: 'config_invalid' });
    expect(config.ok ? '' : config.message).toMatch(sentence);
    expect(config.ok ? '' : config.message).toContain(`${name}=${value}`);
  });

  it('[A16] a lock beside the data is taken, whatever it is called', () => {
    for (const lockDir of ['./data-locks', './..data', '.', '../data', '/data'])
      expect(readAuthorityConfig({ LOCK_DIR: lockDir })).toMatchObject({ ok: true, value: { lockDir } });
  });

  it('[A17] a wrong value ends the program with the sentence and code 2; so does a second authority with the same key', async () => {
    const wrong = run(process.execPath, [main], { env: { ...process.env, RELAY_URL: 'x' } });
    await expect(wrong).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('RELAY_URL=x does not work'),
    });
    const home = await mkdtemp(join(tmpdir(), 'fair-main-'));
    const env = {
      ...process.env,
      DATA_DIR: join(home, 'data'),
      LOCK_DIR: join(home, 'lock'),
      RELAY_URL: 'http://localhost:9',
    };
    const abort = new AbortController();
    const first = run(process.execPath, [main], { env, signal: abort.signal, killSignal: 'SIGTERM' });
    const started = new Promise<void>((resume) => {
      first.child.stdout?.on('data', (text: string) => text.includes('authority runs') && resume());
    });
    await started;
    await expect(run(process.execPath, [main], { env })).rejects.toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining('Another authority with this key is running') },
    });
    first.child.kill('SIGTERM');
    await expect(first).resolves.toMatchObject({ stderr: '' });
    await rm(home, { recursive: true });
  });
});
