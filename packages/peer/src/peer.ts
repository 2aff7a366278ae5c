/** A participant's side of everything: identity, session, documents, worlds and the outbox. Used by the app, bots, minds and the command line. */
import { type AnyGame, type Bytes, bytesToHex, type Cbor, didToKey, encodePair, err, ok, type Result, signCreate, type Visibility } from '@fairground/ledger';
import {
  AuthorityReply, BankReply, type Cap, type Code, CodeReply, CreateReply, formatDocumentName, paths, parseCode, type RoomId, roomBytes,
  RoomReply, type WorldId, worldBytes,
} from '@fairground/protocol';
import { gameFor } from '@fairground/rules';
import { createDirectory, type Directory } from './directory.ts';
import { openDocument } from './document.ts';
import { createHttp, type Reply, toResult } from './http.ts';
import type { Identity } from './identity.ts';
import { deliver, fetchHead } from './outbox/deliver.ts';
import { createOutbox } from './outbox/outbox.ts';
import { type Ports, systemPorts } from './ports.ts';
import { createRoom, type Room } from './room/room.ts';
import { createSession } from './session.ts';
import type { Storage } from './storage/storage.ts';
import { type Follower, followWorld } from './world/follower.ts';

export interface PeerDeps {
  /** The relay, e.g. `http://localhost:8080`. */
  readonly url: string;
  readonly identity: Identity;
  readonly storage: Storage;
  readonly ports?: Ports;
  readonly gameFor?: (name: string, version: number) => AnyGame | undefined;
}

/** A room and the world that is played in it; `cap` opens it where it is not listed. */
export interface Joined {
  readonly room: RoomId;
  readonly world: WorldId;
  readonly cap: Cap | null;
  readonly code: Code | null;
}

export interface WorldWish {
  readonly game: string;
  readonly config: Cbor;
  readonly visibility: Visibility;
  /** The room whose next world this is; only its host may ask. */
  readonly room?: RoomId;
}

export interface Peer {
  readonly identity: Identity;
  readonly url: string;
  authority(): Promise<Result<AuthorityReply>>;
  topics(): Promise<Result<BankReply>>;
  directory(): Directory;
  createWorld(wish: WorldWish): Promise<Result<Joined>>;
  /** Six digits, spaces allowed. */
  enterCode(text: string): Promise<Result<Joined>>;
  roomInfo(room: RoomId, cap?: Cap): Promise<Result<RoomReply>>;
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
  const { clock } = ports;
  const http = createHttp(url, ports);
  const session = createSession({ url, http, identity, clock });
  const outbox = createOutbox({
    storage,
    identity,
    clock,
    random: ports.random,
    now: clock.now,
    deliver: (record) => deliver(http, record),
    fetchHead: (world) => fetchHead(http, world, identity.key),
  });
  void outbox.resume();

  const docsUrl = new URL(paths.docs(), url).href.replace(/^http/, 'ws');
  const open = (name: string, cap: Cap | undefined, writes: boolean) =>
    openDocument({ docsUrl, WebSocket: ports.WebSocket, token: async (fresh) => (writes ? session.token(fresh) : undefined) }, name, cap);

  async function createWorld({ game, config, visibility, room }: WorldWish): Promise<Result<Joined>> {
    const authority = await http.json(paths.authority(), AuthorityReply);
    if (!authority.ok) return toResult(authority);
    const key = didToKey(authority.value.key);
    if (!key.ok) return err('reply_malformed');
    const request = { authority: key.value, game, config, visibility, room: room ? roomBytes(room) : null, nonce: ports.random(16), at: clock.now() };
    const body = encodePair(await signCreate(identity, request));
    return toResult(await http.json(paths.worlds(), CreateReply, { method: 'POST', body, token: await session.token() }));
  }

  async function enterCode(text: string): Promise<Result<Joined>> {
    const code = parseCode(text.replaceAll(/\s/g, ''));
    if (!code.ok) return err(code.code, 'A code has six digits.');
    const reply = await http.json(paths.code(code.value), CodeReply, { method: 'POST' });
    return reply.ok ? ok({ ...reply.value, code: code.value }) : toResult(reply);
  }

  async function world(id: WorldId, cap?: Cap): Promise<Follower> {
    const bytes = worldBytes(id);
    return followWorld({
      world: bytes,
      identity,
      outbox,
      clock,
      gameFor: deps.gameFor ?? gameFor,
      openTail: () => open(formatDocumentName({ kind: 'tail', world: id }), cap, false),
      readLog: async (path) => {
        const reply = await http.bytes(paths.log(id, path), { cap });
        return reply.ok ? reply.value : undefined;
      },
      secret: await worldSecret(storage, bytes, ports.random),
      clockOffset: 0,
    });
  }

  return {
    identity,
    url,
    authority: async () => toResult(await http.json(paths.authority(), AuthorityReply)),
    topics: async () => toResult(await http.json(paths.bank(), BankReply)),
    directory: () => createDirectory(open('directory', undefined, false)),
    createWorld,
    enterCode,
    roomInfo: async (room, cap) => toResult(await http.json(paths.room(room), RoomReply, { cap })),
    room: (room, cap) =>
      createRoom({ room: roomBytes(room), document: open(formatDocumentName({ kind: 'room', room }), cap, true), identity, clock }),
    world,
    readLog: (id, path, cap) => http.bytes(paths.log(id, path), { cap }),
    wake: outbox.kick,
    close: outbox.close,
  };
}

/** 32 bytes that this device keeps of a world: dice shares and box keys derive from them. */
async function worldSecret(storage: Storage, world: Bytes, random: Ports['random']): Promise<Bytes> {
  const key = bytesToHex(world);
  await storage.add('secrets', key, random(32));
  return (await storage.get('secrets', key)) as Bytes;
}

