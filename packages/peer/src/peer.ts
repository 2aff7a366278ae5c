/** A participant's side of everything: identity, session, documents, worlds and the outbox. Used by the app, bots, minds and the command line. */
import { type AnyGame, type Bytes, bytesToHex } from '@fairground/ledger';
import {
  type Cap,
  type DocumentName,
  formatDocumentName,
  paths,
  type RoomId,
  roomBytes,
  type WorldId,
  worldBytes,
} from '@fairground/protocol';
import { gameFor } from '@fairground/rules';
import { type Asking, createAsking } from './asking.ts';
import { createDirectory, type Directory } from './directory.ts';
import { openDocument } from './document.ts';
import { createHttp, type Reply } from './http.ts';
import type { Identity } from './identity.ts';
import { deliver, fetchHead } from './outbox/deliver.ts';
import { createOutbox } from './outbox/outbox.ts';
import { type Ports, systemPorts } from './ports.ts';
import { createRoom, type Room } from './room/room.ts';
import { createSession, type Session } from './session.ts';
import type { Storage } from './storage/storage.ts';
import { createGuessOffset } from './world/authorityClock.ts';
import { followWorld } from './world/follower.ts';
import type { Follower } from './world/followerState.ts';
import { createLogKeeper } from './world/logKeeper.ts';

export interface PeerDeps {
  /** The relay, e.g. `http://localhost:8080`. */
  readonly url: string;
  readonly identity: Identity;
  readonly storage: Storage;
  readonly ports?: Ports;
  readonly gameFor?: (name: string, version: number) => AnyGame | undefined;
}

export interface Peer extends Asking {
  readonly identity: Identity;
  readonly url: string;
  directory(): Directory;
  room(room: RoomId, cap?: Cap): Room;
  world(world: WorldId, cap?: Cap): Promise<Follower>;
  readLog(world: WorldId, path: string, cap?: Cap): Promise<Reply<Bytes>>;
  /** The network may be back: send what waits. */
  wake(): void;
  close(): void;
}

export function createPeer(deps: PeerDeps): Peer {
  const { identity, storage, url } = deps;
  const ports = deps.ports ?? systemPorts();
  const { clock, random } = ports;
  const http = createHttp(url, ports);
  const session = createSession({ url, http, identity, clock });
  const authorities = new Map<string, Bytes>();
  const outbox = createOutbox({
    storage,
    identity,
    clock,
    random,
    now: clock.now,
    deliver: (record) => deliver(http, record, authorities.get(bytesToHex(record.world))),
    fetchHead: async (id) => fetchHead(http, id, identity.key, await knownCap(storage, id)),
  });
  void outbox.resume();
  const guessOffset = createGuessOffset({ http, clock });
  const docsUrl = new URL(paths.docs(), url).href.replace(/^http/, 'ws');
  const open = (name: DocumentName, cap?: Cap, token: Session['token'] = async () => undefined) =>
    openDocument({ docsUrl, WebSocket: ports.WebSocket, token }, formatDocumentName(name), cap);
  const readLog = (id: WorldId, path: string, cap?: Cap) => http.bytes(paths.log(id, path), { cap });

  return {
    ...createAsking({ http, session, identity, clock, random }),
    identity,
    url,
    readLog,
    directory: () => createDirectory(open({ kind: 'directory' })),
    room: (room, cap) =>
      createRoom({
        room: roomBytes(room),
        document: open({ kind: 'room', room }, cap, session.token),
        identity,
        clock,
      }),
    async world(id, cap) {
      if (cap !== undefined) await storage.put('caps', bytesToHex(worldBytes(id)), cap);
      return followWorld({
        world: worldBytes(id),
        identity,
        outbox,
        clock,
        gameFor: deps.gameFor ?? gameFor,
        openTail: () => open({ kind: 'tail', world: id }, cap),
        readLog: async (path) => {
          const reply = await readLog(id, path, cap);
          return reply.ok ? reply.value : undefined;
        },
        heardAuthority: (key) => void authorities.set(bytesToHex(worldBytes(id)), key),
        secret: await worldSecret(storage, worldBytes(id), random),
        guessOffset,
        keeper: createLogKeeper({ storage, clock }, worldBytes(id)),
      });
    },
    wake: outbox.kick,
    close: outbox.close,
  };
}

/** What opened a world before: its outbox may have to ask for the head when no page follows the world. */
async function knownCap(storage: Storage, world: Bytes): Promise<Cap | undefined> {
  return (await storage.get('caps', bytesToHex(world))) as Cap | undefined;
}

/** 32 bytes that this device keeps of a world: dice shares and box keys derive from them. */
async function worldSecret(storage: Storage, world: Bytes, random: Ports['random']): Promise<Bytes> {
  const key = bytesToHex(world);
  await storage.add('secrets', key, random(32));
  return (await storage.get('secrets', key)) as Bytes;
}
