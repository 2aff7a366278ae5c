import {
  bytesToHex,
  decodeEntry,
  parseIntent,
  sha256,
  unwrap,
  utf8ToBytes,
  verify,
  zipSource,
} from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Follower,
  type Joined,
  type OutboxRecord,
  type Peer,
  type Ports,
  seedIdentity,
  systemPorts,
  until,
} from '@fairground/peer';
import { answerSize, games, type TriviaView } from '@fairground/rules';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTemporaryHouse, type TemporaryHouse } from './temporaryHouse.ts';
import { seatKeys } from '../simulate/seat.ts';

vi.setConfig({ testTimeout: 180_000 });

let house: TemporaryHouse;
let joined: Joined;
const peers: Peer[] = [];
const followers: Follower[] = [];
/** Codes of what was answered to each intent that was sent, by device. */
const answers: Record<string, string[]> = {};

const viewOf = (follower: Follower) => follower.value.view as TriviaView | undefined;
const isOpen = (follower: Follower) =>
  until(follower, () => viewOf(follower)?.phase === 'open' && follower.log.lotKeys.has(0));

/** A device of its own: its own store, and whatever key it was given. */
function device(name: string, owner: string): Peer {
  const identity = seedIdentity(sha256(utf8ToBytes(owner)));
  const peer = createPeer({ url: house.url, identity, storage: createMemoryStorage(), ports: heard(name) });
  peers.push(peer);
  return peer;
}

function heard(name: string): Ports {
  const ports = systemPorts();
  const codes: string[] = (answers[name] = []);
  return {
    ...ports,
    async fetch(input, init) {
      const response = await ports.fetch(input, init);
      if (init?.method === 'POST' && String(input).includes('/intents')) {
        const said: unknown = await response.clone().json();
        codes.push((said as { code?: string }).code ?? String(response.status));
      }
      return response;
    },
  };
}

async function follow(peer: Peer): Promise<Follower> {
  const follower = await peer.world(joined.world, joined.cap ?? undefined);
  followers.push(follower);
  return follower;
}

async function sitDown(peer: Peer, name: string): Promise<Follower> {
  const follower = await follow(peer);
  const { box, rand } = seatKeys({ name, key: peer.identity.key, secret: follower.secret });
  await follower.submit({ kind: 'join', body: { name, avatar: 0, box, rand } });
  await until(follower.mine, ([record]) => record?.state === 'counted');
  return follower;
}

beforeAll(async () => {
  house = await openTemporaryHouse();
});
afterAll(async () => {
  for (const follower of followers) follower.close();
  for (const peer of peers) peer.close();
  await house?.close();
});

it('[D29] two devices with one key answer with one number: one counts, the other hears so and goes on behind it', async () => {
  const [phone, guest] = [device('phone', 'Ann'), device('guest', 'Zoe')];
  const config = { topics: ['food'], questions: 1, windowMs: 120_000, graceMs: 0, seats: 2 };
  joined = unwrapReply(await phone.createWorld({ game: 'trivia', config, visibility: 'unlisted' }));
  const onPhone = await sitDown(phone, 'Ann');
  await sitDown(guest, 'Zoe');
  await until(onPhone, () => viewOf(onPhone)?.seatsCount === 2);
  await onPhone.submit({ kind: 'start' });
  await isOpen(onPhone);
  // A backup of the key was put on another device, which knows the world from the relay alone.
  const onTablet = await follow(device('tablet', 'Ann'));
  await isOpen(onTablet);
  await until(onPhone.mine, (records) => records.every(({ state }) => state === 'counted'));
  await until(onTablet, ({ size }) => size === onPhone.value.size);

  const kind = viewOf(onPhone)?.round?.kind ?? 'choice';
  const answer = (value: number) =>
    ({ kind: 'answer', seal: { lot: 0, value, size: answerSize(kind) } }) as const;
  const [one, two] = await Promise.all([onPhone.submit(answer(0)), onTablet.submit(answer(1))]);
  expect(unwrap(one).seq).toBe(unwrap(two).seq);

  const ends = await Promise.all([settled(onPhone, unwrap(one)), settled(onTablet, unwrap(two))]);
  const [counted, refused] = ends.toSorted((a, b) => a.seq - b.seq);
  expect(counted).toMatchObject({ seq: unwrap(one).seq, state: 'counted' });
  expect(refused).toMatchObject({ seq: unwrap(one).seq + 1, state: 'refused', code: 'already_answered' });
  const said = [...(answers['phone'] ?? []), ...(answers['tablet'] ?? [])];
  expect(said.filter((code) => code === 'fork')).toHaveLength(1);

  const last = Math.max(counted?.index ?? 0, refused?.index ?? 0);
  await until(onPhone, ({ size }) => size > last);
  const logged = onPhone.log.entries.flatMap((bytes) => {
    const entry = unwrap(decodeEntry(bytes));
    if (entry.kind !== 'intent') return [];
    const parts = unwrap(parseIntent(entry.bytes));
    return bytesToHex(parts.key) === bytesToHex(phone.identity.key) ? [parts] : [];
  });
  expect(logged.map(({ seq }) => seq)).toEqual(logged.map((_, i) => i));
  expect(logged.filter((intent) => intent.kind === 'answer')).toHaveLength(2);
  const file = unwrap(zipSource(await onPhone.takeHome()));
  expect((await verify(file, { games, level: 'full' })).failure).toBeNull();
});

async function settled({ mine }: Follower, { id }: OutboxRecord): Promise<OutboxRecord> {
  const isSettled = (record: OutboxRecord) => record.id === id && record.index !== undefined;
  await until(mine, (records) => records.some(isSettled));
  const record = mine.value.find(isSettled);
  if (!record) throw new Error('it is there');
  return record;
}

function unwrapReply<T>(
  reply: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string },
): T {
  if (!reply.ok) throw new Error(reply.code);
  return reply.value;
}
