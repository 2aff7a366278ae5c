/** What every store of the relay must do, whatever it stands on. */
import type { Bytes } from '@fairground/ledger';
import { type Cap, type Code, formatCap, formatRoomId, formatWorldId } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogFile, RelayStore, RoomRecord, StoredMail, WorldRecord } from '../ports.ts';

export interface StoreUnderTest {
  open(): Promise<RelayStore>;
  /** Closes and opens again on what is durable; absent where nothing is. */
  reopen?(store: RelayStore): Promise<RelayStore>;
}

const bytes = (...values: readonly number[]): Bytes => new Uint8Array(values);
const fill = (length: number, value: number): Bytes => new Uint8Array(length).fill(value);
const world = formatWorldId(fill(32, 1));
const room = formatRoomId(fill(16, 2));

/** The store of the running test; `settle` closes it and opens what is durable, where something is. */
interface Held {
  current(): RelayStore;
  settle(): Promise<void>;
}

export function describeRelayStore(name: string, { open, reopen }: StoreUnderTest): void {
  describe(`a relay’s store: ${name}`, () => {
    let store: RelayStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const held: Held = {
      current: () => store,
      async settle() {
        if (reopen) store = await reopen(store);
      },
    };
    docStoreRules(held);
    mailboxRules(held);
    fileRules(held);
    cosignedRules(held);
  });
}

/** The port `DocStore`. */
function docStoreRules({ current, settle }: Held): void {
  it('[Y40] a document’s updates come back in order, with their client ids', async () => {
    expect(await current().docs.load('room:x')).toBeUndefined();
    await current().docs.append([
      { name: 'room:x', update: bytes(1), clients: [{ client: 7, key: fill(32, 7) }] },
      { name: 'room:y', update: bytes(9), clients: [] },
      { name: 'room:x', update: bytes(2), clients: [{ client: 2 ** 32 - 1, key: fill(32, 8) }] },
    ]);
    await settle();
    const doc = await current().docs.load('room:x');
    expect(doc?.updates).toEqual([bytes(1), bytes(2)]);
    expect([...(doc?.clients ?? [])].sort((a, b) => a.client - b.client)).toEqual([
      { client: 7, key: fill(32, 7) },
      { client: 2 ** 32 - 1, key: fill(32, 8) },
    ]);
  });

  it('[Y40] the first key of a client id stays its key', async () => {
    await current().docs.append([
      { name: 'd', update: bytes(1), clients: [{ client: 7, key: fill(32, 7) }] },
    ]);
    await current().docs.append([
      { name: 'd', update: bytes(2), clients: [{ client: 7, key: fill(32, 8) }] },
    ]);
    await settle();
    expect((await current().docs.load('d'))?.clients).toEqual([{ client: 7, key: fill(32, 7) }]);
  });

  it('[Y41] compaction replaces the updates it covers and keeps later ones and the client ids', async () => {
    const clients = [{ client: 7, key: fill(32, 7) }];
    for (const n of [1, 2, 3]) await current().docs.append([{ name: 'd', update: bytes(n), clients }]);
    await current().docs.compact('d', 2, bytes(12));
    await current().docs.append([{ name: 'd', update: bytes(4), clients: [] }]);
    await settle();
    expect(await current().docs.load('d')).toEqual({ updates: [bytes(12), bytes(3), bytes(4)], clients });
  });

  it('[Y41] a reset leaves one update and no client ids', async () => {
    await current().docs.append([
      { name: 'd', update: bytes(1), clients: [{ client: 7, key: fill(32, 7) }] },
    ]);
    await current().docs.reset('d', bytes(5));
    await settle();
    expect(await current().docs.load('d')).toEqual({ updates: [bytes(5)], clients: [] });
  });

  it('[Y44] what was asked at once is answered in order', async () => {
    const asked = Array.from({ length: 50 }, (_, n) =>
      current().docs.append([{ name: 'd', update: bytes(n), clients: [] }]),
    );
    const loaded = current().docs.load('d');
    await Promise.all(asked);
    expect((await loaded)?.updates).toEqual(Array.from({ length: 50 }, (_, n) => bytes(n)));
  });
}

