import { bytesToHex, decodeEntry } from '@fairground/ledger';
import { createMemoryStorage, createPeer, type Joined, seedIdentity } from '@fairground/peer';
import {
  AuthorityReply,
  CAP_HEADER,
  closeFor,
  formatCap,
  formatDid,
  paths,
  Problem,
} from '@fairground/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryHouse, type TemporaryHouse } from '../server/temporaryHouse.ts';
import { gamePlan } from '../simulate/games.ts';
import { type Party, runParty } from '../simulate/party.ts';
import { createSeed } from '../simulate/seeds.ts';
import { createNotebook, type Notebook } from './notebook.ts';
import { recordingPorts } from './ports.ts';
import { holds } from './search.ts';
import { sessionToken } from './session.ts';
import { askSegment } from './spy.ts';

const foreignCap = formatCap(new Uint8Array(16).fill(7));
let house: TemporaryHouse;
let party: Party;
let joined: Joined;
let origin: string;

beforeAll(async () => {
  house = await openTemporaryHouse();
  const seed = createSeed(3);
  const { url } = house;
  const plan = await gamePlan({ url, game: 'trivia', flags: { players: 2, questions: 1 }, seed });
  party = await runParty({ ...plan, url, seed, patienceMs: 60_000, tell: () => {} });
  joined = party.joined;
  const authority = AuthorityReply.parse(await (await fetch(new URL(paths.authority(), url))).json());
  origin = `${authority.origin}${joined.world}`;
});
afterAll(() => house?.close());

/** Every path under which something of the room or its world is to be had. */
function readable(): readonly string[] {
  const { world, room } = joined;
  const [state] = party.log.entries.flatMap((bytes) => {
    const entry = decodeEntry(bytes);
    return entry.ok && entry.value.kind === 'state' ? bytesToHex(entry.value.hash) : [];
  });
  const size = party.log.entries.length;
  const log = [
    ...['checkpoint', 'world.json', 'bundle.fair', `snapshot/${state}`],
    ...[`tile/0/000.p/${size}`, `tile/entries/000.p/${size}`, 'tile/0/000.p/1', 'tile/entries/000.p/1'],
  ];
  const heads = party.players.map(({ key }) => paths.head(world, formatDid(key)));
  return [`/rooms/${room}`, ...log.map((path) => paths.log(world, path)), ...heads];
}

const documents = () => [`room:${joined.room}`, `tail:${joined.world}`, `view:${joined.world}`];

async function codeOf(response: Response): Promise<string> {
  const problem = Problem.safeParse(await response.json());
  return problem.success ? `${response.status} ${problem.data.code}` : `${response.status}`;
}

async function answers(
  headers: Readonly<Record<string, string>>,
  query = '',
): Promise<Record<string, string>> {
  const asked = readable().map(async (path): Promise<[string, string]> => {
    const joint = path.includes('?') ? '&' : '?';
    const response = await fetch(new URL(query === '' ? path : `${path}${joint}${query}`, house.url), {
      headers,
    });
    return [path, response.ok ? String(response.status) : await codeOf(response)];
  });
  return Object.fromEntries(await Promise.all(asked));
}

const each = (code: string) => Object.fromEntries(readable().map((path) => [path, code]));

