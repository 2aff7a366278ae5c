/** What an outbox needs, and what a delivery may say. */
import type { Bytes, SignedPair } from '@fairground/ledger';
import type { Clock } from '../ports.ts';
import type { ChainDeps, ChainHead } from './chain.ts';
import type { OutboxRecord } from './record.ts';

/** What became of one attempt to send. */
export type Delivery =
  | {
      readonly kind: 'receipt';
      readonly receipt: SignedPair;
      readonly index: number;
      readonly refused?: string;
      readonly seen?: SignedPair;
      /** False: nobody here knows yet whose signature counts. */
      readonly isVerified?: boolean;
    }
  | { readonly kind: 'kept'; readonly seen?: SignedPair }
  | { readonly kind: 'retry'; readonly afterMs?: number }
  /** The ledger's chain for this key goes on from somewhere else, and this very intent is not in it. */
  | { readonly kind: 'chain' }
  | { readonly kind: 'failed'; readonly code: string };

export interface OutboxDeps extends ChainDeps {
  readonly clock: Clock;
  deliver(record: OutboxRecord): Promise<Delivery>;
  /** The admitted head of this key in a world; undefined when it has none; rejects when nobody can be asked. */
  fetchHead(world: Bytes): Promise<ChainHead | undefined>;
  /** Whose receipts count in a world, once this device has verified its genesis. */
  authorityOf?(world: Bytes): Bytes | undefined;
  /** Runs the work when no other page or worker of this device runs its own under that name, or has done so for too long. */
  turn?: Turn;
  /** Something waits: have it sent also when this page is gone. */
  sendLater?(): void;
}

export type Turn = <T>(name: string, work: () => Promise<T>) => Promise<T>;
