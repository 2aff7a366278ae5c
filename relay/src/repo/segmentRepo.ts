/** Sealed segments for stock automerge-repo clients: documents that are read from the store when asked for and never written by clients. */
import { type DocumentId, type PeerId, Repo, type StorageAdapterInterface } from '@automerge/automerge-repo';
import { type WebSocket, WebSocketServer } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { ProblemCode } from '@fairground/protocol';
import { type Clock, every } from '../ports.ts';
import type { SegmentStore } from '../store/ports.ts';
import { SegmentAdapter } from './segmentAdapter.ts';

export interface SegmentRepoDeps {
  readonly clock: Clock;
  readonly segments: SegmentStore;
  mayRead(socket: WebSocket, documentId: string): Promise<boolean>;
  keyOf(socket: WebSocket): string | undefined;
  close(socket: WebSocket, code: ProblemCode): void;
}

export interface SegmentRepo {
  connect(socket: WebSocket, request: IncomingMessage): void;
  close(): void;
}

const sweepMs = 30_000;

/** Resolves when it takes connections. */
export async function openSegmentRepo(deps: SegmentRepoDeps): Promise<SegmentRepo> {
  const server = new WebSocketServer({ noServer: true });
  const asked = new Map<string, number>();
  const adapter = new SegmentAdapter(server, {
    ...deps,
    async mayRead(socket, documentId) {
      const may = await deps.mayRead(socket, documentId);
      if (may) asked.set(documentId, deps.clock.now());
      return may;
    },
  });
  const repo = new Repo({
    peerId: 'relay' as PeerId,
    isEphemeral: true,
    network: [adapter],
    storage: segmentStorage(deps.segments),
    // Nothing is announced; what is asked for has been let through by the adapter.
    shareConfig: { announce: () => Promise.resolve(false), access: () => Promise.resolve(true) },
  });
  await adapter.listening;
  const stop = every(deps.clock, sweepMs, () => {
    for (const [documentId, at] of asked) {
      if (deps.clock.now() - at < sweepMs) continue;
      asked.delete(documentId);
      void repo.removeFromCache(documentId as DocumentId).catch(() => undefined);
    }
  });
  return {
    connect(socket, request) {
      server.clients.add(socket);
      socket.once('close', () => server.clients.delete(socket));
      server.emit('connection', socket, request);
    },
    close() {
      stop();
      server.emit('close');
      server.close();
    },
  };
}

/** What the repo may see of the store: whole segments to read, and nothing to write. */
function segmentStorage(segments: SegmentStore): StorageAdapterInterface {
  return {
    load: () => Promise.resolve(undefined),
    async loadRange([documentId, kind]) {
      if (documentId === undefined || (kind !== undefined && kind !== 'snapshot')) return [];
      const segment = await segments.get(documentId);
      return segment ? [{ key: [documentId, 'snapshot', 'sealed'], data: segment.bytes }] : [];
    },
    save: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    removeRange: () => Promise.resolve(),
  };
}
