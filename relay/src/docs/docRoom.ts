/**
 * One document in memory with everybody who reads it. Persist, then show: an update is checked, applied and collected; readers get it, and
 * syncs are answered, once its group is durable. After a failed commit the memory is worth nothing and everybody is sent away.
 */
import type { Bytes } from '@fairground/ledger';
import { type ProblemCode, limits } from '@fairground/protocol';
import * as Y from 'yjs';
import type { Clock } from '../ports.ts';
import type { DocStore, DocWrite, StoredDoc } from '../store/ports.ts';
import { createClientIds } from './clientIds.ts';
import type { Committer } from './committer.ts';
import type { DocConnection, Who } from './connection.ts';
import {
  type PresenceEntry,
  awarenessFrame,
  readFrame,
  step1Frame,
  step2Frame,
  updateFrame,
} from './frames.ts';
import { createPresence } from './presence.ts';
import { checkUpdate } from './updateCheck.ts';

export interface DocRoomDeps {
  readonly store: DocStore;
  readonly clock: Clock;
  readonly committer: Committer;
  /** Called when the room has become useless (a failed commit, a reset) and must not be handed out again. */
  forget(): void;
}

export interface DocRoomOptions {
  readonly name: string;
  /** `session`: everybody with a session; `authority`: only `publish`. */
  readonly writer: 'session' | 'authority';
  readonly stored: StoredDoc | undefined;
}

export interface DocRoom {
  readonly connections: number;
  /** True when it must not be used any more: load it again. */
  readonly ended: boolean;
  join(connection: DocConnection): void;
  leave(connection: DocConnection): void;
  receive(connection: DocConnection, frame: Bytes): void;
  /** An update of the authority's own; throws if it is none. */
  publish(update: Bytes): void;
  /** Sends everybody away and forgets the memory. */
  end(code: ProblemCode): void;
}

// A log this long, or this many times the size of what it says, is written anew as one update.
const compactAfterUpdates = 200;
const compactAfterBytes = 256 * 1024;

