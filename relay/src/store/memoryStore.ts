/** Everything in memory: for simulations and tests. Passes the same contract suites as SQLite. */
import type { Bytes } from '@fairground/ledger';
import type {
  ClientBinding,
  CosignedHead,
  CosignedStore,
  DocStore,
  FileStore,
  LogFile,
  Mailbox,
  RelayStore,
  HeirRecord,
  RoomRecord,
  RoomStore,
  SegmentRecord,
  SegmentStore,
  StoredMail,
  WorldRecord,
} from './ports.ts';

export function createMemoryStore(): RelayStore {
  return {
    docs: memoryDocs(),
    mailbox: memoryMailbox(),
    files: memoryFiles(),
    rooms: memoryRooms(),
    segments: memorySegments(),
    cosigned: memoryCosigned(),
    probe: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

interface MemoryDoc {
  updates: Bytes[];
  readonly clients: Map<number, ClientBinding>;
}

function memoryDocs(): DocStore {
  const docs = new Map<string, MemoryDoc>();
  return {
    append(batch) {
      for (const { name, update, clients } of batch) {
        const doc: MemoryDoc = docs.get(name) ?? { updates: [], clients: new Map<number, ClientBinding>() };
        docs.set(name, doc);
        doc.updates.push(update);
        for (const binding of clients)
          if (!doc.clients.has(binding.client)) doc.clients.set(binding.client, binding);
      }
      return Promise.resolve();
    },
    load(name) {
      const doc = docs.get(name);
      return Promise.resolve(doc && { updates: [...doc.updates], clients: [...doc.clients.values()] });
    },
    compact(name, count, state) {
      const doc = docs.get(name);
      if (doc) doc.updates = [state, ...doc.updates.slice(count)];
      return Promise.resolve();
    },
    reset(name, update) {
      docs.set(name, { updates: [update], clients: new Map<number, ClientBinding>() });
      return Promise.resolve();
    },
  };
}

function memoryMailbox(): Mailbox {
  const mails = new Map<number, StoredMail>();
  let last = 0;
  return {
    put(mail) {
      last = Math.max(last, mail.id);
      mails.set(mail.id, mail);
      return Promise.resolve();
    },
    done(id) {
      mails.delete(id);
      return Promise.resolve();
    },
    pending: () => Promise.resolve([...mails.values()].sort((a, b) => a.id - b.id)),
    lastId: () => Promise.resolve(last),
  };
}

function memoryFiles(): FileStore {
  const files = new Map<string, LogFile>();
  return {
    put(batch) {
      for (const file of batch) files.set(`${file.world}/${file.path}`, file);
      return Promise.resolve();
    },
    get: (world, path) => Promise.resolve(files.get(`${world}/${path}`)),
  };
}

function memoryRooms(): RoomStore {
  const rooms = new Map<string, RoomRecord>();
  const worlds = new Map<string, WorldRecord>();
  const heirs = new Map<string, HeirRecord>();
  return {
    putRoom(room) {
      rooms.set(room.room, room);
      return Promise.resolve();
    },
    putWorld(world) {
      worlds.set(world.world, world);
      return Promise.resolve();
    },
    putHeir(heir) {
      heirs.set(String(heir.key), heir);
      return Promise.resolve();
    },
    all: () =>
      Promise.resolve({
        rooms: [...rooms.values()],
        worlds: [...worlds.values()],
        heirs: [...heirs.values()],
      }),
  };
}

function memoryCosigned(): CosignedStore {
  const heads = new Map<string, CosignedHead>();
  return {
    latest: (origin) => Promise.resolve(heads.get(origin)),
    advance(head, from) {
      if ((heads.get(head.origin)?.size ?? 0) !== from) return Promise.resolve(false);
      heads.set(head.origin, head);
      return Promise.resolve(true);
    },
  };
}

function memorySegments(): SegmentStore {
  const segments = new Map<string, SegmentRecord>();
  return {
    put(segment) {
      segments.set(segment.docId, segment);
      return Promise.resolve();
    },
    get: (docId) => Promise.resolve(segments.get(docId)),
  };
}
