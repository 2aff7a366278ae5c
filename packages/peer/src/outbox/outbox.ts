/** Keeps every intent until the ledger has it: stored first, sent in order, retried for ever, issued anew when the chain moved. */
import { type Bytes, bytesToHex } from '@fairground/ledger';
import { createLive, type Live } from '../live.ts';
import type { Issue } from './chain.ts';
import { Lane } from './lane.ts';
import type { OutboxDeps } from './outboxDeps.ts';
import type { OutboxRecord, Plan } from './record.ts';
import { openWorlds } from './rows.ts';

export type { Delivery, OutboxDeps } from './outboxDeps.ts';

export interface Outbox {
  submit(world: Bytes, plan: Plan, how?: Issue): Promise<OutboxRecord>;
  /** This device's intents of a world, in the order of their chain; failed ones where they would have stood. */
  records(world: Bytes): Live<readonly OutboxRecord[]>;
  /** Resolves once `records` shows what the device had stored. */
  loaded(world: Bytes): Promise<void>;
  /** The ledger shows an intent of ours. */
  settle(world: Bytes, hash: Bytes, index: number, refused: string | undefined): Promise<void>;
  /** Whose word counts in a world is known now. */
  heard(world: Bytes): Promise<void>;
  /** A path opened: try at once. */
  kick(): void;
  /** Takes up what an earlier page left unsent. */
  resume(): Promise<void>;
  /** Sends all that is stored, once and without timers; false if some of it has to be sent later. */
  flush(): Promise<boolean>;
  /** How many rows could not be read and were set aside. */
  readonly unreadable: Live<number>;
  close(): void;
}

export function createOutbox(given: OutboxDeps): Outbox {
  const unreadable = createLive(0);
  const deps: OutboxDeps = { ...given, setAside: () => unreadable.set(unreadable.value + 1) };
  const lanes = new Map<string, Lane>();
  const laneOf = (world: Bytes): Lane => {
    const name = bytesToHex(world);
    const lane = lanes.get(name) ?? new Lane(deps, world);
    lanes.set(name, lane);
    return lane;
  };
  return {
    unreadable,
    submit: (world, plan, how) => laneOf(world).submit(plan, how),
    records: (world) => laneOf(world).records,
    loaded: (world) => laneOf(world).loaded,
    settle: (world, hash, index, refused) => laneOf(world).settle(hash, index, refused),
    heard: (world) => laneOf(world).heard(),
    kick: () => lanes.forEach((lane) => lane.kick()),
    async resume() {
      for (const world of await openWorlds(deps)) laneOf(world).kick();
    },
    async flush() {
      const worlds = await openWorlds(deps);
      const flushed = await Promise.all(worlds.map((world) => laneOf(world).flush()));
      return flushed.every(Boolean);
    },
    close: () => lanes.forEach((lane) => lane.close()),
  };
}
