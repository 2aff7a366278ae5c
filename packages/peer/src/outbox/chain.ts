/** Puts a plan at the end of this device's chain in a world: header, seal, signature, and a place in storage that nobody else has. */
import { type Bytes, bytesToHex, intentHeader, noIntent, sealValue, signIntent } from '@fairground/ledger';
import type { Identity } from '../identity.ts';
import type { Storage } from '../storage/storage.ts';
import { chainPrefix, type OutboxRecord, type Plan, recordKey } from './record.ts';

export interface ChainHead {
  readonly seq: number;
  readonly hash: Bytes;
}

export interface ChainDeps {
  readonly storage: Storage;
  readonly identity: Identity;
  random(length: number): Bytes;
  now(): number;
}

const NO_HEAD: ChainHead = { seq: -1, hash: noIntent };

export async function chainRecords(deps: ChainDeps, world: Bytes): Promise<OutboxRecord[]> {
  const rows = await deps.storage.list(
    'outbox',
    chainPrefix(bytesToHex(world), bytesToHex(deps.identity.key)),
  );
  return rows.map(([, value]) => value as OutboxRecord);
}

/**
 * Signs the plan on top of the newest known head and stores it. `Storage.add` is the fence: of two tabs that
 * want the same `seq` one gets it, the other signs again behind it.
 */
export async function issue(
  deps: ChainDeps,
  world: Bytes,
  plan: Plan,
  ledgerHead: ChainHead | undefined,
  id?: string,
): Promise<OutboxRecord> {
  for (;;) {
    const last = (await chainRecords(deps, world)).at(-1);
    const head = newest(last, ledgerHead);
    const record = await sign(deps, world, plan, head, id ?? bytesToHex(deps.random(8)));
    const key = recordKey(bytesToHex(world), bytesToHex(deps.identity.key), record.seq);
    if (await deps.storage.add('outbox', key, record)) return record;
  }
}

function newest(last: OutboxRecord | undefined, ledgerHead: ChainHead | undefined): ChainHead {
  if (!last) return ledgerHead ?? NO_HEAD;
  return ledgerHead && ledgerHead.seq > last.seq ? ledgerHead : last;
}

async function sign(
  deps: ChainDeps,
  world: Bytes,
  plan: Plan,
  head: ChainHead,
  id: string,
): Promise<OutboxRecord> {
  const { identity } = deps;
  const place = { world, key: identity.key, seq: head.seq + 1, prev: head.hash, kind: plan.kind };
  const nonce = plan.seal && deps.random(32);
  const body = plan.seal && nonce ? { ...plan.body, ...sealed(plan.seal, place, nonce) } : plan.body;
  const signed = await signIntent(identity, { ...place, body });
  const base = {
    ...signed,
    id,
    world,
    key: identity.key,
    seq: place.seq,
    plan,
    storedAt: deps.now(),
    state: 'stored' as const,
  };
  return nonce ? { ...base, nonce } : base;
}

function sealed(seal: NonNullable<Plan['seal']>, place: Parameters<typeof intentHeader>[0], nonce: Bytes) {
  const { lot, pk, value, size } = seal;
  const header = intentHeader(place);
  return {
    lot,
    seal: {
      ...sealValue({ world: place.world, lot, key: place.key, pk, header, value, nonce32: nonce, size }),
    },
  };
}
