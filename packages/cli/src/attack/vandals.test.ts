import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedIdentity } from '@fairground/peer';
import { AuthorityReply, formatDid, limits, paths, Problem, SessionRequest } from '@fairground/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launch, type Running } from '../testing/run.ts';
import { sessionToken } from '../wire/session.ts';
import { type Honest, keepPlaying, residentMiB } from './honest.fixture.ts';
import { createOutlaw, createWorld } from './outlaw.ts';
import { presenceFrame, textFrame } from './docFrames.ts';
import { rawClient, type RawClient, upgradeText } from './rawClient.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Held, what is tried here would be more than a GiB. */
const mostGrowthMiB = 400;
/** Of what the table says, so that it is not millions of requests that have to be made. */
const factor = 0.3;

let folder: string;
let server: Running;
let url: string;
let honest: Honest;
let before: number | undefined;
let room: string;
let world: string;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-vandals-'));
  server = launch(['start'], {
    ...{ PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(folder, 'data'), LOCK_DIR: join(folder, 'locks') },
    // Each vandal comes from an address of its own, and honest people from theirs.
    ...{
      RELAY_TRUST_PROXY: '1',
      RELAY_ADDRESS_FACTOR: String(factor),
      RELAY_LOG_LEVEL: 'error',
      AUTHORITY_LOG_LEVEL: 'error',
    },
  });
  await server.says('http://127.0.0.1:');
  url = /http:\/\/127\.0\.0\.1:\d+/.exec(server.stdout())?.[0] ?? '';
  honest = keepPlaying(url, folder);
  const mallory = createOutlaw(url, 'Mallory', new Uint8Array(32).fill(66));
  const joined = await createWorld(mallory, { questions: 1 });
  ({ room, world } = joined);
  mallory.peer.close();
  token = await sessionToken(url, seedIdentity(new Uint8Array(32).fill(66)));
  await honest.anotherMatch();
  before = await residentMiB(server.child.pid);
});
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await honest?.stop();
  await rm(folder, { recursive: true, force: true });
});

