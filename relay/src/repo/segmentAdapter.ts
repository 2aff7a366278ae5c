/**
 * automerge-repo's own server adapter behind a guard. automerge-repo knows no right to write: here each message's shape is checked first,
 * a peer id belongs to one socket, and what is not for reading sealed segments never reaches the repo.
 */
import { decodeSyncMessage } from '@automerge/automerge';
import { cbor } from '@automerge/automerge-repo';
import { WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket';
import type { ProblemCode } from '@fairground/protocol';
import type { WebSocket, WebSocketServer } from 'ws';
import { type RepoDocMessage, readRepoMessage } from './messageShape.ts';

export interface SegmentGuard {
  /** Whether this socket may read that document; unknown ones are nobody's. */
  mayRead(socket: WebSocket, documentId: string): Promise<boolean>;
  /** Hex of the session's key; undefined without a session. */
  keyOf(socket: WebSocket): string | undefined;
  close(socket: WebSocket, code: ProblemCode): void;
}

export class SegmentAdapter extends WebSocketServerAdapter {
  readonly #guard: SegmentGuard;
  readonly #peers = new Map<string, WebSocket>();
  readonly #names = new WeakMap<WebSocket, string>();
  readonly #listening = Promise.withResolvers<void>();

  constructor(server: WebSocketServer, guard: SegmentGuard) {
    // The same class of `ws`, seen by a package that is not compiled with exact optional properties.
    super(server as unknown as ConstructorParameters<typeof WebSocketServerAdapter>[0], 30_000);
    this.#guard = guard;
  }

  /** Resolves when the adapter takes connections: the repo starts it a little after it was made. */
  get listening(): Promise<void> {
    return this.#listening.promise;
  }

  override connect(...args: Parameters<WebSocketServerAdapter['connect']>): void {
    super.connect(...args);
    this.#listening.resolve();
  }

  override receiveMessage(
    bytes: Uint8Array,
    from: Parameters<WebSocketServerAdapter['receiveMessage']>[1],
  ): void {
    const socket = from as unknown as WebSocket;
    const message = readRepoMessage(bytes);
    if (!message) return this.#guard.close(socket, 'frame_malformed');
    if (message.type === 'ignored') return;
    if (message.type === 'join') {
      if (this.#claim(message.senderId, socket)) super.receiveMessage(bytes, from);
      return;
    }
    if (this.#names.get(socket) !== message.senderId) return this.#guard.close(socket, 'frame_malformed');
    void this.#passOn(message, socket, () => super.receiveMessage(bytes, from));
  }

  /** A peer id that another connected client holds is not to be had; the same key may come back for its own. */
  #claim(name: string, socket: WebSocket): boolean {
    const holder = this.#peers.get(name);
    const isTaken = holder !== undefined && holder !== socket && holder.readyState === holder.OPEN;
    const key = this.#guard.keyOf(socket);
    const isOwn = isTaken && key !== undefined && this.#guard.keyOf(holder) === key;
    const isRenamed = this.#names.has(socket) && this.#names.get(socket) !== name;
    if (name === this.peerId || isRenamed || (isTaken && !isOwn)) {
      this.#guard.close(socket, 'client_taken');
      return false;
    }
    this.#peers.set(name, socket);
    this.#names.set(socket, name);
    socket.once('close', () => {
      if (this.#peers.get(name) === socket) this.#peers.delete(name);
    });
    return true;
  }

  async #passOn(message: RepoDocMessage, socket: WebSocket, pass: () => void): Promise<void> {
    const { documentId, senderId, type, data } = message;
    if (type === 'doc-unavailable' || !this.peerId) return;
    if (!(await this.#guard.mayRead(socket, documentId))) {
      const unavailable = { type: 'doc-unavailable', senderId: this.peerId, targetId: senderId, documentId };
      if (socket.readyState === socket.OPEN) socket.send(cbor.encode(unavailable));
      return;
    }
    // Only the authority writes segments, and it does not come this way. Dropped, not closed: stock clients would loop.
    if (data && carriesChanges(data)) return;
    pass();
  }
}

function carriesChanges(data: Uint8Array): boolean {
  try {
    return decodeSyncMessage(data).changes.length > 0;
  } catch {
    return true; // no sync message: nothing the repo should see
  }
}
