/** Puts a plan at the end of this device's chain in a world: header, seal, signature, and a place in storage that nobody else has. */
import {
  type Bytes,
  bytesToHex,
  encodeCbor,
  equalBytes,
  intentHeader,
  noIntent,
  sealValue,
  signIntent,
} from '@fairground/ledger';
import { isSettled, type OutboxRecord, type Plan, RECORD_VERSION } from './record.ts';
import { isSameWriting, readChain, type RowDeps, toRow } from './rows.ts';

export interface ChainHead {
  readonly seq: number;
  readonly hash: Bytes;
}

export interface ChainDeps extends RowDeps {
  now(): number;
}

export interface Issue {
  /** The newest intent of this key that the verified log holds. */
  readonly ledgerHead?: ChainHead | undefined;
  /** Not if this device has planned the very same already, in whatever tab. */
  readonly once?: boolean | undefined;
}

const NO_HEAD: ChainHead = { seq: -1, hash: noIntent };

/**
 * Signs the plan on top of the newest known head and stores it. `Storage.add` is the fence: of two tabs that
 * want the same `seq` one gets it, the other signs again behind it.
 */
export async function issue(
  deps: ChainDeps,
  world: Bytes,
  plan: Plan,
  { ledgerHead, once }: Issue = {},
): Promise<OutboxRecord> {
  for (;;) {
    const records = await readChain(deps, world);
    const same = once ? records.find((record) => isSamePlan(record.plan, plan)) : undefined;
    if (same) return same;
    const last = records.findLast(({ state }) => state !== 'failed');
    const place = { head: newest(last, ledgerHead), id: bytesToHex(deps.random(8)), storedAt: deps.now() };
    const record = await sign(deps, world, plan, place);
    if (await deps.storage.add('outbox', ...toRow(record))) return record;
  }
}

export interface Reissue {
  /** The ledger's head, asked for now. */
  readonly head?: ChainHead | undefined;
  /** Why the first one will never be logged: it is taken out. */
  readonly failed?: string;
}

/**
 * Signs `first` and what waits behind it again, in one step that a crash cannot halve. Only for what is known not to be in the ledger: two
 * signatures of one wish must never both count. False if another page was quicker.
 */
export async function reissue(
  deps: ChainDeps,
  first: OutboxRecord,
  { head, failed }: Reissue,
): Promise<boolean> {
  const records = await readChain(deps, first.world);
  const at = records.findIndex(({ id, hash }) => id === first.id && equalBytes(hash, first.hash));
  const waiting = at < 0 ? [] : records.slice(at).filter((record) => !isSettled(record));
  if (waiting.length === 0) return false;
  const before = records.slice(0, at).findLast(({ state }) => state !== 'failed');
  const becomes: OutboxRecord[] = [];
  let last = newest(before, head);
  for (const record of waiting) {
    const { id, storedAt, plan } = record;
    const rev = (record.rev ?? 0) + 1;
    if (failed !== undefined && id === first.id) {
      becomes.push({ ...record, rev, state: 'failed', code: failed });
      continue;
    }
    const signed = { ...(await sign(deps, first.world, plan, { head: last, id, storedAt })), rev };
    becomes.push(signed);
    last = signed;
  }
  return deps.storage.swap('outbox', waiting.map(toRow), becomes.map(toRow), isSameWriting);
}

function newest(last: OutboxRecord | undefined, ledgerHead: ChainHead | undefined): ChainHead {
  if (!last) return ledgerHead ?? NO_HEAD;
  return ledgerHead && ledgerHead.seq > last.seq ? ledgerHead : last;
}

interface Place {
  readonly head: ChainHead;
  readonly id: string;
  readonly storedAt: number;
}

async function sign(
  deps: ChainDeps,
  world: Bytes,
  plan: Plan,
  { head, id, storedAt }: Place,
): Promise<OutboxRecord> {
  const { identity } = deps;
  const place = { world, key: identity.key, seq: head.seq + 1, prev: head.hash, kind: plan.kind };
  const nonce = plan.seal && deps.random(32);
  const body = plan.seal && nonce ? { ...plan.body, ...sealed(plan.seal, place, nonce) } : plan.body;
  const signed = await signIntent(identity, { ...place, body });
  const base = {
    ...signed,
    v: RECORD_VERSION,
    id,
    world,
    key: identity.key,
    seq: place.seq,
    plan,
    storedAt,
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

function isSamePlan(a: Plan, b: Plan): boolean {
  return a.kind === b.kind && equalBytes(encodeCbor(a.body), encodeCbor(b.body));
}
