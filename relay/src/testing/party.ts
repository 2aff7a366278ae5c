/** For tests: a relay that really listens, an authority played by hand over a link in memory, people with keys. */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Bytes,
  type Cbor,
  type SignedPair,
  base64urlToBytes,
  bytesToBase64url,
  encodePair,
  makeIntent,
  noIntent,
  publicKeyFromSeed,
  seedSigner,
  signEd25519,
  signPair,
  unwrap,
} from '@fairground/ledger';
import {
  type Cap,
  type Did,
  type FormerKey,
  type LinkPort,
  type RoomFrame,
  type RoomId,
  SessionReply,
  ChallengeReply,
  type ToAuthority,
  type ToRelay,
  type WorldId,
  capBytes,
  decodeToAuthority,
  encodeFrame,
  formatCap,
  formatDid,
  formatRoomId,
  formatWorldId,
  memoryLink,
  paths,
  roomBytes,
  sessionMessage,
  worldBytes,
} from '@fairground/protocol';
import { type Patience, listen } from '../listen.ts';
import { type Clock, silentLog, systemClock } from '../ports.ts';
import { type Relay, type RelayOptions, createRelay } from '../relay.ts';
import { createMemoryStore } from '../store/memoryStore.ts';
import type { RelayStore } from '../store/ports.ts';

export const random = (length: number): Bytes => new Uint8Array(randomBytes(length));

export interface TestRelay {
  readonly relay: Relay;
  readonly server: Server;
  readonly port: number;
  readonly http: string;
  readonly ws: string;
  readonly store: RelayStore;
  close(): Promise<void>;
}

export async function startRelay(
  options: Partial<RelayOptions> & {
    readonly store?: RelayStore;
    readonly clock?: Clock;
    readonly patience?: Patience;
  } = {},
): Promise<TestRelay> {
  const { store = createMemoryStore(), clock = systemClock, patience, ...rest } = options;
  const place = { port: 0, host: '127.0.0.1' };
  const server = unwrap(await listen(patience ? { ...place, patience } : place));
  const deps = { store, clock, random, log: silentLog };
  const relay = await createRelay(deps, {
    secret: new Uint8Array(32).fill(1),
    witnessSeed: new Uint8Array(32).fill(2),
    ...rest,
  });
  relay.start(server);
  const { port } = server.address() as AddressInfo;
  return {
    relay,
    server,
    port,
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    store,
    async close() {
      await relay.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Person {
  readonly seed: Bytes;
  readonly key: Bytes;
  readonly did: Did;
}

export function person(): Person {
  const seed = random(32);
  const key = publicKeyFromSeed(seed);
  return { seed, key, did: formatDid(key) };
}

/** The whole handshake; `host` as this client says that it dialled. */
export async function openSession(
  { http, port }: TestRelay,
  { seed, did }: Person,
  host = `127.0.0.1:${port}`,
): Promise<Response> {
  const asked = await fetch(http + paths.challenge(did));
  const { challenge, expires } = ChallengeReply.parse(await asked.json());
  const bytes = base64urlToBytes(challenge) ?? new Uint8Array();
  const signature = bytesToBase64url(
    signEd25519(seed, sessionMessage({ host, key: did, expires, challenge: bytes })),
  );
  return fetch(http + paths.session(), {
    method: 'POST',
    body: JSON.stringify({ key: did, challenge, signature }),
  });
}

export async function tokenOf(relay: TestRelay, who: Person): Promise<string> {
  return SessionReply.parse(await (await openSession(relay, who)).json()).token;
}

export interface HandAuthority {
  readonly key: Bytes;
  readonly port: LinkPort;
  /** Everything the relay has sent. */
  readonly mail: ToAuthority[];
  send(...frames: ToRelay[]): void;
  /** Sees each frame as it comes; set by the test. */
  answer: (frame: ToAuthority) => void;
  close(): void;
}

export const authoritySeed = new Uint8Array(32).fill(7);

/** Attached and greeted; with a key of its own, and words of keys that were handed on to it. */
export function attachAuthority(
  { relay }: TestRelay,
  epoch = 1,
  { seed = authoritySeed, former }: { readonly seed?: Bytes; readonly former?: FormerKey[] } = {},
): HandAuthority {
  const [mine, theirs] = memoryLink();
  const hand: HandAuthority = {
    key: publicKeyFromSeed(seed),
    port: mine,
    mail: [],
    send: (...frames) => {
      for (const frame of frames) mine.send(encodeFrame(frame));
    },
    answer: () => {},
    close: () => mine.close(),
  };
  mine.onFrame((bytes) => {
    const frame = unwrap(decodeToAuthority(bytes));
    hand.mail.push(frame);
    hand.answer(frame);
  });
  relay.attachAuthority(theirs);
  const games = [{ name: 'nim', version: 1, rules: new Uint8Array(32) }];
  const more = former ? { former } : {};
  hand.send({ t: 'hello', name: 'test.local/abc', key: hand.key, vkey: 'v', games, epoch, ...more });
  return hand;
}

export interface TestRoom {
  readonly room: RoomId;
  readonly world: WorldId;
  readonly cap: Cap | undefined;
  readonly code: string;
}

/** Published by the authority; resolves when the relay knows it. */
export async function publishRoom(
  test: TestRelay,
  authority: HandAuthority,
  visibility: RoomFrame['visibility'] = 'listed',
): Promise<TestRoom> {
  const room = formatRoomId(random(16));
  const world = formatWorldId(random(32));
  const cap = visibility === 'listed' ? undefined : formatCap(random(16));
  const code = String(100_000 + (random(2)[0] ?? 0) * 1000 + (random(1)[0] ?? 0));
  authority.send(
    {
      t: 'room',
      room: roomBytes(room),
      visibility,
      cap: cap ? capBytes(cap) : null,
      code: visibility === 'private' ? null : code,
      world: worldBytes(world),
      game: 'nim',
      title: 'A room',
    },
    { t: 'world', world: worldBytes(world), room: roomBytes(room), origin: `test.local/abc/${world}` },
  );
  await until(async () => (await test.store.rooms.all()).worlds.some((known) => known.world === world));
  return { room, world, cap, code };
}

export async function signedIntent(
  who: Person,
  world: WorldId,
  options: {
    readonly seq?: number;
    readonly prev?: Bytes;
    readonly body?: { readonly [field: string]: Cbor };
  } = {},
): Promise<SignedPair> {
  const { seq = 0, prev = noIntent, body = {} } = options;
  const bytes = makeIntent({ world: worldBytes(world), key: who.key, seq, prev, kind: 'take', body });
  return signPair('intent', seedSigner(who.seed), bytes);
}

export function postIntent({ http }: TestRelay, world: WorldId, pair: SignedPair): Promise<Response> {
  const headers = { 'content-type': 'application/cbor' };
  return fetch(http + paths.intents(world), {
    method: 'POST',
    headers,
    body: new Uint8Array(encodePair(pair)),
  });
}

/** Waits for a condition; throws with `what` after a minute. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = 'a condition',
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Moved by hand. */
export function handClock(start = 1_000_000): Clock & { advance(ms: number): void } {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly fn: () => void }>();
  return {
    now: () => now,
    setTimer(ms, fn) {
      const timer = { at: now + ms, fn };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.fn();
      }
      now = end;
    },
  };
}
