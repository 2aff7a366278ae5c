import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  bytesToBase32,
  bytesToUtf8,
  createVkey,
  formatAddCheckpoint,
  formatVkey,
  seedSigner,
  signCheckpoint,
} from '@fairground/ledger';
import { starterQuestions } from '@fairground/authority';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { launch, run, runJson, type Running } from '../testing/run.ts';

const root = new URL('../../../../', import.meta.url).pathname;
let folder: string;
let env: { readonly [name: string]: string };
const running: Running[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-start-'));
  env = { DATA_DIR: join(folder, 'data'), LOCK_DIR: join(folder, 'locks'), HOST: '127.0.0.1', PORT: '0' };
});
afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(args: readonly string[], more: { readonly [name: string]: string } = {}): Running {
  const started = launch(args, { ...env, ...more });
  running.push(started);
  return started;
}

/** Starts and resolves with the address that is printed. */
async function started(
  args: readonly string[],
  more = {},
): Promise<{ readonly server: Running; readonly url: string }> {
  const server = start(args, more);
  await server.says('http://127.0.0.1:');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(server.stdout())?.[0] ?? '';
  return { server, url };
}

/** Whatever it left behind; nothing, when all went well. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

describe('[C41] what is wrong is said', () => {
  test('a wrong variable', async () => {
    const { code, stderr, stdout } = await run(['start'], { ...env, PORT: 'eighty' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^fairground: PORT=eighty .*0 to 65535.*\n$/);
  });

  test('a taken port', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await run(['start'], { ...env, PORT: String(port) });
    holder.close();
    expect(code).toBe(2);
    expect(stderr).toBe(
      `fairground: Port ${port} is taken: stop what uses it, or write another one, such as PORT=${port + 1}.\n`,
    );
  });

  test('a data folder that another server uses', async () => {
    await started(['start']);
    const second = await run(['start'], env);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/^fairground: .+\n$/);
  });

  test('a data folder that is a file', async () => {
    await writeFile(join(folder, 'data'), '');
    const { code, stderr } = await run(['start'], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^fairground: DATA_DIR=.+\n$/);
  });

  test.skipIf(!existsSync('/proc/self')).each(['DATA_DIR', 'LOCK_DIR'])(
    'a folder below one that takes none: %s',
    async (name) => {
      const { code, stderr } = await run(['start'], { ...env, [name]: '/proc/nowhere' });
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^fairground: ${name}=/proc/nowhere cannot be used .+\n$`));
    },
  );
});

test('[C41] a folder without an app, and a lock in the data, are refused', async () => {
  for (const [name, value] of [
    ['RELAY_STATIC_DIR', folder],
    ['LOCK_DIR', join(folder, 'data', 'locks')],
  ] as const) {
    const { code, stdout, stderr } = await run(['start'], { ...env, [name]: value });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^fairground: ${name}=${value} .*: write the .+\\n$`));
  }
});

test('[C42] whoever ends npm start ends the server', async () => {
  const npm = spawn('npm', ['start', '--ignore-scripts', '--silent'], {
    ...{ cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
    env: { ...process.env, ...env },
  });
  try {
    let said = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await expect.poll(() => said, { timeout: 50_000 }).toContain('http://127.0.0.1:');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
    npm.kill('SIGTERM');
    // Not `close`: a server that is left behind would hold the pipes open.
    await once(npm, 'exit');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  } finally {
    if (npm.pid !== undefined) endGroup(npm.pid);
  }
});

test('[C40] start serves relay, authority and questions on one port, with keys for their owner alone', async () => {
  const { server, url } = await started(['start']);
  const health = await fetch(`${url}/healthz`);
  expect(health.status).toBe(200);
  const { address } = (await health.json()) as { address: string | null };
  expect(server.stdout().includes('For phones') ? address : null).toBe(address);
  if (address !== null) expect(server.stdout()).toContain(address);
  const bank = (await (await fetch(`${url}/bank`)).json()) as { count: number }[];
  expect(bank.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(400);
  expect(server.stdout()).toContain(join(folder, 'data'));
  expect(server.stdout()).toContain(`${starterQuestions().length} questions`);
  const files = await readdir(folder, { recursive: true });
  const keys = files.filter((file) => file.endsWith('.key'));
  expect(keys.length).toBeGreaterThanOrEqual(2);
  for (const key of keys) expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
  // Databases hold what private rooms say, so nobody else may enter their folders.
  const databases = files.filter((file) => file.endsWith('.sqlite'));
  expect(databases.length).toBeGreaterThanOrEqual(4);
  for (const database of databases)
    expect((await stat(dirname(join(folder, database)))).mode & 0o777).toBe(0o700);
});

test('[C45] what comes while it is still starting waits for its answer', async () => {
  const { server, url } = await started(['start']);
  await server.end('SIGTERM');
  const again = start(['start'], { PORT: new URL(url).port });
  const knock = async () => {
    try {
      return (await fetch(`${url}/authority`)).status;
    } catch {
      return 0; // does not listen yet
    }
  };
  const answers = new Set<number>();
  while (!answers.has(200)) answers.add(await knock());
  expect([...answers].filter((status) => status !== 0)).toEqual([200]);
  await again.says(url);
});

test('[C42] SIGTERM and SIGINT end it with 0 in less than two seconds, also with a client connected', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { server, url } = await started(['start']);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/docs/directory`);
    await once(socket, 'open');
    const { code, ms } = await server.end(signal);
    expect({ signal, code }).toEqual({ signal, code: 0 });
    expect(ms).toBeLessThan(2_000);
  }
});

test('[C32] questions that are imported while the server runs can be played at once', async () => {
  const { url } = await started(['start']);
  const file = join(folder, 'rivers');
  await writeFile(file, '#Q Which river?\n^ Nile\nA Nile\nB Amazon\n');
  const { json } = await runJson(['import', file, '--json'], env);
  expect(json).toMatchObject({ imported: 1 });
  await expect
    .poll(async () => (await fetch(`${url}/bank`)).json(), { timeout: 60_000 })
    .toContainEqual({ topic: 'rivers', language: 'en', count: 1, plain: 1 });
});

test('[C43] relay and authority each alone make a whole', async () => {
  const keys = (await runJson(['keys', '--json'], env)).json;
  expect(keys).toMatchObject({ authority: null });
  const authority = start(['authority'], { RELAY_URL: 'http://127.0.0.1:9' });
  await authority.says('did:key:');
  const did = /did:key:\w+/.exec(authority.stdout())?.[0] ?? '';
  await authority.end('SIGTERM');
  const { url } = await started(['relay'], { AUTHORITY_KEYS: did });
  const waiting = await fetch(`${url}/authority`);
  expect(waiting.status).toBe(503);
  start(['authority'], { RELAY_URL: url });
  await expect.poll(async () => (await fetch(`${url}/authority`)).status, { timeout: 60_000 }).toBe(200);
});

test('[C81] a witness alone cosigns the worlds of the authorities that it was told, by its own key in its own folder', async () => {
  const authority = seedSigner(new Uint8Array(32).fill(3));
  const vkey = formatVkey(createVkey('fair.example/1', 1, authority.key));
  const without = start(['witness']);
  expect(await without.ended).toBe(2);
  expect(without.stderr()).toContain('WITNESS_LOGS');
  const witness = start(['witness'], { WITNESS_LOGS: vkey });
  await witness.says('AUTHORITY_WITNESSES');
  const [, prefix = ''] = /open at (\S+)/.exec(witness.stdout()) ?? [];
  const origin = `fair.example/1/${bytesToBase32(new Uint8Array(32).fill(7))}`;
  const note = bytesToUtf8(await signCheckpoint(authority, { origin, size: 3, root: new Uint8Array(32) }));
  const body = formatAddCheckpoint({ oldSize: 0, proof: [], note: note ?? '' });
  const reply = await fetch(`${prefix}/add-checkpoint`, { method: 'POST', body });
  expect(reply.status).toBe(200);
  expect(await reply.text()).toMatch(/^— fairground\.local\/witness-\w{8} \S+\n$/);
  expect((await witness.end('SIGTERM')).code).toBe(0);
});

test('[C62] keys shows the public keys and where the private ones lie, after the server has ended', async () => {
  const { server, url } = await started(['start']);
  const shown = (await (await fetch(`${url}/authority`)).json()) as { key: string; vkey: string };
  await server.end('SIGTERM');
  const { json } = await runJson(['keys', '--json'], env);
  expect(json).toMatchObject({ authority: { did: shown.key, vkey: shown.vkey } });
  const { file } = (json as { authority: { file: string } }).authority;
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
