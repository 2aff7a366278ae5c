/** What a peer asks the relay for: the authority, topics, rooms, codes, new worlds. */
import {
  type Bytes,
  type Cbor,
  didToKey,
  encodePair,
  err,
  ok,
  type Result,
  signCreate,
  signSeen,
  type Visibility,
} from '@fairground/ledger';
import {
  AuthorityReply,
  BankReply,
  type Cap,
  type Code,
  CodeReply,
  CreateReply,
  parseCode,
  paths,
  type RoomId,
  roomBytes,
  RoomReply,
  SeenReply,
  type WorldId,
  worldBytes,
} from '@fairground/protocol';
import { type Http, toResult } from './http.ts';
import type { Identity } from './identity.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';

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

export interface Asking {
  authority(): Promise<Result<AuthorityReply>>;
  topics(): Promise<Result<BankReply>>;
  createWorld(wish: WorldWish): Promise<Result<Joined>>;
  /** Six digits, spaces allowed. */
  enterCode(text: string): Promise<Result<Joined>>;
  roomInfo(room: RoomId, cap?: Cap): Promise<Result<RoomReply>>;
  /** Says that this device saw an intent for a lot when the log stood at `head`. */
  vouch(sight: Sight): Promise<Result<SeenReply>>;
}

export interface Sight {
  readonly world: WorldId;
  readonly lot: number;
  readonly intentHash: Bytes;
  /** The newest checkpoint that was verified. */
  readonly head: { readonly size: number; readonly root: Bytes };
}

export interface AskingDeps extends Pick<Ports, 'clock' | 'random'> {
  readonly http: Http;
  readonly session: Session;
  readonly identity: Identity;
}

export function createAsking(deps: AskingDeps): Asking {
  const { http } = deps;
  return {
    authority: async () => toResult(await http.json(paths.authority(), AuthorityReply)),
    topics: async () => toResult(await http.json(paths.bank(), BankReply)),
    createWorld: (wish) => createWorld(deps, wish),
    enterCode: (text) => enterCode(deps, text),
    vouch: (sight) => vouch(deps, sight),
    roomInfo: async (room, cap) => toResult(await http.json(paths.room(room), RoomReply, { cap })),
  };
}

async function createWorld(
  { http, session, identity, clock, random }: AskingDeps,
  wish: WorldWish,
): Promise<Result<Joined>> {
  const authority = await http.json(paths.authority(), AuthorityReply);
  if (!authority.ok) return toResult(authority);
  const key = didToKey(authority.value.key);
  if (!key.ok) return err('reply_malformed');
  const { game, config, visibility } = wish;
  const room = wish.room ? roomBytes(wish.room) : null;
  const request = {
    authority: key.value,
    game,
    config,
    visibility,
    room,
    nonce: random(16),
    at: clock.now(),
  };
  const body = encodePair(await signCreate(identity, request));
  const token = await session.token();
  return toResult(await http.json(paths.worlds(), CreateReply, { method: 'POST', body, token }));
}

async function vouch(
  { http, identity, clock }: AskingDeps,
  { world, lot, intentHash, head }: Sight,
): Promise<Result<SeenReply>> {
  const seen = { world: worldBytes(world), lot, intentHash, headSize: head.size, headRoot: head.root };
  const body = encodePair(await signSeen(identity, { ...seen, at: clock.now() }));
  return toResult(await http.json(paths.seen(world), SeenReply, { method: 'POST', body }));
}

async function enterCode({ http }: AskingDeps, text: string): Promise<Result<Joined>> {
  const code = parseCode(text.replaceAll(/\s/g, ''));
  if (!code.ok) return err(code.code, 'A code has six digits.');
  const reply = await http.json(paths.code(code.value), CodeReply, { method: 'POST' });
  if (!reply.ok) return toResult(reply);
  const { room, world, cap } = reply.value;
  return ok({ room, world, cap, code: code.value });
}