export function createDocRoom(deps: DocRoomDeps, { name, writer, stored }: DocRoomOptions): DocRoom {
  const doc = new Y.Doc();
  const ids = createClientIds(stored?.clients ?? []);
  const connections = new Set<DocConnection>();
  let group: Bytes[] = [];
  let writers = new Set<number>();
  let inFlight = false;
  let afterCommit: (() => void)[] = [];
  let log = { updates: 0, bytes: 0 };
  let stateBytes = 0;
  let ended = false;

  for (const update of stored?.updates ?? []) {
    Y.applyUpdate(doc, update);
    log = { updates: log.updates + 1, bytes: log.bytes + update.length };
  }
  doc.on('update', (update: Bytes) => {
    group.push(update);
    deps.committer.add(pending);
  });

  const broadcast = (frame: Bytes) => {
    for (const connection of connections) connection.send(frame);
  };
  const presence = createPresence(deps.clock, (entries) => broadcast(awarenessFrame(entries)));

  const pending = {
    take(): DocWrite | undefined {
      const [first] = group;
      if (!first || ended) return undefined;
      const update = group.length === 1 ? first : Y.mergeUpdates(group);
      group = [];
      const clients = ids.toStore([...writers]);
      writers = new Set();
      inFlight = true;
      return { name, update, clients };
    },
    committed({ update }: DocWrite): void {
      inFlight = false;
      log = { updates: log.updates + 1, bytes: log.bytes + update.length };
      if (ended) return;
      broadcast(updateFrame(update));
      if (group.length > 0) return;
      for (const answer of afterCommit.splice(0)) answer();
      compactIfLong();
    },
    failed(): void {
      end('storage_failed');
    },
  };

  function end(code: ProblemCode): void {
    if (ended) return;
    ended = true;
    deps.forget();
    presence.stop();
    afterCommit = [];
    for (const connection of connections) connection.close(code);
    connections.clear();
    doc.destroy();
  }

  function compactIfLong(): void {
    const isLong =
      log.updates > compactAfterUpdates || log.bytes > Math.max(compactAfterBytes, 2 * stateBytes);
    if (!isLong || log.updates < 2) return;
    const state = Y.encodeStateAsUpdate(doc);
    stateBytes = state.length;
    void deps.store.compact(name, log.updates, state).catch(() => end('storage_failed'));
    log = { updates: 1, bytes: state.length };
  }

  /** Runs `answer` when all that the document holds is durable. */
  function whenDurable(answer: () => void): void {
    if (!inFlight && group.length === 0) answer();
    else afterCommit.push(answer);
  }

  function receiveUpdate(connection: DocConnection, update: Bytes): ProblemCode | undefined {
    const { who } = connection;
    const mayWrite = writer === 'session' && who !== undefined;
    const key = mayWrite ? who.hex : '';
    const checked = checkUpdate(doc, update, { key, owner: ids.owner });
    if (!mayWrite) {
      // A reader's step 2 that holds nothing new is how stock clients say that they are in step.
      if (checked.ok && !checked.value.adds) return undefined;
      return writer === 'authority' ? 'not_writer' : 'session_needed';
    }
    if (!checked.ok) return checked.code;
    if (!checked.value.adds) return undefined;
    if (log.bytes + update.length > limits.documentBytes.max && isFull(update)) return 'document_full';
    const bound = ids.bind(who, checked.value.fresh);
    if (!bound.ok) return bound.code;
    for (const client of Y.decodeUpdate(update).structs) writers.add(client.id.client);
    Y.applyUpdate(doc, update);
    return undefined;
  }

  function isFull(update: Bytes): boolean {
    stateBytes = Y.encodeStateAsUpdate(doc).length;
    return stateBytes + update.length > limits.documentBytes.max;
  }

  function receivePresence(
    connection: DocConnection,
    who: Who,
    entries: readonly PresenceEntry[],
  ): ProblemCode | undefined {
    const heard = presence.hear(speakerOf(connection, who), entries, (client) => ids.bind(who, [client]).ok);
    return heard.ok ? undefined : heard.code;
  }

  const speakers = new WeakMap<DocConnection, { did: string; client?: number }>();
  function speakerOf(connection: DocConnection, who: Who) {
    const speaker = speakers.get(connection) ?? { did: who.did };
    speakers.set(connection, speaker);
    return speaker;
  }

  function handle(connection: DocConnection, bytes: Bytes): ProblemCode | undefined {
    const frame = readFrame(bytes);
    if (!frame) return 'frame_malformed';
    switch (frame.kind) {
      case 'step1':
        return answerStep1(connection, frame.stateVector);
      case 'update':
        return receiveUpdate(connection, frame.update);
      case 'awareness':
        // Stock clients show themselves unasked, readers and spectators too.
        return connection.who && writer === 'session'
          ? receivePresence(connection, connection.who, frame.entries)
          : undefined;
      case 'queryAwareness':
        connection.send(awarenessFrame(presence.all()));
        return undefined;
      case 'ignored':
        return undefined;
    }
  }

  function answerStep1(connection: DocConnection, stateVector: Bytes): ProblemCode | undefined {
    try {
      Y.decodeStateVector(stateVector);
    } catch {
      return 'frame_malformed';
    }
    whenDurable(() => connection.send(step2Frame(Y.encodeStateAsUpdate(doc, stateVector))));
    return undefined;
  }

  return {
    get connections() {
      return connections.size;
    },
    get ended() {
      return ended;
    },
    join(connection) {
      connections.add(connection);
      if (writer === 'session') connection.send(step1Frame(Y.encodeStateVector(doc)));
      const present = presence.all();
      if (present.length > 0) connection.send(awarenessFrame(present));
    },
    leave(connection) {
      connections.delete(connection);
      const speaker = speakers.get(connection);
      if (speaker && !ended) presence.leave(speaker);
    },
    receive(connection, frame) {
      if (ended) return;
      const refusal = handle(connection, frame);
      if (refusal) connection.close(refusal);
    },
    publish(update) {
      Y.applyUpdate(doc, update);
    },
    end,
  };
}
