/** A participant's side of everything: identity, session, documents, worlds and the outbox. Used by the app, bots, minds and the command line. */
import { type AnyGame, type Bytes, bytesToHex, equalBytes } from '@fairground/ledger';
import {
  type Cap,
  type DocumentName,
  formatDocumentName,
  formatWorldId,
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
import { createHttp, type Http, type Reply } from './http.ts';
import type { Identity } from './identity.ts';
import { deliver, fetchHead } from './outbox/deliver.ts';
import { knownCap } from './outbox/knownCap.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import type { Turn } from './outbox/outboxDeps.ts';
import type { Live } from './live.ts';
import { type Ports, systemPorts } from './ports.ts';
import { type Gossip, gossip } from './room/gossip.ts';
import { createRoom, type Room } from './room/room.ts';
import { createSession, type Session } from './session.ts';
import type { Storage } from './storage/storage.ts';
import { createGuessOffset } from './world/authorityClock.ts';
import { createBringBack } from './world/bringBack.ts';
import { createDeviceWitness } from './world/deviceWitness.ts';
import { createRelayKeys } from './world/relayKeys.ts';
import { followWorld } from './world/follower.ts';
import type { Follower } from './world/followerState.ts';
import { LONG_WAY } from './world/headStart.ts';
import { createLogKeeper } from './world/logKeeper.ts';
import { createNamedShelf } from './world/namedShelf.ts';

export interface PeerDeps {
  /** The relay, e.g. `http://localhost:8080`. */
  readonly url: string;
  readonly identity: Identity;
  readonly storage: Storage;
  readonly ports?: Ports;
  readonly gameFor?: (name: string, version: number) => AnyGame | undefined;
  /** One sender at a time among this device's pages and its worker; each for itself without. */
  readonly turn?: Turn;
  /** An intent waits: have it sent also when this page is gone. */
  readonly sendLater?: () => void;
  /** Who lacks so many entries of a world begins at its newest snapshot; by default four segments of them. */
  readonly longWay?: number;
}

export interface Peer extends Asking {
  readonly identity: Identity;
  readonly url: string;
  directory(): Directory;
  room(room: RoomId, cap?: Cap): Room;
  /** `looksOn`: whoever only looks is shown what the authority signs at once, and compares it with the log. */
  world(world: WorldId, cap?: Cap, how?: { readonly looksOn: boolean }): Promise<Follower>;
  /** The people of a room compare what they verify of a world, each by its own key. */
  gossip(room: Room, follower: Follower): Gossip;
  readLog(world: WorldId, path: string, cap?: Cap): Promise<Reply<Bytes>>;
  /** How many stored intents could not be read and were set aside. */
  readonly unreadable: Live<number>;
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
  const { outbox, hear } = openOutbox(deps, ports, http);
  void outbox.resume();
  const witness = createDeviceWitness({ identity, storage, clock });
  const gossiping = { identity, witness, clock, chance: () => (random(1)[0] ?? 0) / 256 };
  const relays = createRelayKeys({ http, storage, url });
  const guessOffset = createGuessOffset({ http, clock });
  const docsUrl = new URL(paths.docs(), url).href.replace(/^http/, 'ws');
  const open = (name: DocumentName, cap?: Cap, token: Session['token'] = async () => undefined) =>
    openDocument({ docsUrl, ...ports, token }, formatDocumentName(name), cap);
  const readLog = (id: WorldId, path: string, cap?: Cap) => http.bytes(paths.log(id, path), { cap });

  return {
    ...createAsking({ http, session, identity, clock, random }),
    identity,
    url,
    readLog,
    directory: () => createDirectory(open({ kind: 'directory' })),
    room(room, cap) {
      const document = open({ kind: 'room', room }, cap, session.token);
      return createRoom({ room: roomBytes(room), document, identity, clock });
    },
    async world(id, cap, { looksOn } = { looksOn: false }) {
      void relays.learn();
      if (cap !== undefined) await storage.put('caps', bytesToHex(worldBytes(id)), cap);
      return followWorld({
        world: worldBytes(id),
        identity,
        outbox,
        clock,
        random,
        gameFor: deps.gameFor ?? gameFor,
        longWay: deps.longWay ?? LONG_WAY,
        openTail: () => open({ kind: 'tail', world: id }, cap),
        ...(looksOn && { openView: () => open({ kind: 'view', world: id }, cap) }),
        readLog: async (path) => bytesOf(await readLog(id, path, cap)),
        shelf: createNamedShelf((path) => readLog(id, path, cap)),
        heardAuthority: (key) => hear(worldBytes(id), key),
        secret: await worldSecret(storage, worldBytes(id), random),
        guessOffset,
        keeper: createLogKeeper({ storage, clock }, worldBytes(id)),
        relays: () => relays.known,
        bringBack: createBringBack(http, id, cap),
      });
    },
    unreadable: outbox.unreadable,
    gossip: (room, follower) =>
      gossip({ ...gossiping, room, follower, world: formatWorldId(follower.world) }),
    wake: outbox.kick,
    close: outbox.close,
  };
}

/** The outbox over HTTP; `hear` tells it whose word counts in a world. */
function openOutbox(
  { identity, storage, turn, sendLater }: PeerDeps,
  { clock, random }: Ports,
  http: Http,
): { readonly outbox: Outbox; hear(world: Bytes, authority: Bytes): void } {
  const authorities = new Map<string, Bytes>();
  const authorityOf = (world: Bytes) => authorities.get(bytesToHex(world));
  const outbox = createOutbox({
    storage,
    identity,
    clock,
    random,
    now: clock.now,
    authorityOf,
    deliver: (record) => deliver(http, record, authorityOf(record.world)),
    fetchHead: async (id) => fetchHead(http, id, identity.key, await knownCap(storage, id)),
    ...(turn && { turn }),
    ...(sendLater && { sendLater }),
  });
  const hear = (world: Bytes, authority: Bytes) => {
    const isNews = !equalBytes(authorityOf(world) ?? new Uint8Array(0), authority);
    authorities.set(bytesToHex(world), authority);
    if (isNews) void outbox.heard(world);
  };
  return { outbox, hear };
}

function bytesOf(reply: Reply<Bytes>): Bytes | undefined {
  return reply.ok ? reply.value : undefined;
}

/** 32 bytes that this device keeps of a world: dice shares and box keys derive from them. */
async function worldSecret(storage: Storage, world: Bytes, random: Ports['random']): Promise<Bytes> {
  const key = bytesToHex(world);
  await storage.add('secrets', key, random(32));
  return (await storage.get('secrets', key)) as Bytes;
}
