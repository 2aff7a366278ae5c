import {
  decodePair,
  pairToJson,
  seedSigner,
  sha256,
  signReceipt,
  unwrap,
  utf8ToBytes,
} from '@fairground/ledger';
import { toProblem } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../http.ts';
import { seedIdentity } from '../identity.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { deliver } from './deliver.ts';
import { createOutbox } from './outbox.ts';

const hash = sha256(utf8ToBytes('anything'));
const authority = seedSigner(hash);
const receiptOf = (intentHash: Uint8Array, signer = authority, world: Uint8Array = hash) =>
  signReceipt(signer, {
    world,
    origin: 'a/b',
    keyId: hash.slice(0, 4),
    intentHash,
    leafHash: hash,
    index: 7,
    at: 1,
  });
const receipt = await receiptOf(hash);
type Answer = Response | ((intentHash: Uint8Array) => Promise<Response>);
const countedBy =
  (make: (intentHash: Uint8Array) => ReturnType<typeof receiptOf>): Answer =>
  async (intentHash) =>
    Response.json({ receipt: pairToJson(await make(intentHash)), seen: pairToJson(receipt), refused: null });
const counted = () => countedBy((intentHash) => receiptOf(intentHash));
const kept = () => Response.json({ kept: true, seen: pairToJson(receipt) }, { status: 202 });
const problem = (code: string, retryAfter?: number) => {
  const body = toProblem(code, retryAfter === undefined ? {} : { retryAfter });
  return Response.json(body, { status: body.status });
};

/** An outbox over HTTP, whose relay answers as the test says. */
async function sendTo(answer: (attempt: number) => Answer, known: Uint8Array | null = authority.key) {
  const clock = createTestClock();
  const posted: Uint8Array[] = [];
  const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
    const { bytes } = unwrap(decodePair(init?.body as Uint8Array<ArrayBuffer>));
    posted.push(bytes);
    const said = answer(posted.length);
    return typeof said === 'function' ? said(sha256(bytes)) : said;
  };
  const http = createHttp('http://relay.test', { fetch });
  const outbox = createOutbox({
    storage: createMemoryStorage(),
    identity: seedIdentity(hash),
    clock,
    now: clock.now,
    random: (length) => new Uint8Array(length),
    deliver: (record) => deliver(http, record, known ?? undefined),
    fetchHead: async () => undefined,
  });
  await outbox.submit(hash, { kind: 'add', body: { count: 1 } });
  await settle();
  const state = () => outbox.records(hash).value.map(({ state: now, code }) => code ?? now);
  return { outbox, clock, posted, state };
}

describe('an intent on its way', () => {
  it.each(['world_halted', 'storage_away', 'authority_away', 'storage_failed', 'internal'])(
    '[D3] is sent again, the very same bytes, after %s',
    async (code) => {
      const { clock, posted, state } = await sendTo((attempt) => (attempt < 4 ? problem(code) : counted()));
      expect([posted.length, state()]).toEqual([1, ['stored']]);
      await clock.advance(10_000);
      expect([posted.length, state()]).toEqual([4, ['counted']]);
      expect(posted.every((bytes) => bytes.join() === posted[0]?.join())).toBe(true);
    },
  );

  it('[D3] waits as long as the relay says', async () => {
    const { clock, posted } = await sendTo((n) => (n === 1 ? problem('world_halted', 30) : counted()));
    await clock.advance(29_000);
    expect(posted).toHaveLength(1);
    await clock.advance(1_000);
    expect(posted).toHaveLength(2);
  });

  it('[D3] is sent again when nothing answers, or no relay of ours', async () => {
    const answers = [() => Response.error(), () => new Response('<h1>502</h1>', { status: 502 }), counted];
    const { clock, posted, state } = await sendTo((n) => (answers[n - 1] ?? counted)());
    await clock.advance(10_000);
    expect([posted.length, state()]).toEqual([3, ['counted']]);
  });

  it.each([
    ['a café’s login page', () => new Response('<h1>Welcome</h1>')],
    ['a proxy’s 404', () => new Response('<h1>404</h1>', { status: 404 })],
    ['a proxy’s 403', () => new Response('denied', { status: 403 })],
    ['JSON that is not ours', () => Response.json({ ok: true })],
  ])('[D38] is judged by no stranger: %s', async (_, stranger) => {
    const { clock, posted, state } = await sendTo((n) => (n < 3 ? stranger() : counted()));
    expect(state()).toEqual(['stored']);
    await clock.advance(10_000);
    expect([posted.length, state()]).toEqual([3, ['counted']]);
  });

  it('[D40] waits no longer than five minutes, whatever the relay says', async () => {
    const { clock, posted } = await sendTo((n) => (n === 1 ? problem('world_halted', 3_000_000) : counted()));
    await clock.advance(299_000);
    expect(posted).toHaveLength(1);
    await clock.advance(1_000);
    expect(posted).toHaveLength(2);
  });

  it('[D4] that the relay keeps for a world that stands still is received, and asked about', async () => {
    const { clock, posted, state } = await sendTo((attempt) => (attempt < 4 ? kept() : counted()));
    expect(state()).toEqual(['received']);
    await clock.advance(30_000);
    expect([posted.length, state()]).toEqual([4, ['counted']]);
  });

  it.each(['world_closed', 'not_host', 'seat_unknown'])('[D8] fails for good by %s', async (code) => {
    const { clock, posted, state } = await sendTo(() => problem(code));
    await clock.advance(60_000);
    expect([posted.length, state()]).toEqual([1, [code]]);
  });

  it.each<[string, Answer]>([
    ['of another intent', countedBy(() => receiptOf(hash))],
    ['of another world', countedBy((intentHash) => receiptOf(intentHash, authority, sha256(hash)))],
    [
      'that the authority did not sign',
      countedBy((intentHash) => receiptOf(intentHash, seedSigner(sha256(hash)))),
    ],
  ])('[D26] a receipt %s counts nothing, and it is sent again', async (_, lie) => {
    const { clock, posted, state } = await sendTo((attempt) => (attempt < 3 ? lie : counted()));
    expect(state()).toEqual(['stored']);
    await clock.advance(60_000);
    expect([posted.length, state()]).toEqual([3, ['counted']]);
  });

  it('[D26] a receipt of an authority that is not known yet is no more than the relay’s word', async () => {
    const { clock, posted, state } = await sendTo(counted, null);
    expect(state()).toEqual(['received']);
    await clock.advance(600_000);
    expect([posted.length, state()]).toEqual([1, ['received']]);
  });
});
