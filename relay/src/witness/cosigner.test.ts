import {
  type Bytes,
  bytesToUtf8,
  consistencyProof,
  createVkey,
  cosignatureType,
  emptyRoot,
  formatAddCheckpoint,
  formatVkey,
  leafHash,
  merkleRoot,
  parseVkey,
  parseWitnessReply,
  seedSigner,
  signCheckpoint,
  unwrap,
  utf8ToBytes,
  verifyNote,
} from '@fairground/ledger';
import { formatWorldId, WitnessReply } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memoryStore.ts';
import type { RelayStore } from '../store/ports.ts';
import {
  type HandAuthority,
  type TestRelay,
  attachAuthority,
  publishRoom,
  startRelay,
} from '../testing/party.ts';
import { logsOf } from './logs.ts';

const leaves = Array.from({ length: 40 }, (_, i) => leafHash(new Uint8Array([i])));
const forked = leaves.map((leaf, i) => (i === 2 ? leafHash(new Uint8Array([99])) : leaf));
const authority = seedSigner(new Uint8Array(32).fill(7));

let relay: TestRelay;
let hand: HandAuthority;
let store: RelayStore;
let origin: string;

beforeEach(async () => {
  store = createMemoryStore();
  relay = await startRelay({ store });
  hand = attachAuthority(relay);
  const { world } = await publishRoom(relay, hand);
  origin = `test.local/abc/${world}`;
});
afterEach(() => relay.close());

const noteOf = async (size: number, of = leaves, signer = authority, name = origin) =>
  bytesToUtf8(
    await signCheckpoint(signer, {
      origin: name,
      size,
      root: size === 0 ? emptyRoot : merkleRoot(of.slice(0, size)),
    }),
  ) ?? '';

async function post(body: string | Bytes) {
  const response = await fetch(`${relay.http}/witness/add-checkpoint`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, contentType, body: await response.text() };
}

/** As an honest log asks. */
async function ask(old: number, size: number, of = leaves) {
  const proof = old === 0 || old > size ? [] : consistencyProof(of, old, size);
  return post(formatAddCheckpoint({ oldSize: old, proof, note: await noteOf(size, of) }));
}

describe('a relay as a C2SP tlog-witness', () => {
  it('[Y120] cosigns what goes on from what it cosigned last, by its own key, which it names', async () => {
    const said = WitnessReply.parse(await (await fetch(`${relay.http}/witness`)).json());
    const vkey = unwrap(parseVkey(said.vkey));
    expect(vkey.type).toBe(cosignatureType);
    for (const [old, size] of [
      [0, 3],
      [3, 3],
      [3, 8],
      [8, 40],
    ] as const) {
      const reply = unwrap(parseWitnessReply(await ask(old, size)));
      if (reply.status !== 200) throw new Error(`${old} → ${size}: ${reply.status}`);
      const text = (await noteOf(size)).split('\n\n')[0] ?? '';
      const note = { text: `${text}\n`, signatures: reply.signatures };
      expect(unwrap(await verifyNote(note, [vkey])).verified).toHaveLength(1);
    }
    expect(vkey.key).toEqual(relay.relay.witnessKey);
    expect(vkey.name).toMatch(/^fairground\.local\/witness-/);
  });

  it('[Y122] has the standard’s status for each refusal, and cosigns nothing then', async () => {
    expect((await ask(0, 8)).status).toBe(200);
    const note = await noteOf(9);
    const good = consistencyProof(leaves, 8, 9);
    const cases: readonly (readonly [number, string | Bytes])[] = [
      [400, 'nonsense'],
      [400, new Uint8Array([255, 254])],
      [400, formatAddCheckpoint({ oldSize: 8, proof: good, note: 'no note' })],
      [400, formatAddCheckpoint({ oldSize: 9, proof: [], note: await noteOf(8) })],
      [
        404,
        formatAddCheckpoint({
          oldSize: 0,
          proof: [],
          note: await noteOf(8, leaves, authority, 'test.local/abc/else'),
        }),
      ],
      [
        404,
        formatAddCheckpoint({
          oldSize: 0,
          proof: [],
          note: await noteOf(8, leaves, authority, `other/${origin.slice(15)}`),
        }),
      ],
      [
        403,
        formatAddCheckpoint({
          oldSize: 8,
          proof: good,
          note: await noteOf(9, leaves, seedSigner(new Uint8Array(32).fill(8))),
        }),
      ],
      [409, formatAddCheckpoint({ oldSize: 7, proof: consistencyProof(leaves, 7, 9), note })],
      [409, formatAddCheckpoint({ oldSize: 8, proof: [], note: await noteOf(8, forked) })],
      [422, formatAddCheckpoint({ oldSize: 8, proof: [], note })],
      [
        422,
        formatAddCheckpoint({
          oldSize: 8,
          proof: consistencyProof(forked, 8, 9),
          note: await noteOf(9, forked),
        }),
      ],
    ];
    for (const [status, body] of cases) expect([status, (await post(body)).status]).toEqual([status, status]);
    expect(await ask(7, 9)).toMatchObject({ contentType: 'text/x.tlog.size', body: '8\n' });
    expect((await store.cosigned.latest(origin))?.size).toBe(8);
    expect((await ask(8, 9)).status).toBe(200);
  });

  it('[Y121] of many requests from one size one goes on, whatever they are, also after a restart', async () => {
    await ask(0, 3);
    const all = await Promise.all([ask(3, 8), ask(3, 9), ask(3, 8, forked), ask(3, 20)]);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    const size = (await store.cosigned.latest(origin))?.size ?? 0;
    const again = await startRelay({ store });
    const body = formatAddCheckpoint({ oldSize: 0, proof: [], note: await noteOf(5, forked) });
    const reply = await fetch(`${again.http}/witness/add-checkpoint`, { method: 'POST', body });
    expect([reply.status, await reply.text()]).toEqual([409, `${size}\n`]);
    await again.close();
  });

  it('[Y121] says nothing when it cannot keep what it cosigned', async () => {
    const failing = createMemoryStore();
    const broken = {
      ...failing,
      cosigned: { ...failing.cosigned, advance: () => Promise.reject(new Error('disk')) },
    };
    const other = await startRelay({ store: broken });
    const own = attachAuthority(other);
    const { world } = await publishRoom({ ...other, store: failing }, own);
    const note = await noteOf(3, leaves, authority, `test.local/abc/${world}`);
    const body = formatAddCheckpoint({ oldSize: 0, proof: [], note });
    const reply = await fetch(`${other.http}/witness/add-checkpoint`, { method: 'POST', body });
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('—');
    await other.close();
  });

  it('[Y123] knows the logs of the worlds that were registered; a witness alone those of the authorities it was told', async () => {
    const named = createVkey('fair.example/1', 1, authority.key);
    const vkeysOf = logsOf([named]);
    const id = formatWorldId(new Uint8Array(32).fill(5));
    expect(vkeysOf(`fair.example/1/${id}`)[0]).toMatchObject({
      name: `fair.example/1/${id}`,
      key: authority.key,
    });
    for (const other of [`fair.example/2/${id}`, 'fair.example/1/short', id, `x/fair.example/1/${id}`])
      expect(vkeysOf(other)).toEqual([]);
    expect(formatVkey(named)).toContain('fair.example/1');
    expect(utf8ToBytes(origin).length).toBeGreaterThan(0);
  });
});
