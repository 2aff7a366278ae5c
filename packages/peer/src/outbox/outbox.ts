/** Keeps every intent until the ledger has it: stored first, sent in order, retried for ever, issued anew when the chain moved. */
import { type Bytes, bytesToHex, equalBytes } from '@fairground/ledger';
import type { Live } from '../live.ts';
import type { ChainHead } from './chain.ts';
import { Lane } from './lane.ts';
import type { OutboxDeps } from './outboxDeps.ts';
import { isSettled, type OutboxRecord, type Plan } from './record.ts';

export type { Delivery, OutboxDeps } from './outboxDeps.ts';

export interface Outbox {
  submit(world: Bytes, plan: Plan, ledgerHead?: ChainHead): Promise<OutboxRecord>;
  /** This device's intents of a world, oldest first, failed ones included until the page closes. */
  records(world: Bytes): Live<readonly OutboxRecord[]>;
  /** Resolves once `records` shows what the device had stored. */
  loaded(world: Bytes): Promise<void>;
  /** The ledger shows an intent of ours. */
  settle(world: Bytes, hash: Bytes, index: number, refused: string | undefined): Promise<void>;
  /** A path opened: try at once. */
  kick(): void;
  /** Takes up what an earlier page left unsent. */
  resume(): Promise<void>;
  close(): void;
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const lanes = new Map<string, Lane>();
  const laneOf = (world: Bytes): Lane => {
    const name = bytesToHex(world);
    const lane = lanes.get(name) ?? new Lane(deps, world);
    lanes.set(name, lane);
    return lane;
  };
  return {
    submit: (world, plan, head) => laneOf(world).submit(plan, head),
    records: (world) => laneOf(world).records,
    loaded: (world) => laneOf(world).loaded,
    settle: (world, hash, index, refused) => laneOf(world).settle(hash, index, refused),
    kick: () => lanes.forEach((lane) => lane.kick()),
    async resume() {
      const rows = await deps.storage.list('outbox', '');
      const mine = rows
        .map(([, value]) => value as OutboxRecord)
        .filter((record) => equalBytes(record.key, deps.identity.key));
      for (const record of mine) if (!isSettled(record)) laneOf(record.world).kick();
    },
    close: () => lanes.forEach((lane) => lane.close()),
  };
}
