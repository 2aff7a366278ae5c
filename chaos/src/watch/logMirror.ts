/** What lies durably in the authority's log, entry by entry, with the root at every size. */
import { type Commit, type WorldPlan } from '@fairground/authority';
import {
  type Bytes,
  appendLeaf,
  bytesToHex,
  emptyFrontier,
  frontierRoot,
  leafHash,
} from '@fairground/ledger';
import { Broken } from './broken.ts';

export interface DurableWorld {
  readonly entries: Bytes[];
  /** By size, in hex; the first one is of the empty tree. */
  readonly roots: string[];
}

export interface LogMirror {
  wrote(method: string, args: readonly unknown[]): void;
  world(id: string): DurableWorld | undefined;
  /** Another log lies there now, and is about to be told from its beginning. */
  reset(): void;
}

export function createLogMirror(): LogMirror {
  const worlds = new Map<string, DurableWorld>();
  const frontiers = new Map<string, ReturnType<typeof emptyFrontier>>();
  /** Outlives what is put back: a world has one secret for ever. */
  const secrets = new Map<string, string>();

  function prepared({ world, secret }: WorldPlan): void {
    const id = bytesToHex(world);
    const known = secrets.get(id);
    if (known !== undefined && known !== bytesToHex(secret))
      throw new Broken('S7', `the secret of world ${id.slice(0, 8)} was made anew`);
    secrets.set(id, bytesToHex(secret));
    worlds.set(id, { entries: [], roots: [bytesToHex(frontierRoot(emptyFrontier()))] });
    frontiers.set(id, emptyFrontier());
  }

  function appended({ worlds: added }: Commit): void {
    for (const { world, entries } of added) {
      const id = bytesToHex(world);
      const durable = worlds.get(id);
      let frontier = frontiers.get(id);
      if (!durable || !frontier) throw new Broken('S7', `world ${id.slice(0, 8)} has entries and no secret`);
      for (const entry of entries) {
        frontier = appendLeaf(frontier, leafHash(entry));
        durable.entries.push(entry);
        durable.roots.push(bytesToHex(frontierRoot(frontier)));
      }
      frontiers.set(id, frontier);
    }
  }

  return {
    wrote(method, [what]) {
      if (method === 'prepare') prepared(what as WorldPlan);
      if (method === 'append') appended(what as Commit);
    },
    world: (id) => worlds.get(id),
    reset() {
      worlds.clear();
      frontiers.clear();
    },
  };
}
