/** P12: what idle people and idle worlds occupy. */
import { createPlayer, createSeed, nameOf } from '@fairground/cli';
import { gather } from '../crowd/crowd.ts';
import { openHouse } from '../house.ts';
import { residentMb } from '../residentMb.ts';
import type { Measure, Row } from '../row.ts';
import type { Kind } from '../servers/opened.ts';
import { startServer } from '../servers/startServer.ts';

const SOCKETS = 10_000;
const ROOMS = 200;
const WORLDS = 1_000;
/** As many as one key may open in ten minutes. */
const WORLDS_PER_KEY = 25;
const AT_ONCE = 10;
const RELAY_MB = 400;
const AUTHORITY_MB = 500;

export const row: Row = {
  name: 'memory',
  target: 'P12',
  title: 'Memory of idle servers, resident',
  run: async () => [await idleSockets(), await idleWorlds()],
};

/** Needs 10,000 open files here and as many in the server: `ulimit -n 20000` where that is less. */
async function idleSockets(): Promise<Measure> {
  const peer = await memoryOf('y-websocket-server');
  return {
    what: `our relay with ${SOCKETS} idle sockets in ${ROOMS} rooms, against @y/websocket-server`,
    value: await memoryOf('ours'),
    unit: 'MB',
    atMost: RELAY_MB,
    peer,
    because: 'the target',
  };
}

async function memoryOf(kind: Kind): Promise<number> {
  const server = await startServer(kind, ROOMS);
  try {
    const crowd = await gather(server, { rooms: ROOMS, sockets: SOCKETS / ROOMS, writers: 0 });
    const used = await residentMb(server.pid);
    crowd.close();
    return used;
  } finally {
    await server.stop();
  }
}

/** Relay, app and authority in one process: more than the target asks for. */
async function idleWorlds(): Promise<Measure> {
  const house = await openHouse();
  try {
    await openWorlds(house.url);
    return {
      what: `the whole server, an authority with ${WORLDS} idle worlds included`,
      value: await residentMb(house.pid),
      unit: 'MB',
      atMost: AUTHORITY_MB,
      because: 'the target',
    };
  } finally {
    await house.close();
  }
}

async function openWorlds(url: string): Promise<void> {
  const seed = createSeed(12);
  const hosts = Array.from({ length: WORLDS / WORLDS_PER_KEY }, (_, i) =>
    createPlayer(url, nameOf(i), seed.bytes(`host ${i}`)),
  );
  const wishes = hosts.flatMap((host) => Array.from({ length: WORLDS_PER_KEY }, () => host));
  for (let first = 0; first < WORLDS; first += AT_ONCE) {
    const some = wishes.slice(first, first + AT_ONCE);
    await Promise.all(some.map(({ peer }) => openOne(peer)));
  }
  for (const host of hosts) host.leave();
}

/** Asks again while the authority is still connecting. */
async function openOne(peer: ReturnType<typeof createPlayer>['peer']): Promise<void> {
  const wish = { game: 'nim', config: {}, visibility: 'unlisted' } as const;
  for (let tries = 0; tries < 40; tries++) {
    const created = await peer.createWorld(wish);
    if (created.ok) return;
    if (created.code !== 'authority_away' && created.code !== 'unreachable') throw new Error(created.code);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the worlds could not be opened');
}
