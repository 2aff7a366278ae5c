/** Brings what a deal needs from outside: asked for once, durable before anything is committed to it, found again after a crash. */
import { hexToBytes } from '@fairground/ledger';
import { type Owed, deriveSecret } from '@fairground/rules';
import type { Committer } from '../log/committer.ts';
import type { Clock, Log, Supplier, SupplyRequest } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';
import type { LiveWorld } from './live.ts';

export interface SupplyDeps {
  readonly store: Pick<LogStore, 'putSupply'>;
  readonly suppliers: Readonly<Record<string, Supplier>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly committer: Pick<Committer, 'collecting' | 'schedule'>;
}

const retryMs = 2000;

export function supplyKey({ what, index }: Pick<Owed, 'what' | 'index'>): string {
  return `${what}/${index}`;
}

/**
 * Resolves when the world may be driven again. What fails (a supplier, our own disk) is tried again until the world has gone on without
 * it: the rules void what is not dealt in time.
 */
export async function fetchSupply(deps: SupplyDeps, live: LiveWorld, owed: Owed): Promise<void> {
  const { what, index, needs } = owed;
  const supplier = needs && deps.suppliers[needs.kind];
  if (!supplier) throw new Error(`no supplier of ${needs?.kind ?? 'nothing'} is registered`);
  const given = await supplier.supply(toRequest(live, owed));
  if (!given.ok) throw new Error(given.message ?? given.code);
  await deps.store.putSupply(live.world, { what, index, value: given.value });
  live.supplies.set(supplyKey(owed), given.value);
}

/**
 * Once a world at a time, and only when what it is owed for is durable: else another history of the world would find what was given to
 * this one. `again` drives the world.
 */
export function startSupply(deps: SupplyDeps, live: LiveWorld, owed: Owed, again: () => void): void {
  if (live.isSupplying) return;
  live.isSupplying = true;
  const done = () => supplyNow(deps, live, owed, again);
  deps.committer.collecting.outcomes.push({ world: live.world, done, undone: () => {} });
  deps.committer.schedule();
}

function supplyNow(deps: SupplyDeps, live: LiveWorld, owed: Owed, again: () => void): void {
  fetchSupply(deps, live, owed).then(
    () => {
      live.isSupplying = false;
      again();
    },
    (fault: unknown) => {
      deps.log.warn({ fault, world: live.id, what: owed.what }, 'a supply failed and is tried again');
      deps.clock.setTimer(retryMs, () => {
        live.isSupplying = false;
        again();
      });
    },
  );
}

function toRequest(live: LiveWorld, { what, index, needs }: Owed): SupplyRequest {
  return {
    world: live.world,
    request: needs?.request ?? null,
    players: [...live.replay.heads.keys()].flatMap((key) => hexToBytes(key) ?? []),
    seed: deriveSecret(live.secret, `supply/${what}`, index),
  };
}
