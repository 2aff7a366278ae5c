/** Verified entries on the device, so that a reload shows a world at once, relay or not. What is read back is verified again. */
import {
  type Bytes,
  bytesToHex,
  type FaultProof,
  formatFaultProof,
  parseFaultProof,
} from '@fairground/ledger';
import type { Clock } from '../ports.ts';
import type { Storage } from '../storage/storage.ts';
import type { Batch } from './tail.ts';
import type { VerifiedLog } from './verifiedLog.ts';

export interface LogKeeper {
  /** What an earlier page has kept. */
  load(): Promise<Batch | undefined>;
  /** The log has grown; written within a second. */
  grown(log: Pick<VerifiedLog, 'entries' | 'checkpoint'>): void;
  /** A proof against this world's authority: it shall hold after a reload too. */
  charged(proof: FaultProof): void;
  /** What was charged by an earlier page; to be judged again. */
  charges(): Promise<readonly FaultProof[]>;
  /** Writes what is left. */
  close(): Promise<void>;
}

interface Head {
  readonly size: number;
  readonly checkpoint: Bytes;
  /** When it was written, by this device's clock: the oldest worlds go first. */
  readonly at: number;
}

export const KEPT_WORLDS = 20;
/** A world of more entries is kept up to here; the rest comes from the relay. */
export const KEPT_ENTRIES = 65_536;
const CHUNK = 256;
const WRITE_MS = 1_000;

/** One of each kind is enough. */
const chargeKey = (world: string, kind: string): string => `charge/${world}/${kind}`;
const headKey = (world: string): string => `head/${world}`;
const chunkPrefix = (world: string): string => `chunk/${world}/`;
const chunkKey = (world: string, n: number): string => `${chunkPrefix(world)}${String(n).padStart(6, '0')}`;

export function createLogKeeper(
  { storage, clock }: { readonly storage: Storage; readonly clock: Clock },
  id: Bytes,
): LogKeeper {
  const world = bytesToHex(id);
  let waiting: Parameters<LogKeeper['grown']>[0] | undefined;
  let writing = Promise.resolve();
  let cancel: (() => void) | undefined;
  let known = 0;

  async function load(): Promise<Batch | undefined> {
    const head = (await storage.get('logs', headKey(world))) as Head | undefined;
    if (!head) return undefined;
    const chunks = await storage.list('logs', chunkPrefix(world));
    const entries = chunks.flatMap(([, chunk]) => chunk as Bytes[]).slice(0, head.size);
    if (entries.length < head.size) return undefined;
    known = head.size;
    return { first: 0, entries, checkpoint: head.checkpoint };
  }

  /** Chunks first: a head never names entries that are not there. Of two tabs the one that knows more has the word. */
  async function write({ entries, checkpoint }: NonNullable<typeof waiting>): Promise<void> {
    const size = entries.length;
    if (!checkpoint || size > KEPT_ENTRIES) return;
    const kept = [...entries];
    const head = (await storage.get('logs', headKey(world))) as Head | undefined;
    if (head && head.size >= size) return;
    const from = Math.floor(Math.min(known, head?.size ?? 0) / CHUNK);
    for (let n = from; n * CHUNK < size; n++)
      await storage.put('logs', chunkKey(world, n), kept.slice(n * CHUNK, (n + 1) * CHUNK));
    await storage.put('logs', headKey(world), { size, checkpoint, at: clock.now() } satisfies Head);
    known = size;
    if (!head) await dropOldest(storage);
  }

  function flush(): Promise<void> {
    cancel?.();
    cancel = undefined;
    const log = waiting;
    waiting = undefined;
    // A full or forbidden storage costs the view of a reload without a relay, and nothing else.
    if (log) writing = writing.then(() => write(log)).catch(() => {});
    return writing;
  }

  return {
    load: () => load().catch(() => undefined),
    charged(proof) {
      const text = formatFaultProof(proof);
      writing = writing.then(() => storage.put('logs', chargeKey(world, proof.kind), text)).catch(() => {});
    },
    async charges() {
      const kept = await storage.list('logs', `charge/${world}/`).catch(() => []);
      return kept.flatMap(([, text]) => {
        const proof = parseFaultProof(String(text));
        return proof.ok ? [proof.value] : [];
      });
    },
    grown(log) {
      waiting = log;
      cancel ??= clock.setTimer(WRITE_MS, () => void flush());
    },
    close: () => flush(),
  };
}

async function dropOldest(storage: Storage): Promise<void> {
  const heads = await storage.list('logs', 'head/');
  const newest = heads.toSorted(([, a], [, b]) => (b as Head).at - (a as Head).at);
  for (const [key] of newest.slice(KEPT_WORLDS)) {
    await storage.delete('logs', key);
    const world = key.slice('head/'.length);
    const rest = [chunkPrefix(world), `charge/${world}/`];
    for (const prefix of rest)
      for (const [name] of await storage.list('logs', prefix)) await storage.delete('logs', name);
  }
}
