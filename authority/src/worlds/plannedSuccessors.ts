/** Matches that an operator planned to go on from others while the authority was stopped. */
import { bytesToHex, checkpointIn, equalBytes, parseGenesis, worldOfOrigin } from '@fairground/ledger';
import type { AuthorityKeys, Log } from '../ports.ts';
import type { LogStore, WorldPlan } from '../store/ports.ts';
import type { Slot } from './live.ts';
import { successorOf } from './successor.ts';

interface PlannedDeps {
  readonly store: LogStore;
  readonly ring: AuthorityKeys;
  readonly log: Log;
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
}

/** Those that are not begun yet. Lost worlds that they go on from are closed, and sought no more. */
export async function plannedSuccessors(deps: PlannedDeps): Promise<readonly WorldPlan[]> {
  return [...(await endLost(deps)), ...(await inherited(deps))];
}

/** Matches that go on from another authority's, planned and not begun. */
async function inherited({ store, ring, slots }: PlannedDeps): Promise<readonly WorldPlan[]> {
  const plans: WorldPlan[] = [];
  for (const { world, size, genesis } of await store.worlds()) {
    const parsed = size === 0 ? parseGenesis(genesis) : undefined;
    const parent = parsed?.ok && !parsed.value.parent?.lost ? parsed.value.parent : undefined;
    const of = parent && worldOfOrigin(checkpointIn(parent.checkpoint)?.origin);
    const plan = of && (await successorOf({ store, keys: ring }, of));
    if (plan && equalBytes(plan.world, world) && !slots.has(bytesToHex(world))) plans.push(plan);
  }
  return plans;
}

/** Lost worlds that were ended by a successor are sought no more. Gives the successors that are not begun yet. */
async function endLost({ store, ring, slots, log }: PlannedDeps): Promise<readonly WorldPlan[]> {
  const plans: WorldPlan[] = [];
  for (const slot of slots.values()) {
    const plan =
      slot.status === 'recovering' ? await successorOf({ store, keys: ring }, slot.world) : undefined;
    if (!plan) continue;
    slot.status = 'closed';
    delete slot.lost;
    delete slot.reason;
    log.warn(
      { world: bytesToHex(slot.world), successor: bytesToHex(plan.world) },
      'this world was ended: its successor goes on',
    );
    if (!slots.has(bytesToHex(plan.world))) plans.push(plan);
  }
  return plans;
}
