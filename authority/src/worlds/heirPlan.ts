/** The match that goes on from another one under an origin of its own: same host and settings, chains and seats anew. */
import {
  type Bytes,
  type Genesis,
  type Parent,
  type Result,
  encodeEntry,
  err,
  ok,
  openWorld,
  sha256,
  signedBytes,
  worldIdOf,
} from '@fairground/ledger';
import { type AnyRulesGame, diceCommit } from '@fairground/rules';
import type { Charter } from '../admission/create.ts';
import type { AuthorityKeys, Clock, Random } from '../ports.ts';
import type { RoomRow, WorldPlan } from '../store/ports.ts';

export interface HeirDeps {
  readonly keys: AuthorityKeys;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly charter: Charter;
}

export interface HeirWish {
  readonly parent: Parent;
  /** The parent's id and genesis. */
  readonly of: Bytes;
  readonly before: Genesis;
  readonly game: AnyRulesGame;
  /** Under which the new world stands. */
  readonly name: string;
  readonly room: Omit<RoomRow, 'world' | 'game' | 'title'>;
}

export function heirPlan(
  { keys, clock, random, charter }: HeirDeps,
  { parent, of, before, game, name, room }: HeirWish,
): Result<WorldPlan, 'rules_unknown'> {
  const secret = random(32);
  const { host, config } = before;
  const genesis: Genesis = {
    ...{ kind: 'genesis', v: 1, at: clock.now(), nonce: random(16), host, config, ...charter },
    authority: { name, key: keys.signer.key },
    ...{ game: game.name, version: game.version, rules: game.rules },
    ...{ rand: diceCommit(secret, keys.signer.key), parent },
  };
  const bytes = encodeEntry(genesis);
  const opened = openWorld(game, bytes);
  if (!opened.ok) return err('rules_unknown', opened.message ?? opened.code);
  const world = worldIdOf(bytes);
  return ok({
    ...{ world, game: game.name, version: game.version, genesis: bytes, secret, at: genesis.at },
    room: { ...room, world, game: game.name, title: game.card(opened.value.state).title },
    create: { host: keys.signer.key, nonce: nonceOf(of), request: sha256(of) },
  });
}

/** Nobody but this authority asks with its own key. */
export function nonceOf(world: Bytes): Bytes {
  return sha256(signedBytes('successor', world)).slice(0, 16);
}
