import * as Automerge from '@automerge/automerge';
import {
  type DocumentId,
  Repo,
  cbor,
  generateAutomergeUrl,
  parseAutomergeUrl,
} from '@automerge/automerge-repo';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';
import { worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../store/memoryStore.ts';
import { type BareSocket, bareSocket } from '../testing/docClient.ts';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  handClock,
  publishRoom,
  startRelay,
  until,
} from '../testing/party.ts';

interface Segment {
  readonly blocks: readonly Uint8Array[];
}

let relay: TestRelay;
let authority: HandAuthority;
const repos: Repo[] = [];

beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
});
afterEach(async () => {
  for (const repo of repos.splice(0)) repo.networkSubsystem.disconnect();
  await relay.close();
});

type GetSegment = TestRelay['store']['segments']['get'];

/** With a store that finds segments so; gives how it finds them by itself. */
async function restart(get: GetSegment, clock?: ReturnType<typeof handClock>): Promise<GetSegment> {
  await relay.close();
  const store = createMemoryStore();
  const found = store.segments.get;
  relay = await startRelay({
    store: { ...store, segments: { ...store.segments, get } },
    ...(clock && { clock }),
  });
  authority = attachAuthority(relay);
  return found;
}

async function publishSegment({ world }: TestRoom): Promise<DocumentId> {
  const { documentId } = parseAutomergeUrl(generateAutomergeUrl());
  const bytes = Automerge.save(Automerge.from({ blocks: [new Uint8Array([1, 2, 3])] }));
  authority.send({ t: 'segment', world: worldBytes(world), n: 0, docId: documentId, bytes });
  await until(async () => (await relay.store.segments.get(documentId)) !== undefined);
  return documentId;
}

/** As stock as it comes. */
function stockRepo(parameters = ''): Repo {
  const repo = new Repo({ network: [new WebSocketClientAdapter(`${relay.ws}/repo${parameters}`)] });
  repos.push(repo);
  return repo;
}

const blocksIn = async (repo: Repo, id: DocumentId) => (await repo.find<Segment>(id)).doc().blocks;

describe('a stock automerge-repo client', () => {
  it('[Y70] finds a sealed segment', async () => {
    const id = await publishSegment(await publishRoom(relay, authority));
    expect(await blocksIn(stockRepo(), id)).toEqual([new Uint8Array([1, 2, 3])]);
  });

  it('[Y70] finds it also when the store is slow, and no timer is set for the past', async () => {
    const get = vi.fn(async (docId: string) => {
      await new Promise((resolve) => setTimeout(resolve, 150)); // longer than automerge-repo throttles
      return found(docId);
    });
    const found = await restart(get);
    const id = await publishSegment(await publishRoom(relay, authority));
    const timers = vi.spyOn(globalThis, 'setTimeout');
    try {
      expect(await blocksIn(stockRepo(), id)).toHaveLength(1);
      expect(timers.mock.calls.map(([, ms]) => ms ?? 0).filter((ms) => ms < 0)).toEqual([]);
      expect(get.mock.calls.length).toBeGreaterThan(0);
    } finally {
      timers.mockRestore();
    }
  });

  it('[Y75] that nobody has asked for within half a minute leaves memory, and is found again', async () => {
    const clock = handClock();
    let stored: Uint8Array | undefined = undefined;
    const found = await restart(async (docId) => {
      const segment = await found(docId);
      return segment && stored ? { ...segment, bytes: stored } : segment;
    }, clock);
    const id = await publishSegment(await publishRoom(relay, authority));
    expect(await blocksIn(stockRepo(), id)).toHaveLength(1);
    // No store does that; here it shows where the answer comes from.
    stored = Automerge.save(Automerge.from({ blocks: [new Uint8Array([4]), new Uint8Array([5])] }));
    expect(await blocksIn(stockRepo(), id)).toHaveLength(1);
    clock.advance(30_000);
    clock.advance(30_000);
    await until(async () => (await blocksIn(stockRepo(), id)).length === 2);
  });

  it('[Y71] cannot find an unknown document', async () => {
    const { documentId } = parseAutomergeUrl(generateAutomergeUrl());
    await expect(stockRepo().find(documentId)).rejects.toThrow('unavailable');
  });

  it('[Y14] finds a private room’s segment with the capability only', async () => {
    const room = await publishRoom(relay, authority, 'private');
    const id = await publishSegment(room);
    await expect(stockRepo().find(id)).rejects.toThrow('unavailable');
    expect(await blocksIn(stockRepo(`?cap=${room.cap}`), id)).toEqual([new Uint8Array([1, 2, 3])]);
  });

  it('[Y72] may change its own copy, and nobody else sees it', async () => {
    const id = await publishSegment(await publishRoom(relay, authority));
    const repo = stockRepo();
    const handle = await repo.find<{ blocks: Uint8Array[] }>(id);
    handle.change((doc) => {
      doc.blocks.push(new Uint8Array([66]));
    });
    const room = await publishRoom(relay, authority);
    const later = await publishSegment(room);
    expect(await blocksIn(repo, later)).toHaveLength(1); // the same connection still serves
    expect(await blocksIn(stockRepo(), id)).toHaveLength(1);
    const stored = await relay.store.segments.get(id);
    expect(Automerge.load<Segment>(stored?.bytes ?? new Uint8Array()).blocks).toHaveLength(1);
  });

  it('[Y72] cannot bring a document of its own', async () => {
    const repo = stockRepo();
    const mine = repo.create({ blocks: [] });
    const id = await publishSegment(await publishRoom(relay, authority));
    expect(await blocksIn(repo, id)).toHaveLength(1);
    await expect(stockRepo().find(mine.documentId)).rejects.toThrow('unavailable');
  });
});

