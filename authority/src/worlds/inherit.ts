/**
 * A match whose authority is lost for good, with its keys: whoever its genesis names as a successor goes on from the log that somebody
 * still has, and opens what lay sealed in it with the secret that was left in escrow (formats §5).
 */
import {
  type Bytes,
  type Result,
  type SealedIntent,
  type World,
  equalBytes,
  err,
  ok,
  openEscrow,
  publicKeyFromSeed,
  replayEntries,
  stateHash,
  worldIdOf,
} from '@fairground/ledger';
import { CAP_BYTES, ROOM_BYTES } from '@fairground/protocol';
import { type AnyRulesGame, type Draft, deriveSecret, diceCommit } from '@fairground/rules';
import { drawCode } from '../admission/code.ts';
import type { LogStore, WorldPlan } from '../store/ports.ts';
import { addSealed, sealedInEntry } from './append.ts';
import { type HeirDeps, heirPlan, nonceOf } from './heirPlan.ts';

export interface InheritDeps extends HeirDeps {
  readonly store: Pick<LogStore, 'plan' | 'prepare' | 'rooms'>;
  readonly games: readonly AnyRulesGame[];
  /** Of all keys of this authority, the newest first. */
  readonly seeds: readonly Bytes[];
}

/** A verified log, and the file that lies beside it. */
export interface Estate {
  readonly entries: readonly Bytes[];
  readonly checkpoint: Bytes;
  readonly escrow: Bytes;
}

export interface Inheritance {
  readonly plan: WorldPlan;
  /** Sealed values that the log leaves closed, as its authority would have opened them. */
  readonly opened: readonly Extract<Draft, { kind: 'lot' }>[];
}

/** Each with a sentence for the operator. */
export type InheritRefusal = 'not_named' | 'escrow_refused' | 'rules_unknown' | 'nothing_left';

/** The plan is durable, and the same one when asked again. It begins at the next start, in a new room of the same host. */
export async function planInheritance(
  deps: InheritDeps,
  estate: Estate,
): Promise<Result<Inheritance, InheritRefusal>> {
  const { entries, checkpoint } = estate;
  const replayed = replayEntries(deps.games, entries);
  if (!replayed.ok) return err('rules_unknown', replayed.message ?? replayed.code);
  const { family, game, world, genesis } = replayed.value;
  const seed = deps.seeds.find((own) =>
    genesis.successors.some((key) => equalBytes(key, publicKeyFromSeed(own))),
  );
  if (!seed) return err('not_named', 'the genesis of that match does not name this authority as a successor');
  if (world.closed)
    return err('nothing_left', 'that match was played to its end: there is nothing to go on from');
  const secret = secretOf(estate.escrow, world, seed);
  if (!secret.ok) return secret;
  const opened = openLeft(game, world, { entries, secret: secret.value });
  const of = world.opening.world;
  const known = await deps.store.plan(deps.keys.signer.key, nonceOf(of));
  if (known) return ok({ plan: known, opened });
  const codes = new Set((await deps.store.rooms()).flatMap(({ code }) => code ?? []));
  const plan = heirPlan(deps, {
    ...{ of, before: genesis, game: family, name: deps.keys.name },
    parent: { checkpoint, state: stateHash(game, world) },
    room: {
      ...{ room: deps.random(ROOM_BYTES), host: genesis.host, visibility: 'unlisted' },
      ...{ cap: deps.random(CAP_BYTES), code: drawCode(deps.random, codes) },
    },
  });
  if (!plan.ok) return plan;
  await deps.store.prepare(plan.value);
  return ok({ plan: plan.value, opened });
}

/** What the lost authority committed to in its genesis says whether this is its secret. */
function secretOf(
  escrow: Bytes,
  { opening, genesisBytes }: World<unknown>,
  seed: Bytes,
): Result<Bytes, 'escrow_refused'> {
  const secret = openEscrow(escrow, worldIdOf(genesisBytes), seed);
  if (!secret.ok) return err('escrow_refused', `what lies in escrow cannot be opened (${secret.code})`);
  const { rand, authority } = opening.genesis;
  return equalBytes(diceCommit(secret.value, authority.key), rand)
    ? secret
    : err('escrow_refused', 'what lies in escrow is not the secret that the genesis is committed to');
}

/** A game whose lots are not due after so much passing of time has none. */
const MOST_TURNS = 64;

/** Lets time pass on a copy until a lot is to be opened: no more of it than its authority would have let pass. */
function openLeft(
  game: AnyRulesGame,
  world: World<unknown>,
  { entries, secret }: { readonly entries: readonly Bytes[]; readonly secret: Bytes },
): Inheritance['opened'] {
  const sealed = sealedIn(entries);
  let state: unknown = game.decode(game.encode(world.state));
  if (world.paused) state = game.apply(state, { kind: 'resume', at: world.at });
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const owed = game.owes(state).find(({ act, lot }) => act === 'unseal' && lot !== undefined);
    if (owed?.lot !== undefined) {
      const supply = { sealed: sealed.get(owed.lot) ?? [] };
      const drafts = game.unseal(state, owed, deriveSecret(secret, owed.what, owed.index), supply);
      return drafts.filter((draft) => draft.kind === 'lot');
    }
    const due = game.due(state);
    if (due === undefined) return [];
    state = game.apply(state, { kind: 'time', at: Math.max(due, world.at) });
  }
  return [];
}

function sealedIn(entries: readonly Bytes[]): ReadonlyMap<number, readonly SealedIntent[]> {
  const lots = new Map<number, SealedIntent[]>();
  for (const [index, bytes] of entries.entries()) {
    const sealed = sealedInEntry(bytes, index);
    if (sealed) addSealed(lots, sealed);
  }
  return lots;
}
