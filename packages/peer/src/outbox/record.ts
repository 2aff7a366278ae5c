/** An intent as the device keeps it until the ledger has it, and afterwards as the end of its chain. */
import type { Bytes, Cbor } from '@fairground/ledger';

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

export interface OutboxRecord {
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
  readonly receipt?: { readonly bytes: Bytes; readonly sig: Bytes };
  /** The relay's signed word that it had the intent. */
  readonly seen?: { readonly bytes: Bytes; readonly sig: Bytes };
}

/** Sorts by `seq` as text. */
export const recordKey = (worldHex: string, keyHex: string, seq: number): string =>
  `${chainPrefix(worldHex, keyHex)}${String(seq).padStart(12, '0')}`;

export const chainPrefix = (worldHex: string, keyHex: string): string => `${worldHex}/${keyHex}/`;

export const isSettled = (record: OutboxRecord): boolean =>
  record.state !== 'stored' && record.state !== 'received';
