import { bytesToBase64url, sha256, signIntent, utf8ToBytes } from '@fairground/ledger';
import { CAP_HEADER, formatCap, formatWorldId, toProblem } from '@fairground/protocol';
import { expect, it } from 'vitest';
import { seedIdentity } from '../identity.ts';
import { createPeer } from '../peer.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';

const world = sha256(utf8ToBytes('an unlisted world'));
const cap = formatCap(world.slice(0, 16));
const identity = seedIdentity(sha256(utf8ToBytes('a device')));

/** A relay whose authority has another head for this key, and tells it to holders of the capability alone. */
function relay() {
  const posted: number[] = [];
  const fetch = async (input: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(String(input));
    if (pathname.endsWith('/intents')) {
      posted.push(1);
      return problem('chain_replayed');
    }
    if (!pathname.endsWith('/head')) return problem('not_found');
    if (new Headers(init?.headers).get(CAP_HEADER) !== cap) return problem('capability_needed');
    return Response.json({ seq: 4, hash: bytesToBase64url(world), index: 9, proof: '' });
  };
  return { fetch, posted };
}

function problem(code: string): Response {
  const body = toProblem(code);
  return Response.json(body, { status: body.status });
}

/** A socket that never opens: nothing of this is about documents. */
class NoSocket extends EventTarget {
  close() {}
  send() {}
}

it('[D24] a page that follows nothing yet resumes a chain of an unlisted world', async () => {
  const storage = createMemoryStorage();
  const clock = createTestClock();
  const { fetch, posted } = relay();
  const ports = {
    clock,
    fetch,
    WebSocket: NoSocket as never,
    random: (length: number) => new Uint8Array(length),
  };
  const first = createPeer({ url: 'http://relay.test', identity, storage, ports });
  const follower = await first.world(formatWorldId(world), cap);
  const { hash } = await signIntent(identity, {
    world,
    seq: 0,
    prev: new Uint8Array(32),
    kind: 'add',
    body: {},
  });
  const stored = await follower.submit({ kind: 'add' });
  expect(stored.ok && stored.value.hash).toEqual(hash);
  follower.close();
  first.close();
  const later = createPeer({ url: 'http://relay.test', identity, storage, ports });
  await settle();
  await clock.advance(5_000);
  expect(posted.length).toBeGreaterThan(0);
  const rows = await storage.list('outbox', '');
  expect(rows.map(([, record]) => (record as { seq: number }).seq)).toEqual([5]);
  later.close();
});
