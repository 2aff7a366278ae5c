/** What somebody has seen of a room is on the relay's disk. */
import type { Room } from '@fairground/peer';
import type { DocWrite } from '@fairground/relay';
import * as Y from 'yjs';
import { Broken } from './broken.ts';

export interface DocWatch {
  relayWrote(method: string, args: readonly unknown[]): void;
  /** An older disk was put back: what was on the newer one is nobody's fault. */
  reset(): void;
  opensRoom(who: string, id: string, room: Room, report: (broken: Broken) => void): void;
  /** The document as it lies on the disk. */
  stored(id: string): Y.Doc | undefined;
}

export function createDocWatch(): DocWatch {
  const docs = new Map<string, Y.Doc>();
  let isBlind = false;

  function docOf(name: string): Y.Doc {
    const known = docs.get(name) ?? new Y.Doc();
    docs.set(name, known);
    return known;
  }

  return {
    relayWrote(method, args) {
      if (method === 'docs.append')
        for (const { name, update } of args[0] as readonly DocWrite[]) Y.applyUpdate(docOf(name), update);
      if (method !== 'docs.reset') return;
      const [name, update] = args as [string, Uint8Array];
      docs.delete(name);
      Y.applyUpdate(docOf(name), update);
    },
    reset() {
      docs.clear();
      isBlind = true;
    },
    stored: (id) => docs.get(id),
    opensRoom(who, id, room, report) {
      room.doc.on('update', (_update: Uint8Array, origin: unknown) => {
        // What is typed here has no provider as its origin.
        if (isBlind || origin === null || origin === undefined) return;
        const early = aheadOf(room.doc, docOf(id));
        if (early !== undefined)
          report(new Broken('S8', `${who} sees what the relay has not stored (writer ${early})`));
      });
    },
  };
}

/** A foreign writer of whom `seen` has more than is stored. */
function aheadOf(seen: Y.Doc, stored: Y.Doc): number | undefined {
  const known = Y.decodeStateVector(Y.encodeStateVector(stored));
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(seen)))
    if (client !== seen.clientID && clock > (known.get(client) ?? 0)) return client;
  return undefined;
}
