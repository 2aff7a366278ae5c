/** One attempt to hand an intent to the relay, and what its answer means for the outbox. */
import {
  base64urlToBytes,
  type Bytes,
  encodePair,
  equalBytes,
  parseReceipt,
  pairFromJson,
  type SignedPair,
  verifyPair,
} from '@fairground/ledger';
import {
  type Cap,
  formatDid,
  formatWorldId,
  HeadReply,
  IntentReply,
  KeptReply,
  paths,
} from '@fairground/protocol';
import { z } from 'zod';
import type { Failure, Http } from '../http.ts';
import type { ChainHead } from './chain.ts';
import type { Delivery } from './outbox.ts';
import type { OutboxRecord } from './record.ts';

/** Longer than the relay's own patience, so that a 202 arrives. */
const TIMEOUT_MS = 15_000;
const IntentAnswer = z.union([IntentReply, KeptReply]);

/** `authority` is the key that signs the record's world now, undefined while this device has not verified its genesis: a receipt is then no more than the relay's word. */
export async function deliver(http: Http, record: OutboxRecord, authority?: Bytes): Promise<Delivery> {
  const path = paths.intents(formatWorldId(record.world));
  const reply = await http.json(path, IntentAnswer, {
    method: 'POST',
    body: encodePair(record),
    timeoutMs: TIMEOUT_MS,
  });
  if (!reply.ok) return toDelivery(reply);
  const seen = pair(reply.value.seen);
  if ('kept' in reply.value) return { kind: 'kept', ...(seen && { seen }) };
  const receipt = pair(reply.value.receipt);
  const index = receipt && indexOf(receipt, record);
  if (!receipt || index === undefined) return { kind: 'retry' };
  const { refused } = reply.value;
  if (authority && !(await verifyPair('receipt', authority, receipt))) return { kind: 'retry' };
  return {
    kind: 'receipt',
    isVerified: authority !== undefined,
    receipt,
    index,
    ...(refused && { refused: refused.code }),
    ...(seen && { seen }),
  };
}

/** The entry that a receipt names, if it is for this very intent. */
function indexOf(receipt: SignedPair, record: OutboxRecord): number | undefined {
  const parsed = parseReceipt(receipt.bytes);
  if (!parsed.ok) return undefined;
  const { world, intentHash, index } = parsed.value;
  return equalBytes(world, record.world) && equalBytes(intentHash, record.hash) ? index : undefined;
}

/** Codes by which the authority says that the chain goes on from somewhere else. */
const chainCodes: ReadonlySet<string> = new Set(['fork', 'chain_gap', 'chain_prev', 'chain_replayed']);

function toDelivery({ code, status, retryAfterMs }: Failure): Delivery {
  if (chainCodes.has(code)) return { kind: 'chain' };
  // What is no answer of a relay (a café's login page, a proxy's 404) judges nothing.
  const isPassing =
    code === 'reply_malformed' ||
    status === 0 ||
    status === 408 ||
    status === 429 ||
    status >= 500 ||
    code === 'world_unknown';
  if (isPassing) return { kind: 'retry', ...(retryAfterMs !== undefined && { afterMs: retryAfterMs }) };
  return { kind: 'failed', code };
}

/** The admitted head of a key, from the authority; `cap` where the room is not listed. Rejects when it cannot be asked. */
export async function fetchHead(
  http: Http,
  world: OutboxRecord['world'],
  key: OutboxRecord['key'],
  cap?: Cap,
): Promise<ChainHead | undefined> {
  const reply = await http.json(paths.head(formatWorldId(world), formatDid(key)), HeadReply, { cap });
  if (reply.ok) {
    const hash = base64urlToBytes(reply.value.hash);
    if (hash) return { seq: reply.value.seq, hash };
  } else if (reply.code === 'head_unknown') return undefined;
  throw new Error('the head cannot be asked now');
}

function pair(json: unknown): SignedPair | undefined {
  const parsed = pairFromJson(json);
  return parsed.ok ? parsed.value : undefined;
}
