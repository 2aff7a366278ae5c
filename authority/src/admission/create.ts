/** New worlds: one that asks gets a room, a code and a capability, and a genesis whose secret was durable before it was signed. */
import {
  type Bytes,
  type Cbor,
  type CreateRequest,
  type Genesis,
  type Result,
  bytesToHex,
  encodeEntry,
  equalBytes,
  err,
  ok,
  openWorld,
  parseCreate,
  sha256,
  signedBytes,
  verifyEd25519Sync,
  worldIdOf,
} from '@fairground/ledger';
import { CAP_BYTES, CREATE_SKEW_MS, ROOM_BYTES, type CreateReplyBody } from '@fairground/protocol';
import { type AnyRulesGame, diceCommit } from '@fairground/rules';
import type { AuthorityKeys, Clock, Random } from '../ports.ts';
import type { LogStore, RoomRow, WorldPlan } from '../store/ports.ts';
import { drawCode } from './code.ts';

/** What every new genesis says besides: its witnesses and how many of them must have cosigned, and who may go on from it. */
export type Charter = Pick<Genesis, 'policy' | 'successors'>;

export interface CreateDeps {
  readonly store: Pick<LogStore, 'plan' | 'prepare'>;
  readonly keys: AuthorityKeys;
  readonly games: readonly AnyRulesGame[];
  readonly clock: Clock;
  readonly random: Random;
  readonly charter: Charter;
  /** By room in hex. */
  readonly rooms: ReadonlyMap<string, RoomRow>;
  /** Taken codes, those of plans that are being made included. */
  readonly codes: Set<string>;
}

export type CreateRefusal =
  | 'create_malformed'
  | 'create_too_large'
  | 'signature_invalid'
  | 'authority_unknown'
  | 'create_stale'
  | 'create_replayed'
  | 'game_unknown'
  | 'config_invalid'
  | 'room_unknown'
  | 'not_host';

/**
 * The plan of the world that is asked for, durable; the same one for the same request. `create_stale` for a clock more than five minutes
 * off, `create_replayed` for a nonce that another request of this host has used, `not_host` for a room that somebody else opened.
 */
export async function planWorld(
  deps: CreateDeps,
  bytes: Bytes,
  sig: Bytes,
): Promise<Result<WorldPlan, CreateRefusal>> {
  const parsed = parseCreate(bytes);
  if (!parsed.ok) return parsed;
  const request = parsed.value;
  if (!verifyEd25519Sync(request.host, signedBytes('create', bytes), sig)) return err('signature_invalid');
  if (!equalBytes(request.authority, deps.keys.signer.key)) return err('authority_unknown');
  const known = await deps.store.plan(request.host, request.nonce);
  if (known) return equalBytes(known.create.request, sha256(bytes)) ? ok(known) : err('create_replayed');
  if (Math.abs(deps.clock.now() - request.at) > CREATE_SKEW_MS) return err('create_stale');
  const plan = makePlan(deps, request, sha256(bytes));
  if (plan.ok) await deps.store.prepare(plan.value);
  return plan;
}

export function createReply({ room: { room, cap, code }, world }: WorldPlan): Cbor {
  const body: CreateReplyBody = { world, room, cap, code };
  return { ...body };
}

function makePlan(
  deps: CreateDeps,
  request: CreateRequest,
  requestHash: Bytes,
): Result<WorldPlan, CreateRefusal> {
  // The newest version that this build has.
  const game = deps.games.filter(({ name }) => name === request.game).at(-1);
  if (!game) return err('game_unknown');
  const config = game.config.safeParse(request.config);
  if (!config.success) return err('config_invalid', config.error.message);
  const secret = deps.random(32);
  const at = deps.clock.now();
  const genesis = encodeEntry(
    makeGenesis(deps, { game, config: config.data as Cbor, host: request.host, secret, at }),
  );
  const opened = openWorld(game, genesis);
  if (!opened.ok) return err('config_invalid', opened.message);
  const world = worldIdOf(genesis);
  const room = planRoom(deps, request, world, game.card(opened.value.state).title);
  if (!room.ok) return room;
  const { name, version } = game;
  const create = { host: request.host, nonce: request.nonce, request: requestHash };
  return ok({ world, game: name, version, genesis, secret, room: room.value, create, at });
}

interface GenesisParts {
  readonly game: AnyRulesGame;
  readonly config: Cbor;
  readonly host: Bytes;
  readonly secret: Bytes;
  readonly at: number;
}

function makeGenesis(
  { keys, random, charter }: CreateDeps,
  { game, config, host, secret, at }: GenesisParts,
): Genesis {
  return {
    kind: 'genesis',
    v: 1,
    at,
    nonce: random(16),
    authority: { name: keys.name, key: keys.signer.key },
    host,
    game: game.name,
    version: game.version,
    rules: game.rules,
    config,
    ...charter,
    rand: diceCommit(secret, keys.signer.key),
  };
}

/** The next world of a room keeps its visibility, code and capability. */
function planRoom(
  deps: CreateDeps,
  { room, host, visibility, game }: CreateRequest,
  world: Bytes,
  title: string,
): Result<RoomRow, 'room_unknown' | 'not_host'> {
  if (room) {
    const known = deps.rooms.get(bytesToHex(room));
    if (!known) return err('room_unknown');
    return equalBytes(known.host, host) ? ok({ ...known, world, game, title }) : err('not_host');
  }
  const code = visibility === 'private' ? null : drawCode(deps.random, deps.codes);
  if (code !== null) deps.codes.add(code);
  const cap = visibility === 'listed' ? null : deps.random(CAP_BYTES);
  return ok({ room: deps.random(ROOM_BYTES), host, visibility, cap, code, world, game, title });
}
