/** What came in while the disk was busy becomes one transaction: one sync for all of it. */
import type { DatabaseSync } from 'node:sqlite';
import { createStoreOps, READS, type StoreOps } from './sqliteOps.ts';

export interface StoreRequest {
  readonly id: number;
  readonly op: keyof StoreOps;
  readonly args: readonly unknown[];
}

/** Of one transaction: all done, or none with the reason. */
export interface StoreReply {
  readonly done: readonly { readonly id: number; readonly value: unknown }[];
  readonly failed?: string;
}

/** On a disk that is full the changes fail, and what was only read is read without them. */
export function createAnswering(
  database: DatabaseSync,
): (requests: readonly StoreRequest[]) => readonly StoreReply[] {
  const ops = createStoreOps(database) as unknown as Record<string, (...args: readonly unknown[]) => unknown>;

  function transact(begin: 'begin' | 'begin immediate', requests: readonly StoreRequest[]): StoreReply {
    try {
      database.exec(begin);
      const done = requests.map(({ id, op, args }) => ({ id, value: ops[op]?.(...args) }));
      database.exec('commit');
      return { done };
    } catch (fault) {
      if (database.isTransaction) database.exec('rollback');
      return refused(requests, String(fault));
    }
  }

  return (requests) => {
    const reads = requests.filter(({ op }) => READS.has(op));
    const changes = requests.filter(({ op }) => !READS.has(op));
    if (changes.length === 0) return [transact('begin', reads)];
    const reply = transact('begin immediate', requests);
    if (reply.failed === undefined) return [reply];
    const alone = reads.length === 0 ? [] : [transact('begin', reads)];
    return [refused(changes, reply.failed), ...alone];
  };
}

function refused(requests: readonly StoreRequest[], failed: string): StoreReply {
  return { done: requests.map(({ id }) => ({ id, value: undefined })), failed };
}
