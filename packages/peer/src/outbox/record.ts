/** An intent as the device keeps it until the ledger has it, and afterwards as the end of its chain. */
import type { Bytes, Cbor } from '@fairground/ledger';
import { z } from 'zod';

/** What was wanted, before chain and seal: enough to issue it anew when another device took its place in the chain. */
export interface Plan {
  readonly kind: string;
  readonly body: { readonly [key: string]: Cbor };
  readonly seal?: {
    readonly lot: number;
    /** The lot's X25519 key from the ledger. */
    readonly pk: Bytes;
    readonly value: Cbor;
    /** Padded length of the plaintext, the same for every value of this kind. */
    readonly size: number;
  };
}

/**
 * `stored`: on this device only. `received`: the relay keeps it and has signed so. `counted`: in the ledger.
 * `refused`: in the ledger with the rules' code. `failed`: nobody will ever log it; `code` says why.
 */
export type IntentState = 'stored' | 'received' | 'counted' | 'refused' | 'failed';

interface Signed {
  readonly bytes: Bytes;
  readonly sig: Bytes;
}

export interface OutboxRecord {
  /** Of the form of this record; older ones have none. A newer page may add fields: they are left as they are. */
  readonly v?: number;
  /** How often it was written: whoever changes it says which writing was read. */
  readonly rev?: number;
  /** Stays the same when the intent is issued anew. */
  readonly id: string;
  readonly world: Bytes;
  readonly key: Bytes;
  readonly seq: number;
  readonly hash: Bytes;
  readonly bytes: Bytes;
  readonly sig: Bytes;
  readonly plan: Plan;
  /** The seal's nonce: with it its owner can prove what was sealed. */
  readonly nonce?: Bytes;
  readonly storedAt: number;
  readonly state: IntentState;
  readonly code?: string;
  /** Index of its entry, once known. */
  readonly index?: number;
  readonly receipt?: Signed;
  /** The relay's signed word that it had the intent. */
  readonly seen?: Signed;
  /** A reply that came when nobody here knew whose signature counts: believed once the world's authority is known. */
  readonly claim?: Claim;
  /** It lives as long as this page: the device could not keep it. Says so where it is shown, is never stored. */
  readonly unkept?: true;
}

export interface Claim {
  readonly receipt: Signed;
  readonly index: number;
  readonly refused?: string;
}

export const RECORD_VERSION = 1;

const zBytes = z.instanceof(Uint8Array);
const zSigned = z.looseObject({ bytes: zBytes, sig: zBytes });
/** All that is needed to send it, to chain on it and to issue it anew. */
const Envelope = z.looseObject({
  v: z.number().optional(),
  rev: z.number().optional(),
  id: z.string(),
  world: zBytes,
  key: zBytes,
  seq: z.int().min(0),
  hash: zBytes,
  bytes: zBytes,
  sig: zBytes,
  plan: z.looseObject({
    kind: z.string(),
    body: z.record(z.string(), z.unknown()),
    seal: z.looseObject({ lot: z.number(), pk: zBytes, value: z.unknown(), size: z.number() }).optional(),
  }),
  storedAt: z.number(),
  state: z.enum(['stored', 'received', 'counted', 'refused', 'failed']),
  code: z.string().optional(),
  index: z.number().optional(),
  receipt: zSigned.optional(),
  seen: zSigned.optional(),
  claim: z.looseObject({ receipt: zSigned, index: z.number(), refused: z.string().optional() }).optional(),
});

/** What lies in storage may be of another version of the app, or damaged: undefined if it cannot be used. */
export function parseRecord(value: unknown): OutboxRecord | undefined {
  return Envelope.safeParse(value).success ? (value as OutboxRecord) : undefined;
}

/** Sorts by `seq` as text. */
export const recordKey = (worldHex: string, keyHex: string, seq: number): string =>
  `${chainPrefix(worldHex, keyHex)}${String(seq).padStart(12, '0')}`;

export const chainPrefix = (worldHex: string, keyHex: string): string => `${worldHex}/${keyHex}/`;

export const isSettled = (record: OutboxRecord): boolean =>
  record.state !== 'stored' && record.state !== 'received';
