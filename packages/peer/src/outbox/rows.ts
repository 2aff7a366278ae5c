/** The rows of one chain in storage. What cannot be read is set aside, so that it neither stops the chain nor is lost. */
import { type Bytes, bytesToHex, equalBytes } from '@fairground/ledger';
import type { Identity } from '../identity.ts';
import type { Row, Storage } from '../storage/storage.ts';
import { chainPrefix, type OutboxRecord, parseRecord, recordKey } from './record.ts';

export interface RowDeps {
  readonly storage: Storage;
  readonly identity: Identity;
  random(length: number): Bytes;
  /** Told of each row that had to be set aside. */
  setAside?(): void;
}

/** Where rows lie that could not be read: for a newer version of the app, or for whoever looks into it. */
const ASIDE = 'unreadable/';
const FAILED = 'failed/';

/** This device's intents of a world by `seq`; failed ones before what took their place. */
export async function readChain(deps: RowDeps, world: Bytes): Promise<OutboxRecord[]> {
  const rows = await deps.storage.list('outbox', prefixOf(deps, world));
  const records: OutboxRecord[] = [];
  for (const [key, value] of rows) {
    const record = parseRecord(value);
    if (record) records.push(record);
    else await putAside(deps, [key, value]);
  }
  return records.sort((a, b) => a.seq - b.seq || rank(a) - rank(b) || a.storedAt - b.storedAt);
}

/** The worlds in which this device has intents that nobody has settled. */
export async function openWorlds(deps: RowDeps): Promise<Bytes[]> {
  const worlds = new Map<string, Bytes>();
  for (const [key, value] of await deps.storage.list('outbox', '')) {
    const record = key.startsWith(ASIDE) ? undefined : parseRecord(value);
    const isOpen = record?.state === 'stored' || record?.state === 'received';
    if (record && isOpen && equalBytes(record.key, deps.identity.key))
      worlds.set(bytesToHex(record.world), record.world);
  }
  return [...worlds.values()];
}

export function prefixOf({ identity }: Pick<RowDeps, 'identity'>, world: Bytes): string {
  return chainPrefix(bytesToHex(world), bytesToHex(identity.key));
}

export function toRow(record: OutboxRecord): Row {
  const { world, key, seq, id } = record;
  const place =
    record.state === 'failed'
      ? `${chainPrefix(bytesToHex(world), bytesToHex(key))}${FAILED}${id}`
      : recordKey(bytesToHex(world), bytesToHex(key), seq);
  return [place, record];
}

/** Nobody has written it since it was read. */
export function isSameWriting(now: unknown, was: unknown): boolean {
  const [a, b] = [parseRecord(now), parseRecord(was)];
  return a !== undefined && b !== undefined && (a.rev ?? 0) === (b.rev ?? 0) && equalBytes(a.hash, b.hash);
}

async function putAside({ storage, random, setAside }: RowDeps, row: Row): Promise<void> {
  const [key, value] = row;
  const place = `${ASIDE}${key}/${bytesToHex(random(4))}`;
  if (await storage.swap('outbox', [row], [[place, value]], () => true)) setAside?.();
}

const rank = (record: OutboxRecord): number => (record.state === 'failed' ? 0 : 1);