let addresses = 0;
const newAddress = () => `203.0.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

function ask(path: string, init: RequestInit = {}, address = newAddress()): Promise<Response> {
  return fetch(new URL(path, url), { ...init, headers: { ...init.headers, 'x-forwarded-for': address } });
}

async function codeOf(response: Response): Promise<string> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  return problem.success ? `${response.status} ${problem.data.code}` : String(response.status);
}

const dial = (path: string, address = newAddress()) => rawClient(url, upgradeText(path, address));
const isIn = (client: RawClient) => client.heard().includes('101 Switching');
const waitFor = (holds: () => boolean) => expect.poll(holds, { timeout: 60_000, interval: 20 }).toBe(true);

/** The reason of a close frame stands in it as it is. */
async function reasonOf(client: RawClient): Promise<string> {
  const reason = () => /[a-z]+(?:_[a-z]+)+$/.exec(client.heard())?.[0];
  await waitFor(() => reason() !== undefined);
  client.socket.destroy();
  return reason() ?? '';
}

describe('[X55] vandals at a server on which others play', () => {
  it.each([
    '/log/%w/../../../../etc/passwd',
    '/log/%w/..%2f..%2f..%2fetc%2fpasswd',
    '/log/%w/%2e%2e/%2e%2e/secrets',
    '/log/%w/tile/0/../../../relay.sqlite',
    '/log/%w/tile/0/x000/000',
    '/log/%w/blob/..%2f..%2fsecrets.sqlite',
    `/log/%w/blob/${'0'.repeat(63)}/`,
    `/log/%w/snapshot/${'A'.repeat(64)}`,
    '/log/%w//checkpoint',
    '/log/%w/checkpoint%00.txt',
    '/log/..%2f%w/checkpoint',
    '/log/../data/secrets.sqlite',
    '/../../etc/passwd',
    '/..%5c..%5cetc/passwd',
    '/.env',
    '/_app/..%2f..%2fpackage.json',
  ])('a path that leads elsewhere: %s', async (template) => {
    const path = template.replace('%w', world);
    const client = rawClient(url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await client.cut;
    expect(client.heard()).toMatch(/^HTTP\/1\.1 (400|404) |<!doctype html>/i);
    expect(client.heard()).not.toMatch(/root:|SQLite format|"private": true/);
  });

  it('requests of nonsense on every route are refused with codes, none of them ours', async () => {
    const junk = [
      new Uint8Array(),
      new Uint8Array([0xff]),
      new Uint8Array([0xf6]),
      new Uint8Array(5_000).fill(0x9f),
    ];
    const routes = [
      '/session',
      '/worlds',
      `/worlds/${world}/intents`,
      `/worlds/${world}/seen`,
      '/codes/%00',
      '/codes/abcdef',
    ];
    for (const route of routes)
      for (const body of junk) {
        const code = await codeOf(await ask(route, { method: 'POST', body }));
        expect(code).toMatch(
          /^4\d\d (pair_malformed|frame_malformed|body_too_large|code_malformed|host_unknown)$/,
        );
      }
    const large = new Uint8Array(limits.bodyBytes.max + 1);
    for (const route of routes.slice(0, 3))
      expect(await codeOf(await ask(route, { method: 'POST', body: large }))).toBe('413 body_too_large');
    for (const path of [
      '/worlds/x/head',
      `/worlds/${world}/head?key=x`,
      '/rooms/x',
      '/session/challenge?key=x',
      '/nowhere.js',
    ])
      expect(await codeOf(await ask(path))).toMatch(/^4\d\d [a-z_]+$/);
  });

  it('bytes that are no HTTP, and no WebSocket, end their own connection only', async () => {
    const clients = [
      rawClient(url, '\0\0\0\0\r\n\r\n'),
      rawClient(url, 'GET / HTTP/9.9\r\n\r\n'),
      rawClient(url, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`),
      rawClient(url, 'POST /session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n'),
    ];
    await Promise.all(clients.map(({ cut }) => cut));
    for (const client of clients) expect(client.heard()).toMatch(/^HTTP\/1\.1 4\d\d /);
    const sockets = ['/docs/directory', '/repo', `/docs/room:${room}`].map((path) => dial(path));
    await waitFor(() => sockets.every(isIn));
    // Not masked, with reserved bits: against RFC 6455.
    for (const { socket } of sockets) socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    await Promise.all(sockets.map(({ cut }) => cut));
  });

  it.each([
    [
      'another’s document',
      () => `/docs/directory?token=${token}`,
      [0, 2, 7, 1, 1, 5, 0, 0, 1, 0],
      'not_writer',
    ],
    [
      'another’s tail',
      () => `/docs/tail:${world}?token=${token}`,
      [0, 2, 7, 1, 1, 5, 0, 0, 1, 0],
      'not_writer',
    ],
    [
      'a room without a session',
      () => `/docs/room:${room}`,
      [0, 2, 7, 1, 1, 5, 0, 0, 1, 0],
      'session_needed',
    ],
    ['a frame of no kind', () => `/docs/room:${room}?token=${token}`, [9, 9, 9], 'frame_malformed'],
    [
      'an update of nonsense',
      () => `/docs/room:${room}?token=${token}`,
      [0, 2, 3, 255, 255, 255],
      'update_malformed',
    ],
    ['a repo message of null', () => `/repo?token=${token}`, [0xf6], 'frame_malformed'],
    ['the authority’s own way', () => `/mail?token=${token}`, [0xa0], 'authority_only'],
    ['a token of one’s own making', () => '/docs/directory?token=abc.def', [3], 'session_invalid'],
    ['a world that is not there', () => `/docs/tail:${'a'.repeat(52)}`, [3], 'document_unknown'],
  ])('%s is closed to them', async (_, path, frame, reason) => {
    const client = dial(path());
    await waitFor(() => isIn(client));
    client.frame(new Uint8Array(frame));
    expect(await reasonOf(client)).toBe(reason);
  });

  it('a roster with somebody else in it', async () => {
    const { key } = AuthorityReply.parse(await (await ask(paths.authority())).json());
    const client = dial(`/docs/room:${room}?token=${token}`);
    await waitFor(() => isIn(client));
    client.frame(presenceFrame(5, JSON.stringify({ key, name: 'The authority' })));
    expect(await reasonOf(client)).toBe('awareness_foreign');
  });

  it('a session that was signed for another host, or under another’s name', async () => {
    const { key, sign } = seedIdentity(new Uint8Array(32).fill(67));
    const signature = Buffer.from(await sign(new Uint8Array(8))).toString('base64url');
    const asked = (await (await ask(paths.challenge(formatDid(key)))).json()) as object;
    const challenge: unknown = Reflect.get(asked, 'challenge');
    const body = JSON.stringify(SessionRequest.parse({ key: formatDid(key), challenge, signature }));
    expect(await codeOf(await ask('/session', { method: 'POST', body }))).toBe('400 signature_invalid');
    expect(await codeOf(await ask('/session', { method: 'POST', body }))).toMatch(/challenge_unknown$/);
  });

  it('codes, guessed', async () => {
    const address = newAddress();
    const answers: string[] = [];
    for (let i = 0; i < 15; i++)
      answers.push(await codeOf(await ask(`/codes/00000${i % 10}`, { method: 'POST' }, address)));
    expect(new Set(answers)).toEqual(new Set(['404 code_unknown', '429 code_attempts']));
  });

  it('more requests than an address may make', async () => {
    const address = newAddress();
    const statuses = new Map<number, number>();
    for (let i = 0; i < 70 && !statuses.has(429); i++)
      for (const { status } of await Promise.all(
        Array.from({ length: 200 }, () => ask('/bank', {}, address)),
      ))
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(statuses.get(429)).toBeGreaterThan(0);
    expect((await ask('/bank')).status).toBe(200);
  });

  it('more sockets than an address may have', async () => {
    const address = newAddress();
    const clients = Array.from({ length: Math.ceil(limits.connections.max * factor) + 20 }, () =>
      dial('/docs/directory', address),
    );
    const isRefused = (client: RawClient) => client.heard().includes('connections_exceeded');
    await waitFor(() => clients.filter(isRefused).length >= 20);
    expect(clients.filter(isRefused)).toHaveLength(20);
    for (const { socket } of clients) socket.destroy();
  });

  it('messages that never end', async () => {
    const clients = Array.from({ length: 50 }, () => dial('/docs/directory'));
    await waitFor(() => clients.every(isIn));
    const part = new Uint8Array(60_000);
    for (const client of clients)
      for (let i = 0; i < 4; i++) client.frame(part, { opcode: i === 0 ? 2 : 0, more: true });
    expect(new Set(await Promise.all(clients.map(reasonOf)))).toEqual(new Set(['frame_too_large']));
  });

  it('readers that ask for everything and read nothing', async () => {
    const [writer, onlooker] = [dial(`/docs/room:${room}?token=${token}`), dial(`/docs/room:${room}`)];
    await waitFor(() => isIn(writer) && isIn(onlooker));
    // Ten texts of 60 kB in the chat, by one client.
    for (let i = 0; i < 10; i++) writer.frame(textFrame(i * 60_000, 60_000));
    await waitFor(() => onlooker.heard().length > 600_000);
    const readers = Array.from({ length: 16 }, () => dial(`/docs/room:${room}`));
    await waitFor(() => readers.every(isIn));
    // Together they ask for more than a GB.
    for (const reader of readers) {
      reader.socket.pause();
      for (let i = 0; i < 110; i++) reader.frame(new Uint8Array([0, 0, 1, 0]));
    }
    await expect.poll(closedFor('slow_reader'), { timeout: 60_000 }).toBe(readers.length);
    for (const { socket } of [writer, onlooker, ...readers]) socket.destroy();
  });

  it('callers that say half a word', async () => {
    const clients = Array.from({ length: 300 }, () =>
      rawClient(url, 'POST /session HTTP/1.1\r\nContent-Length: 16000\r\n\r\n{'),
    );
    expect((await ask('/healthz')).status).toBe(200);
    for (const { socket } of clients) socket.destroy();
  });

  it('others notice nothing: their matches go on to a verified end', async () => {
    await honest.anotherMatch();
    const played = await honest.stop();
    expect(played.length).toBeGreaterThan(2);
    expect(played.filter(({ code }) => code !== 0)).toEqual([]);
    expect(await (await ask('/healthz')).json()).toMatchObject({ ok: true, reasons: [] });
  });

  it('memory stays bounded', async () => {
    const after = await residentMiB(server.child.pid);
    // Elsewhere than on Linux the system does not say.
    expect((after ?? 0) - (before ?? 0)).toBeLessThan(mostGrowthMiB);
  });
});

const closedFor = (code: string) => async (): Promise<number> => {
  const text = await (await ask('/metrics')).text();
  return Number(
    new RegExp(`^relay_socket_closed_total\\{code="${code}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0,
  );
};
