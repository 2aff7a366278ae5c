/** One attempt to hand an intent to the relay, and what its answer means for the outbox. */
import {
  base64urlToBytes,
  encodePair,
  parseReceipt,
  pairFromJson,
  type SignedPair,
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

export async function deliver(http: Http, record: OutboxRecord): Promise<Delivery> {
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
  const parsed = receipt && parseReceipt(receipt.bytes);
  if (!receipt || !parsed?.ok) return { kind: 'retry' };
  const { refused } = reply.value;
  return {
    kind: 'receipt',
    receipt,
    index: parsed.value.index,
    ...(refused && { refused: refused.code }),
    ...(seen && { seen }),
  };
}

/** Codes by which the authority says that the chain goes on from somewhere else. */
const chainCodes: ReadonlySet<string> = new Set(['fork', 'chain_gap', 'chain_prev', 'chain_replayed']);

function toDelivery({ code, status, retryAfterMs }: Failure): Delivery {
  if (chainCodes.has(code)) return { kind: 'chain' };
  const isPassing =
    status === 0 || status === 408 || status === 429 || status >= 500 || code === 'world_unknown';
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