/** The port `CosignedStore`. */
function cosignedRules({ current, settle }: Held): void {
  it('[Y121] a cosigned head goes on only from the size that it has, also of two that come at once', async () => {
    const head = (size: number) => ({ origin: 'a.test/w', size, root: fill(32, size) });
    expect(await current().cosigned.latest('a.test/w')).toBeUndefined();
    expect(await current().cosigned.advance(head(3), 1)).toBe(false);
    expect(await current().cosigned.advance(head(3), 0)).toBe(true);
    await settle();
    const two = [current().cosigned.advance(head(5), 3), current().cosigned.advance(head(4), 3)];
    expect(await Promise.all(two)).toEqual([true, false]);
    await settle();
    expect(await current().cosigned.latest('a.test/w')).toEqual(head(5));
    expect(await current().cosigned.latest('a.test/other')).toBeUndefined();
  });
}

/** The port `Mailbox`. */
function mailboxRules({ current, settle }: Held): void {
  it('[Y42] mail waits until it is done, and ids are not used twice', async () => {
    const mail = (id: number): StoredMail => ({
      id,
      world: fill(32, 1),
      key: fill(32, 2),
      hash: fill(32, id),
      bytes: bytes(id),
      sig: fill(64, 3),
      seen: { bytes: bytes(6), sig: fill(64, 4) },
      ...(id === 2 ? { rtt: 12 } : {}),
    });
    expect(await current().mailbox.lastId()).toBe(0);
    for (const id of [3, 2, 5]) await current().mailbox.put(mail(id));
    await current().mailbox.done(5);
    await settle();
    expect(await current().mailbox.pending()).toEqual([mail(2), mail(3)]);
    expect(await current().mailbox.lastId()).toBe(5);
  });
}

/** The ports `FileStore`, `RoomStore` and `SegmentStore`. */
function fileRules({ current, settle }: Held): void {
  it('[Y43] log files are found by world and path, the newest of a path', async () => {
    const file = (path: string, value: number, immutable = false): LogFile => ({
      world,
      path,
      bytes: bytes(value),
      immutable,
    });
    await current().files.put([file('checkpoint', 1), file('tile/0/000', 2, true)]);
    await current().files.put([file('checkpoint', 3)]);
    await settle();
    expect(await current().files.get(world, 'checkpoint')).toEqual(file('checkpoint', 3));
    expect(await current().files.get(world, 'tile/0/000')).toEqual(file('tile/0/000', 2, true));
    expect(await current().files.get(formatWorldId(fill(32, 9)), 'checkpoint')).toBeUndefined();
  });

  it('[Y43] rooms and worlds come back as they were last put', async () => {
    const authority = fill(32, 5);
    const first: RoomRecord = {
      room,
      authority,
      visibility: 'unlisted',
      cap: formatCap(fill(16, 3)) satisfies Cap,
      code: '123456' as Code,
      world,
      game: 'nim',
      title: 'one',
    };
    const second: RoomRecord = { ...first, cap: null, code: null, visibility: 'listed', title: 'two' };
    const record: WorldRecord = { world, room, authority, origin: 'a/b' };
    await current().rooms.putRoom(first);
    await current().rooms.putWorld(record);
    await settle();
    const heir = { key: authority, heir: fill(32, 6) };
    await current().rooms.putHeir(heir);
    await settle();
    expect(await current().rooms.all()).toEqual({ rooms: [first], worlds: [record], heirs: [heir] });
    await current().rooms.putRoom(second);
    expect((await current().rooms.all()).rooms).toEqual([second]);
  });

  it('[Y43] a segment is found by its document id', async () => {
    const segment = { docId: 'abc', world, n: 4, bytes: bytes(1, 2, 3) };
    await current().segments.put(segment);
    await settle();
    expect(await current().segments.get('abc')).toEqual(segment);
    expect(await current().segments.get('abd')).toBeUndefined();
  });
}
