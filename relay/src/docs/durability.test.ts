import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createMemoryStore } from '../store/memoryStore.ts';
import type { DocWrite, RelayStore } from '../store/ports.ts';
import { bareSocket, joinedDoc } from '../testing/docClient.ts';
import { attachAuthority, person, publishRoom, startRelay, tokenOf, until } from '../testing/party.ts';
import { readFrame } from './frames.ts';

describe('persist, then show', () => {
  /** A store whose appends wait until they are let go, or fail. */
  function gatedStore() {
    const memory = createMemoryStore();
    const gate = {
      held: [] as (() => void)[],
      isShut: false,
      isBroken: false,
      failures: 0,
      batches: [] as (readonly DocWrite[])[],
    };
    const append: RelayStore['docs']['append'] = async (batch) => {
      if (gate.isShut) await new Promise<void>((resolve) => gate.held.push(resolve));
      if (gate.isBroken) {
        gate.failures++;
        throw new Error('disk full');
      }
      gate.batches.push(batch);
      await memory.docs.append(batch);
    };
    return { gate, store: { ...memory, docs: { ...memory.docs, append } } };
  }

  it('[Y36] nobody sees an update, live or by sync, before it is durable', async () => {
    const { gate, store } = gatedStore();
    const relay = await startRelay({ store });
    const { room } = await publishRoom(relay, attachAuthority(relay));
    const writer = await joinedDoc(relay, `room:${room}`, { token: await tokenOf(relay, person()) });
    const reader = await joinedDoc(relay, `room:${room}`);
    gate.isShut = true;
    writer.doc.getArray('chat').push(['hello']);
    await until(() => gate.held.length === 1);
    const late = await bareSocket(`${relay.ws}/docs/room:${room}`);
    late.socket.send(new Uint8Array([0, 0, 1, 0])); // step 1 of an empty document
    await until(() => late.got.length > 0);
    const seen = () => late.got.map((bytes) => readFrame(bytes)).filter((frame) => frame?.kind === 'update');
    expect(seen()).toEqual([]);
    expect(reader.doc.getArray('chat').length).toBe(0);
    gate.isShut = false;
    for (const release of gate.held) release();
    await until(() => reader.doc.getArray('chat').length === 1 && seen().length > 0);
    for (const client of [writer, reader]) client.close();
    late.socket.close();
    await relay.close();
  });

  it('[Y36a] who comes while others never stop writing is in step one commit later', async () => {
    const { gate, store } = gatedStore();
    const relay = await startRelay({ store });
    const { room } = await publishRoom(relay, attachAuthority(relay));
    const writer = await joinedDoc(relay, `room:${room}`, { token: await tokenOf(relay, person()) });
    let count = 0;
    const write = () => writer.doc.getArray('chat').push([String(count++)]);
    write();
    await until(() => gate.batches.length === 1);
    gate.isShut = true;
    write();
    await until(() => gate.held.length === 1);
    write();
    const late = await bareSocket(`${relay.ws}/docs/room:${room}`);
    late.socket.send(new Uint8Array([0, 0, 1, 0])); // step 1 of an empty document
    const heard = () => {
      const doc = new Y.Doc();
      for (const bytes of late.got) {
        const frame = readFrame(bytes);
        if (frame?.kind === 'update') Y.applyUpdate(doc, frame.update);
      }
      return doc.getArray('chat').length;
    };
    await until(() => late.got.length > 0);
    // Each commit that ends finds the next group waiting: the document is never wholly stored.
    for (let commit = 0; commit < 3; commit++) {
      write();
      gate.held.shift()?.();
      await until(() => gate.held.length === 1);
    }
    await until(() => heard() > 0);
    expect(gate.held).toHaveLength(1);
    gate.isShut = false;
    for (const release of gate.held) release();
    writer.close();
    late.socket.close();
    await relay.close();
  });

  it('[Y37] what cannot be stored is shown to nobody; the clients come back and bring it again', async () => {
    const { gate, store } = gatedStore();
    const relay = await startRelay({ store });
    const { room } = await publishRoom(relay, attachAuthority(relay));
    const writer = await joinedDoc(relay, `room:${room}`, { token: await tokenOf(relay, person()) });
    const reader = await joinedDoc(relay, `room:${room}`);
    gate.isBroken = true;
    writer.doc.getArray('chat').push(['hello']);
    await until(() => writer.closes.length > 0);
    expect(writer.closes[0]).toEqual({ code: 4503, reason: 'storage_failed' });
    expect(reader.doc.getArray('chat').length).toBe(0);
    gate.isBroken = false;
    await until(() => reader.doc.getArray('chat').length === 1);
    for (const client of [writer, reader]) client.close();
    await relay.close();
  });

  it('[Y37] what the authority publishes is tried again until it is stored', async () => {
    const { gate, store } = gatedStore();
    const relay = await startRelay({ store });
    const authority = attachAuthority(relay);
    const { world } = await publishRoom(relay, authority);
    const reader = await joinedDoc(relay, `tail:${world}`);
    const source = new Y.Doc();
    source.getArray('batches').push([new Uint8Array([1])]);
    gate.isBroken = true;
    authority.send({ t: 'doc', name: `tail:${world}`, update: Y.encodeStateAsUpdate(source) });
    await until(() => gate.failures > 0);
    expect(reader.doc.getArray('batches').length).toBe(0);
    gate.isBroken = false;
    await until(() => reader.doc.getArray('batches').length === 1);
    expect(reader.closes).toEqual([]);
    reader.close();
    await relay.close();
  });

  it('[Y38] what comes in while a commit runs is one write a document, and one transaction for all', async () => {
    const { gate, store } = gatedStore();
    const relay = await startRelay({ store });
    const authority = attachAuthority(relay);
    const [first, second] = [await publishRoom(relay, authority), await publishRoom(relay, authority)];
    const clients = await Promise.all(
      [first, first, second].map(async ({ room }) =>
        joinedDoc(relay, `room:${room}`, { token: await tokenOf(relay, person()) }),
      ),
    );
    gate.isShut = true;
    clients[0]?.doc.getArray('chat').push(['opens the gate']);
    await until(() => gate.held.length === 1);
    gate.isShut = false;
    for (const [n, { doc }] of clients.entries())
      for (let i = 0; i < 10; i++) doc.getArray('chat').push([`${n}/${i}`]);
    for (const client of clients) client.provider.awareness.setLocalState({ done: true });
    await until(() => clients.slice(0, 2).every(({ provider }) => provider.awareness.getStates().size === 2));
    for (const release of gate.held) release();
    await until(() => clients[1]?.doc.getArray('chat').length === 21);
    expect(gate.batches.length).toBeLessThanOrEqual(3);
    expect(
      gate.batches
        .at(-1)
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual([`room:${first.room}`, `room:${second.room}`].sort());
    for (const client of clients) client.close();
    await relay.close();
  });
});

describe('compaction', () => {
  it('[Y39] bounds what is stored, whatever is written, and keeps all that counts', async () => {
    const store = createMemoryStore();
    const relay = await startRelay({ store });
    const authority = attachAuthority(relay);
    const { world } = await publishRoom(relay, authority);
    const name = `tail:${world}`;
    const source = new Y.Doc();
    const batches = source.getArray<Uint8Array>('batches');
    let vector = Y.encodeStateVector(source);
    let longest = 0;
    for (let n = 0; n < 600; n++) {
      source.transact(() => {
        batches.push([new Uint8Array(2000).fill(n)]);
        if (batches.length > 5) batches.delete(0);
      });
      authority.send({ t: 'doc', name, update: Y.encodeStateAsUpdate(source, vector) });
      vector = Y.encodeStateVector(source);
      if (n % 10 === 9) await until(async () => storedBatches(await store.docs.load(name)) === n + 1);
      longest = Math.max(longest, (await store.docs.load(name))?.updates.length ?? 0);
    }
    expect(longest).toBeLessThanOrEqual(202);
    const reader = await joinedDoc(relay, name);
    expect(reader.doc.getArray('batches').toArray()).toEqual(batches.toArray());
    const bytes = ((await store.docs.load(name))?.updates ?? []).reduce((sum, { length }) => sum + length, 0);
    // Without compaction it would be all 1.2 MB that were ever pushed.
    expect(bytes).toBeLessThan(300 * 1024);
    reader.close();
    await relay.close();
  });

  /** How many batches a stored document has ever held. */
  function storedBatches(stored: { readonly updates: readonly Uint8Array[] } | undefined): number {
    const doc = new Y.Doc();
    for (const update of stored?.updates ?? []) Y.applyUpdate(doc, update);
    return [...Y.decodeStateVector(Y.encodeStateVector(doc)).values()].reduce((sum, clock) => sum + clock, 0);
  }
});
