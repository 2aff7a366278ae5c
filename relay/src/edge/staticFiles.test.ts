import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestRelay, startRelay } from '../testing/party.ts';

const boot = 'start({ base: "" });';
let relay: TestRelay;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-app-'));
  const staticDir = join(folder, 'build');
  await mkdir(join(staticDir, '_app', 'immutable'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(staticDir, '.hidden'), 'hidden');
  await writeFile(
    join(staticDir, 'index.html'),
    `<!doctype html><body style="margin: 0"><script>${boot}</script><script src="/x.js"></script>`,
  );
  await writeFile(join(staticDir, '_app', 'immutable', 'a.js'), 'export {}');
  await writeFile(join(staticDir, '_app', 'immutable', 'a.js.gz'), 'packed');
  await writeFile(join(staticDir, 'robots.txt'), 'all welcome');
  relay = await startRelay({ staticDir });
});
afterEach(() => relay.close());

/** A request with the path exactly as written: `fetch` would tidy it up. */
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: relay.port, host: '127.0.0.1', path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the app', () => {
  it.each(['/', '/room/abc', '/index.html', '/replay/'])('[Y90] %s is the page', async (path) => {
    const response = await fetch(relay.http + path);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain(boot);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('[Y91] may run its own boot script and nothing inline besides', async () => {
    const policy = (await fetch(relay.http)).headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).toContain(`'sha256-${createHash('sha256').update(boot).digest('base64')}'`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('[Y92] keeps hashed files for ever and others revalidated', async () => {
    const hashed = await fetch(`${relay.http}/_app/immutable/a.js`, {
      headers: { 'accept-encoding': 'identity' },
    });
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await hashed.text()).toBe('export {}');
    const robots = await fetch(`${relay.http}/robots.txt`);
    expect(robots.headers.get('cache-control')).toBe('no-cache');
    const etag = robots.headers.get('etag') ?? '';
    expect((await fetch(`${relay.http}/robots.txt`, { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/_app/../../secret.txt',
    '/..%5csecret.txt',
    '/.hidden',
    '/%00',
    '/%',
    '/_app/immutable/b.js',
  ])('[Y93] %s is not there', async (path) => {
    expect(await rawStatus(path)).toBe(404);
  });

  it('[Y94] an address of the interface that does not exist is a problem, not a page', async () => {
    const response = await fetch(`${relay.http}/nonsense`, { method: 'POST' });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('operations', () => {
  it('[Y95] health is 200 while the store answers and 503 with reasons when it does not', async () => {
    expect(await (await fetch(`${relay.http}/healthz`)).json()).toMatchObject({ ok: true, reasons: [] });
    relay.store.mailbox.lastId = () => Promise.reject(new Error('gone'));
    const response = await fetch(`${relay.http}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ok: false, reasons: [expect.stringContaining('store')] });
  });

  it('[Y95] metrics count what happens', async () => {
    await fetch(`${relay.http}/authority`);
    const text = await (await fetch(`${relay.http}/metrics`)).text();
    expect(text).toContain('relay_http_requests_total{method="GET",status="503"} 1');
    expect(text).toMatch(/^relay_sockets 0$/m);
  });
});