describe('a stranger to an unlisted room', () => {
  it('[X6] reads no path without its capability', async () => {
    expect(await answers({})).toEqual(each('403 capability_needed'));
    expect(await answers({ [CAP_HEADER]: 'no capability' })).toEqual(each('403 capability_needed'));
  });

  it('[X6] reads no path with another one', async () => {
    expect(await answers({ [CAP_HEADER]: foreignCap })).toEqual(each('403 capability_wrong'));
    expect(await answers({}, `cap=${foreignCap}`)).toEqual(each('403 capability_wrong'));
  });

  it('[X6] reads no path with a session of its own', async () => {
    const token = await sessionToken(house.url, seedIdentity(new Uint8Array(32).fill(3)));
    expect(await answers({ authorization: `Bearer ${token}` })).toEqual(each('403 capability_needed'));
  });

  it('[X6] would read every path with it', async () => {
    const cap = joined.cap ?? '';
    expect(await answers({ [CAP_HEADER]: cap })).toEqual(each('200'));
    expect(await answers({}, `cap=${cap}`)).toEqual(each('200'));
  });

  it.each([
    ['no capability', undefined, 'capability_needed' as const],
    ['another one', foreignCap, 'capability_wrong' as const],
  ])('[X6] gets no frame of any document with %s', async (_name, cap, code) => {
    const token = await sessionToken(house.url, seedIdentity(new Uint8Array(32).fill(3)));
    for (const name of documents())
      for (const session of [undefined, token]) {
        const got = await dial(`/docs/${name}`, { cap, token: session });
        expect(got).toEqual(closeFor(code));
      }
  });

  it('[X6] would get every document with it', async () => {
    const peer = createPeer({
      url: house.url,
      identity: seedIdentity(new Uint8Array(32).fill(3)),
      storage: createMemoryStorage(),
    });
    const follower = await peer.world(joined.world, joined.cap ?? undefined);
    await new Promise<void>((resolve) =>
      follower.subscribe(({ status }) => status === 'closed' && resolve()),
    );
    expect(follower.value.size).toBe(party.log.entries.length);
    follower.close();
    peer.close();
  });

  it.each([
    ['nothing', () => '', 'doc-unavailable', false],
    ['another capability', () => `?cap=${foreignCap}`, 'doc-unavailable', false],
    ['the capability', () => `?cap=${joined.cap}`, 'sync', true],
  ])('[X6] who brings %s to /repo is told of the segment accordingly', async (_name, query, says, isRead) => {
    const notebook = createNotebook();
    const socket = askSegment(house.url, recordingPorts(notebook), origin, query());
    await notebook.until(({ bytes }) => Buffer.from(bytes).includes(says));
    socket.close();
    const [genesis] = party.log.entries;
    expect(holds(notebook.readings, genesis ?? new Uint8Array(1))).toBe(isRead);
  });

  it('[X6] finds no trace of it where everybody may read', async () => {
    const notebook = createNotebook();
    const ports = recordingPorts(notebook);
    const peer = createPeer({
      url: house.url,
      identity: seedIdentity(new Uint8Array(32).fill(3)),
      storage: createMemoryStorage(),
      ports,
    });
    const listed = await peer.createWorld({ game: 'nim', config: {}, visibility: 'listed' });
    expect(listed.ok).toBe(true);
    const directory = peer.directory();
    await new Promise<void>((resolve) => directory.rooms.subscribe((rooms) => rooms.length > 0 && resolve()));
    for (const path of [paths.authority(), paths.bank(), paths.health(), paths.metrics()])
      await ports.fetch(new URL(path, house.url));
    directory.close();
    peer.close();
    const { room, world, cap, code } = joined;
    expect([room, world, cap, code].filter((secret) => leaks(notebook, secret))).toEqual([]);
    if (listed.ok) expect(leaks(notebook, listed.value.room)).toBe(true);
  });

  it('[X6] finds nothing under a code that is not the room’s', async () => {
    const wrong = joined.code === '000000' ? '000001' : '000000';
    const response = await fetch(new URL(`/codes/${wrong}`, house.url), { method: 'POST' });
    expect(await codeOf(response)).toBe('404 code_unknown');
  });
});

function leaks({ readings }: Notebook, secret: string | null): boolean {
  return holds(readings, Buffer.from(secret ?? 'there is none'));
}

/** The first thing that comes by a socket: how it was closed, or a frame. */
async function dial(
  path: string,
  params: { readonly cap: string | undefined; readonly token: string | undefined },
): Promise<unknown> {
  const url = new URL(path, house.url.replace(/^http/, 'ws'));
  for (const [name, value] of Object.entries(params))
    if (value !== undefined) url.searchParams.set(name, value);
  const socket = new WebSocket(url);
  // An empty state vector and the question who is there, as y-websocket asks them.
  socket.addEventListener('open', () => {
    socket.send(new Uint8Array([0, 0, 1, 0]));
    socket.send(new Uint8Array([3]));
  });
  const first = await new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(data));
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
  });
  socket.close();
  return first;
}
