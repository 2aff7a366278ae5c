/**
 * One document with everybody who reads it. Persist, then show: an update is checked and applied; readers get it, and syncs are answered,
 * once its group is durable. After a failed commit everybody is sent away, to come back to what the store has.
 */
import type { Bytes } from '@fairground/ledger';
import type { ProblemCode } from '@fairground/protocol';
import * as Y from 'yjs';
import type { Clock, Log } from '../ports.ts';
import type { DocStore, StoredDoc } from '../store/ports.ts';
import { type ClientIds, createClientIds } from './clientIds.ts';
import type { Committer } from './committer.ts';
import type { DocConnection } from './connection.ts';
import { type Author, DocLog } from './docLog.ts';
import {
  type DocFrame,
  type PresenceEntry,
  awarenessFrame,
  readFrame,
  step1Frame,
  step2Frame,
  updateFrame,
} from './frames.ts';
import { type Presence, type Speaker, createPresence } from './presence.ts';
import { type Showing, createShowing } from './showing.ts';
import { checkUpdate } from './updateCheck.ts';

export interface DocRoomDeps {
  readonly store: DocStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly committer: Committer;
  /** Called when the room must not be handed out again. */
  forget(): void;
}

export interface DocRoomOptions {
  readonly name: string;
  /** `session`: everybody with a session; `authority`: only `publish`. */
  readonly writer: 'session' | 'authority';
  readonly stored: StoredDoc | undefined;
}

// People's clients bring again what they had; the authority has been told nothing and would not.
const retryMs = 1000;

export class DocRoom {
  readonly #deps: DocRoomDeps;
  readonly #writer: DocRoomOptions['writer'];
  readonly #ids: ClientIds;
  readonly #log: DocLog;
  readonly #presence: Presence;
  readonly #showing: Showing;
  readonly #connections = new Set<DocConnection>();
  readonly #speakers = new WeakMap<DocConnection, Speaker>();
  #isEnded = false;

  constructor(deps: DocRoomDeps, { name, writer, stored }: DocRoomOptions) {
    this.#deps = deps;
    this.#writer = writer;
    this.#ids = createClientIds(stored?.clients ?? []);
    const events = {
      durable: (update: Bytes, author?: Author) => this.#show(update, author),
      lost: () => this.end('storage_failed'),
      ...(writer === 'authority'
        ? { retry: (again: () => void) => void deps.clock.setTimer(retryMs, again) }
        : {}),
    };
    const { store, committer, clock } = deps;
    this.#log = new DocLog({ store, committer, ids: this.#ids, ...events }, name, stored);
    this.#showing = createShowing({
      clock,
      readers: () => this.#connections.size,
      send: (update, author) => this.#broadcast(updateFrame(update), author),
    });
    this.#presence = createPresence(clock, (entries) => this.#broadcast(awarenessFrame(entries)));
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** True when it must not be used any more: load it again. */
  get ended(): boolean {
    return this.#isEnded;
  }

  join(connection: DocConnection): void {
    this.#connections.add(connection);
    // Only who may write is asked what it has.
    if (this.#writer === 'session') connection.send(step1Frame(Y.encodeStateVector(this.#log.doc)));
    const present = this.#presence.all();
    if (present.length > 0) connection.send(awarenessFrame(present));
  }

  leave(connection: DocConnection): void {
    this.#connections.delete(connection);
    const speaker = this.#speakers.get(connection);
    if (speaker && !this.#isEnded) this.#presence.leave(speaker);
  }

  receive(connection: DocConnection, bytes: Bytes): void {
    if (this.#isEnded) return;
    const frame = readFrame(bytes);
    const refusal = frame ? this.#take(connection, frame) : 'frame_malformed';
    if (refusal) connection.close(refusal);
  }

  /** An update of the authority's own; throws if it is none. */
  publish(update: Bytes): void {
    this.#log.apply(update);
  }

  /** Sends everybody away and forgets the memory. */
  end(code: ProblemCode): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#deps.forget();
    this.#presence.stop();
    this.#showing.stop();
    for (const connection of this.#connections) connection.close(code);
    this.#connections.clear();
    this.#log.end();
  }

  /** What the authority says is about the clock that all play by: nobody is told later than at once. */
  #show(update: Bytes, author: Author | undefined): void {
    if (this.#writer === 'session') this.#showing.show(update, author);
    else this.#broadcast(updateFrame(update));
  }

  /** `author` has it already. */
  #broadcast(frame: Bytes, author?: Author): void {
    for (const connection of this.#connections) if (connection !== author) connection.send(frame);
  }

  #take(connection: DocConnection, frame: DocFrame): ProblemCode | undefined {
    switch (frame.kind) {
      case 'step1':
        return this.#answerStep1(connection, frame.stateVector);
      case 'update':
        return this.#takeUpdate(connection, frame.update);
      case 'awareness':
        return this.#takePresence(connection, frame.entries);
      case 'queryAwareness':
        connection.send(awarenessFrame(this.#presence.all()));
        return undefined;
      case 'ignored':
        return undefined;
    }
  }

  #answerStep1(connection: DocConnection, stateVector: Bytes): ProblemCode | undefined {
    try {
      Y.decodeStateVector(stateVector);
    } catch {
      return 'frame_malformed';
    }
    this.#log.whenDurable(
      () => Y.encodeStateAsUpdate(this.#log.doc, stateVector),
      (missing) => connection.send(step2Frame(missing)),
    );
    return undefined;
  }

  #takeUpdate(connection: DocConnection, update: Bytes): ProblemCode | undefined {
    const { who } = connection;
    const mayWrite = this.#writer === 'session' && who !== undefined;
    const checked = checkUpdate(this.#log.doc, update, {
      key: mayWrite ? who.hex : '',
      owner: this.#ids.owner,
    });
    // A reader's step 2 that holds nothing new is how stock clients say that they are in step.
    if (checked.ok && !checked.value.adds) return undefined;
    if (!mayWrite) return this.#writer === 'authority' ? 'not_writer' : 'session_needed';
    if (!checked.ok) return checked.code;
    if (!this.#log.hasRoomFor(update)) return 'document_full';
    const bound = this.#ids.bind(who, checked.value.clients);
    if (!bound.ok) return bound.code;
    return this.#apply(connection, update, checked.value.clients);
  }

  /** What passed the check and still cannot be applied may have left half of itself behind: the memory is thrown away. */
  #apply(author: Author, update: Bytes, clients: readonly number[]): ProblemCode | undefined {
    try {
      this.#log.apply(update, clients, author);
      return undefined;
    } catch (fault) {
      this.#deps.log.error({ fault: String(fault) }, 'an update that was checked could not be applied');
      this.end('internal');
      return 'update_malformed';
    }
  }

  #takePresence(connection: DocConnection, entries: readonly PresenceEntry[]): ProblemCode | undefined {
    const { who } = connection;
    // Stock clients show themselves unasked, readers and spectators too.
    if (!who || this.#writer !== 'session') return undefined;
    const speaker = this.#speakers.get(connection) ?? { did: who.did };
    this.#speakers.set(connection, speaker);
    const heard = this.#presence.hear(speaker, entries, (client) => this.#ids.bind(who, [client]).ok);
    return heard.ok ? undefined : heard.code;
  }
}
