import {
  bytesToBase64url,
  type Bytes,
  decodePair,
  pairToJson,
  parseIntent,
  unwrap,
} from '@fairground/ledger';
import { CAP_HEADER, formatCap, toProblem } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import { loadIdentity } from '../identity.ts';
import { systemPorts } from '../ports.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock } from '../testClock.fixture.ts';
import { openPage, world } from './device.fixture.ts';
import { flushOutbox } from './flushOutbox.ts';

const { random } = systemPorts();
const cap = formatCap(world.slice(0, 16));

/** A device whose page was closed before it could send. */
async function closedPage() {
  const storage = createMemoryStorage();
  const identity = await loadIdentity(storage, random);
  const page = openPage(storage, createTestClock(), () => new Promise(() => {}), { identity });
  await page.submit(world, { kind: 'add', body: { count: 1 } });
  page.close();
  await storage.put('caps', Buffer.from(world).toString('hex'), cap);
  return storage;
}

describe('[D36] a worker’s flush', () => {
  it('posts what is stored, signed as it is', async () => {
    const storage = await closedPage();
    const posted: Bytes[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      const pair = unwrap(decodePair(init?.body as Uint8Array<ArrayBuffer>));
      posted.push(pair.bytes);
      return Response.json({ kept: true, seen: pairToJson(pair) }, { status: 202 });
    };
    const deps = { url: 'http://relay.test', storage, clock: createTestClock(), fetch, random };
    expect(await flushOutbox(deps)).toBe(true);
    expect(posted.map((bytes) => unwrap(parseIntent(bytes)).body)).toEqual([{ count: 1 }]);
    const rows = (await storage.list('outbox', '')).map(([, row]) => row);
    expect(rows).toMatchObject([{ state: 'received' }]);
  });

  it('signs again behind the head of an unlisted world, when another device has moved the chain', async () => {
    const storage = await closedPage();
    const posted: number[] = [];
    const fetch = async (input: URL | RequestInfo, init?: RequestInit) => {
      if (String(input).includes('/head')) {
        if (new Headers(init?.headers).get(CAP_HEADER) !== cap) return problem('capability_needed');
        return Response.json({ seq: 4, hash: bytesToBase64url(world), index: 9, proof: '' });
      }
      const pair = unwrap(decodePair(init?.body as Uint8Array<ArrayBuffer>));
      const { seq } = unwrap(parseIntent(pair.bytes));
      posted.push(seq);
      return seq === 5
        ? Response.json({ kept: true, seen: pairToJson(pair) }, { status: 202 })
        : problem('fork');
    };
    const deps = { url: 'http://relay.test', storage, clock: createTestClock(), fetch, random };
    expect(await flushOutbox(deps)).toBe(true);
    expect(posted).toEqual([0, 5]);
  });

  it('says when nothing answers', async () => {
    const storage = await closedPage();
    const fetch = () => Promise.reject(new TypeError('no network'));
    const deps = { url: 'http://relay.test', storage, clock: createTestClock(), fetch, random };
    expect(await flushOutbox(deps)).toBe(false);
  });

  it('[D45] makes no key where there is none', async () => {
    const storage = createMemoryStorage();
    const fetch = () => Promise.reject(new TypeError('no network'));
    const deps = { url: 'http://relay.test', storage, clock: createTestClock(), fetch, random };
    expect(await flushOutbox(deps)).toBe(true);
    expect(await storage.list('identity', '')).toEqual([]);
  });
});

function problem(code: string): Response {
  const body = toProblem(code);
  return Response.json(body, { status: body.status });
}
