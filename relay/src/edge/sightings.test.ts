import { encodePair, makeSeen, seedSigner, signPair, type SignedPair } from '@fairground/ledger';
import { type MailFrame, Problem, type ToAuthority, limits, paths, worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  type HandAuthority,
  type Person,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  person,
  publishRoom,
  random,
  startRelay,
} from '../testing/party.ts';

let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;

beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
});
afterEach(() => relay.close());

const sighting = (who: Person, world = worldBytes(room.world)): Promise<SignedPair> => {
  const head = { headSize: 0, headRoot: new Uint8Array(32) };
  const bytes = makeSeen({ world, lot: 3, intentHash: random(32), witness: who.key, ...head, at: 5 });
  return signPair('seen', seedSigner(who.seed), bytes);
};

function post(pair: SignedPair | Uint8Array): Promise<Response> {
  const body = new Uint8Array(pair instanceof Uint8Array ? pair : encodePair(pair));
  const headers = { 'content-type': 'application/cbor' };
  return fetch(relay.http + paths.seen(room.world), { method: 'POST', headers, body });
}

async function codeOf(response: Response): Promise<string> {
  return Problem.parse(await response.json()).code;
}

const isSeen = (frame: ToAuthority): frame is MailFrame => frame.t === 'mail' && frame.kind === 'seen';
const log = (frame: ToAuthority) => {
  if (isSeen(frame)) authority.send({ t: 'reply', id: frame.id, status: 200, body: { logged: true } });
};

describe('posting a sighting', () => {
  it('[Y58a] reaches the authority with its signature, and its answer comes back', async () => {
    authority.answer = log;
    const pair = await sighting(person());
    const response = await post(pair);
    expect([response.status, await response.json()]).toEqual([200, { logged: true }]);
    expect(authority.mail.filter(isSeen)).toMatchObject([
      { payload: pair.bytes, sig: pair.sig, world: worldBytes(room.world), via: 'relay' },
    ]);
  });

  it('[Y58a] limit seenBytes: of a wrong size, form, signature or world goes no further', async () => {
    const who = person();
    const { bytes } = await sighting(who);
    const sig = new Uint8Array(64);
    expect(await codeOf(await post(random(limits.seenBytes.max + 1)))).toBe('body_too_large');
    expect(await codeOf(await post(random(20)))).toBe('pair_malformed');
    expect(await codeOf(await post({ bytes: random(20), sig }))).toBe('seen_malformed');
    expect(await codeOf(await post({ bytes, sig }))).toBe('signature_invalid');
    expect(await codeOf(await post(await sighting(who, random(32))))).toBe('world_mismatch');
    expect(authority.mail.filter(isSeen)).toEqual([]);
  });

  it('[Y58a] limit sightings: more often than a witness may is answered with when to come again', async () => {
    authority.answer = log;
    const who = person();
    const pair = await sighting(who);
    // No more at once than an address may hold open; twice the budget, since on a slow machine some of it comes back meanwhile.
    let late: Response | undefined;
    for (let sent = 0; sent < 2 * limits.sightings.max && !late; sent += 20) {
      const some = await Promise.all(Array.from({ length: 20 }, () => post(pair)));
      late = some.find(({ status }) => status === 429);
    }
    expect(await late?.json()).toMatchObject({
      code: 'rate_limited',
      retryAfter: expect.any(Number) as number,
    });
    expect((await post(await sighting(person()))).status).toBe(200);
  });

  it('[Y58a] while the authority is away is not kept', async () => {
    authority.close();
    expect(await codeOf(await post(await sighting(person())))).toBe('authority_away');
    expect(await relay.store.mailbox.pending()).toEqual([]);
  });
});

describe('how the authority fares', () => {
  const value = {
    name: 'worlds',
    kind: 'gauge',
    help: 'Worlds',
    labels: { status: 'a"b' },
    value: 3,
  } as const;
  const healthOf = async () => (await (await fetch(`${relay.http}/healthz`)).json()) as { reasons: string[] };
  const metricsOf = async () => (await fetch(`${relay.http}/metrics`)).text();

  it('[Y96] is shown by /metrics, and by /healthz where it needs its operator', async () => {
    const commits = {
      name: 'commits_total',
      kind: 'counter',
      help: 'Commits',
      labels: {},
      value: 7,
    } as const;
    authority.send({ t: 'stats', reasons: ['recovering: bring it back'], values: [value, commits] });
    await expect.poll(healthOf).toMatchObject({ ok: false, reasons: ['recovering: bring it back'] });
    const text = await metricsOf();
    expect(text).toMatch(/^fairground_authority_worlds\{status="a\\"b",authority="[0-9a-f]{16}"\} 3$/m);
    expect(text).toMatch(/^# TYPE fairground_authority_commits_total counter$/m);
    authority.send({ t: 'stats', reasons: [], values: [value] });
    await expect.poll(healthOf).toMatchObject({ ok: true, reasons: [] });
  });

  it('[Y96] is not shown any more when it is away', async () => {
    authority.send({ t: 'stats', reasons: ['recovering'], values: [value] });
    await expect.poll(healthOf).toMatchObject({ ok: false });
    authority.close();
    await expect.poll(healthOf).toMatchObject({ ok: true });
    expect(await metricsOf()).not.toContain('fairground_authority');
  });
});

describe('what an authority wants back', () => {
  async function wanted(
    path: string,
    world = worldBytes(room.world),
  ): Promise<Uint8Array | null | undefined> {
    const from = authority.mail.length;
    authority.send({ t: 'want', id: 77, world, path });
    const given = () => authority.mail.slice(from).find((frame) => frame.t === 'given');
    await expect.poll(given).toBeDefined();
    return given()?.bytes;
  }

  it('[Y97] is the tail and the files that it published itself, and nothing of others', async () => {
    const doc = new Y.Doc();
    const world = worldBytes(room.world);
    for (const value of [1, 2]) {
      doc.once('update', (update: Uint8Array) =>
        authority.send({ t: 'doc', name: `tail:${room.world}`, update: new Uint8Array(update) }),
      );
      doc.getArray<Uint8Array>('batches').push([new Uint8Array([value])]);
    }
    authority.send({ t: 'log', world, path: 'tile/0/000', bytes: random(64), immutable: true });
    await expect
      .poll(async () => (await relay.store.docs.load(`tail:${room.world}`))?.updates.length)
      .toBe(2);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, (await wanted('tail')) ?? new Uint8Array());
    expect(copy.getArray('batches').toArray()).toEqual([new Uint8Array([1]), new Uint8Array([2])]);
    expect(await wanted('tile/0/000')).toHaveLength(64);
    expect(await wanted('tile/0/001')).toBeNull();
    expect(await wanted('tail', random(32))).toBeNull();
  });
});
