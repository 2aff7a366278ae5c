/**
 * A world whose end was signed and is lost, and which nobody can bring back: its operator ends it by a successor with an origin of its
 * own, which names how far the lost one was signed and whose receipts are void (formats §7). The lost one is never signed again.
 */
import {
  type Bytes,
  type LostEnd,
  type LostReceipt,
  MAX_LOST_RECEIPTS,
  type Result,
  type SignedPair,
  equalBytes,
  err,
  ok,
  parseReceipt,
  replayEntries,
  signedBytes,
  stateHash,
  verifyEd25519Sync,
} from '@fairground/ledger';
import type { AnyRulesGame } from '@fairground/rules';
import type { Charter } from '../admission/create.ts';
import { ownKeys } from '../keys/keyRing.ts';
import { ownCheckpoint } from '../log/checkpointOf.ts';
import type { AuthorityKeys, Clock, Random } from '../ports.ts';
import type { Lock, LogStore, WorldPlan, WorldRow } from '../store/ports.ts';
import { heirPlan, nonceOf } from './heirPlan.ts';

export interface SuccessorDeps {
  readonly store: LogStore;
  readonly lock: Pick<Lock, 'read'>;
  readonly keys: AuthorityKeys;
  readonly games: readonly AnyRulesGame[];
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly charter: Charter;
}

/** Each with a sentence for the operator. */
export type SuccessorRefusal =
  | 'world_unknown'
  | 'nothing_lost'
  | 'room_unknown'
  | 'rules_unknown'
  | 'receipt_void'
  | 'too_many';

/**
 * The plan of the successor, durable; the same one when asked again. It begins at the next start, in the room of the lost one and with
 * its host. `receipts`: what players were given for the lost part.
 */
export async function planSuccessor(
  deps: SuccessorDeps,
  world: Bytes,
  receipts: readonly SignedPair[],
): Promise<Result<WorldPlan, SuccessorRefusal>> {
  const known = await successorOf(deps, world);
  if (known) return ok(known);
  const row = await deps.store.world(world);
  const signed = row && ownCheckpoint(row.checkpoint, ownKeys(deps.keys));
  if (!row || !signed?.ok)
    return err(
      'world_unknown',
      'this data folder holds no signed entry of that world: its host begins another match',
    );
  const locked = (await deps.lock.read()).find((one) => equalBytes(one.world, world));
  if (!locked || locked.size <= row.size)
    return err(
      'nothing_lost',
      'all of it that was signed is in the store: start the authority, and it goes on',
    );
  const named = readReceipts(ownKeys(deps.keys), receipts, {
    world,
    from: signed.value.size,
    to: locked.size,
  });
  if (!named.ok) return named;
  const lost: LostEnd = { size: locked.size, root: locked.root, receipts: named.value };
  const plan = await makePlan(deps, row, { size: signed.value.size, lost });
  if (plan.ok) await deps.store.prepare(plan.value);
  return plan;
}

/** What was planned for a world that is lost. */
export async function successorOf(
  { store, keys }: Pick<SuccessorDeps, 'store' | 'keys'>,
  world: Bytes,
): Promise<WorldPlan | undefined> {
  for (const key of ownKeys(keys)) {
    const plan = await store.plan(key, nonceOf(world));
    if (plan) return plan;
  }
  return undefined;
}

interface LostPart {
  readonly world: Bytes;
  readonly from: number;
  readonly to: number;
}

/** By index; two of one entry are two lies, or one receipt twice. */
function readReceipts(
  keys: readonly Bytes[],
  pairs: readonly SignedPair[],
  { world, from, to }: LostPart,
): Result<readonly LostReceipt[], 'receipt_void' | 'too_many'> {
  const byIndex = new Map<number, LostReceipt>();
  for (const { bytes, sig } of pairs) {
    const receipt = parseReceipt(bytes);
    const isOwn = keys.some((key) => verifyEd25519Sync(key, signedBytes('receipt', bytes), sig));
    if (!receipt.ok || !isOwn || !equalBytes(receipt.value.world, world))
      return err('receipt_void', 'a receipt is not of this world, or not signed by this authority');
    const { index, intentHash } = receipt.value;
    // What stands needs no word.
    if (index >= from && index < to) byIndex.set(index, { index, intentHash });
  }
  if (byIndex.size > MAX_LOST_RECEIPTS)
    return err(
      'too_many',
      `a match names ${MAX_LOST_RECEIPTS} receipts at most, and ${byIndex.size} were given: leave some out (a receipt that is not named is of the lost part all the same)`,
    );
  return ok([...byIndex.values()].toSorted((a, b) => a.index - b.index));
}

async function makePlan(
  deps: SuccessorDeps,
  row: WorldRow,
  { size, lost }: { readonly size: number; readonly lost: LostEnd },
): Promise<Result<WorldPlan, SuccessorRefusal>> {
  const { store } = deps;
  const replayed = replayEntries(deps.games, await store.entries(row.world, 0, size));
  if (!replayed.ok || replayed.value.world.size !== size)
    return err('rules_unknown', `its rules (${row.game} ${row.version}) are not in this build`);
  const room = (await store.rooms()).find((one) => equalBytes(one.room, row.room));
  if (!room) return err('room_unknown', 'the room of that world is not in this data folder');
  const { family, world, genesis: before } = replayed.value;
  const parent = { checkpoint: row.checkpoint, state: stateHash(family, world), lost };
  return heirPlan(deps, { parent, of: row.world, before, game: family, name: before.authority.name, room });
}
