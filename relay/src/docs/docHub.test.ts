import { formatRoomId } from '@fairground/protocol';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { silentLog } from '../ports.ts';
import { createMemoryStore } from '../store/memoryStore.ts';
import { handClock, until } from '../testing/party.ts';
import { createCommitter } from './committer.ts';
import type { DocConnection } from './connection.ts';
import { DocHub } from './docHub.ts';
import { readFrame, updateFrame } from './frames.ts';

const name = { kind: 'room', room: formatRoomId(new Uint8Array(16)) } as const;

function hub() {
  const clock = handClock();
  const store = createMemoryStore();
  const committer = createCommitter({ store: store.docs, clock, log: silentLog });
  return { clock, store, docs: new DocHub({ store: store.docs, clock, log: silentLog, committer }) };
}

function connection(): DocConnection & { readonly got: Uint8Array[]; readonly closes: string[] } {
  const got: Uint8Array[] = [];
  const closes: string[] = [];
  const key = new Uint8Array(32).fill(1);
  const who = { did: 'did:key:z', key, hex: '01'.repeat(32), sid: 's' };
  return { who, got, closes, send: (frame) => got.push(frame), close: (code) => closes.push(code) };
}

it('[Y45] a document is unloaded 30 s after its last reader has gone, and is the same afterwards', async () => {
  const { clock, docs } = hub();
  const ann = connection();
  const room = await docs.join(name, ann);
  const source = new Y.Doc();
  source.getArray('chat').push(['kept']);
  room.receive(ann, updateFrame(Y.encodeStateAsUpdate(source)));
  docs.leave(name, room, ann);
  clock.advance(29_999);
  expect(docs.loaded).toBe(1);
  clock.advance(1);
  await until(() => docs.loaded === 0);
  const ben = connection();
  const again = await docs.join(name, ben);
  again.receive(ben, new Uint8Array([0, 0, 1, 0])); // step 1 of an empty document
  const answers = ben.got
    .map((bytes) => readFrame(bytes))
    .flatMap((frame) => (frame?.kind === 'update' ? [frame.update] : []));
  const copy = new Y.Doc();
  for (const update of answers) Y.applyUpdate(copy, update);
  expect(copy.getArray('chat').toArray()).toEqual(['kept']);
});

it('[Y45] a document with a reader stays', async () => {
  const { clock, docs } = hub();
  const [ann, ben] = [connection(), connection()];
  const room = await docs.join(name, ann);
  docs.leave(name, room, ann);
  clock.advance(20_000);
  await docs.join(name, ben);
  clock.advance(60_000);
  expect(docs.loaded).toBe(1);
  expect(ben.closes).toEqual([]);
});