describe('poison on /repo', () => {
  const say = async (bytes: Uint8Array): Promise<BareSocket> => {
    const bare = await bareSocket(`${relay.ws}/repo`);
    bare.socket.send(bytes);
    return bare;
  };
  const join = (senderId: unknown) =>
    cbor.encode({ type: 'join', senderId, peerMetadata: {}, supportedProtocolVersions: ['1'] });

  afterEach(async () => {
    const id = await publishSegment(await publishRoom(relay, authority));
    expect(await blocksIn(stockRepo(), id)).toHaveLength(1);
  });

  it.each([
    ['null', cbor.encode(null)],
    ['no CBOR', new Uint8Array([255, 0, 1])],
    ['nothing', new Uint8Array()],
    ['a number', cbor.encode(7)],
    ['a list', cbor.encode([])],
    ['a message without a sender', cbor.encode({ type: 'join' })],
    ['a sender that is an object’s own', join('__proto__')],
    ['a sender that every object has', join('constructor')],
    ['a sender that is no text', join(7)],
    [
      'a sync before a join',
      cbor.encode({
        type: 'sync',
        senderId: 'a',
        targetId: 'relay',
        documentId: '4NMNnkMhL8jXrdJ9jamS58PAVdXu',
        data: new Uint8Array([1]),
      }),
    ],
    [
      'an unknown type',
      cbor.encode({
        type: 'nonsense',
        senderId: 'a',
        targetId: 'b',
        documentId: '4NMNnkMhL8jXrdJ9jamS58PAVdXu',
      }),
    ],
    [
      'a sync without data',
      cbor.encode({
        type: 'sync',
        senderId: 'a',
        targetId: 'relay',
        documentId: '4NMNnkMhL8jXrdJ9jamS58PAVdXu',
      }),
    ],
  ])('[Y73] %s closes its own socket only', async (_, bytes) => {
    const { closed } = await say(bytes);
    expect(await closed).toEqual({ code: 4400, reason: 'frame_malformed' });
  });

  it.each(['leave', 'ephemeral', 'remote-subscription-change', 'remote-heads-changed', 'error'])(
    '[Y76] "%s" is passed on to nobody, and its socket stays',
    async (type) => {
      const [one, other] = [await say(join('one')), await say(join('other'))];
      const heard: unknown[] = [];
      other.socket.on('message', (data: Buffer) => heard.push((cbor.decode(data) as { type: string }).type));
      const id = await publishSegment(await publishRoom(relay, authority));
      const to = { senderId: 'one', targetId: 'other', documentId: id, data: new Uint8Array([1]) };
      one.socket.send(cbor.encode({ type, ...to, count: 1, sessionId: 's' }));
      // What comes after it on the same socket is answered: so it was read.
      const answered = new Promise<string>((resolve) =>
        one.socket.on('message', (data: Buffer) => {
          const said = cbor.decode(data) as { type: string };
          if (said.type === 'doc-unavailable') resolve(said.type);
        }),
      );
      const unknown = parseAutomergeUrl(generateAutomergeUrl()).documentId;
      one.socket.send(cbor.encode({ type: 'request', ...to, targetId: 'relay', documentId: unknown }));
      expect(await answered).toBe('doc-unavailable');
      expect(one.socket.readyState).toBe(one.socket.OPEN);
      expect(heard.filter((said) => said !== 'peer')).toEqual([]);
      one.socket.close();
      other.socket.close();
    },
  );

  it('[Y73] a frame past 64 KiB closes its own socket only', async () => {
    const { closed } = await say(new Uint8Array(70_000));
    expect(await closed).toEqual({ code: 4413, reason: 'frame_too_large' });
  });

  it('[Y73] a sync message of nonsense is dropped', async () => {
    const id = await publishSegment(await publishRoom(relay, authority));
    const { socket, got } = await say(join('mallory'));
    await until(() => got.length === 1);
    socket.send(
      cbor.encode({
        type: 'sync',
        senderId: 'mallory',
        targetId: 'relay',
        documentId: id,
        data: new Uint8Array([66, 1, 2]),
      }),
    );
    socket.send(
      cbor.encode({
        type: 'request',
        senderId: 'mallory',
        targetId: 'relay',
        documentId: 'not/base58',
        data: new Uint8Array([1]),
      }),
    );
    await until(() => socket.readyState !== socket.OPEN);
    expect(got).toHaveLength(1);
  });

  it('[Y74] a peer id belongs to the socket that has it, and the relay’s own to nobody', async () => {
    const first = await say(join('ann'));
    await until(() => first.got.length === 1);
    const second = await say(join('ann'));
    expect(await second.closed).toEqual({ code: 4409, reason: 'client_taken' });
    const third = await say(join('relay'));
    expect(await third.closed).toEqual({ code: 4409, reason: 'client_taken' });
    const other = await say(join('ben'));
    await until(() => other.got.length === 1);
    other.socket.send(
      cbor.encode({
        type: 'doc-unavailable',
        senderId: 'ann',
        targetId: 'relay',
        documentId: '4NMNnkMhL8jXrdJ9jamS58PAVdXu',
      }),
    );
    expect(await other.closed).toEqual({ code: 4400, reason: 'frame_malformed' });
    expect(first.socket.readyState).toBe(first.socket.OPEN);
    first.socket.close();
  });
});
