/** A world whose rules failed stands still; why, and in which state, is kept for whoever mends it. The other worlds go on. */
import { type Bytes, encodeWorld } from '@fairground/ledger';
import type { Clock, Log } from '../ports.ts';
import type { LiveWorld, Slot } from './live.ts';
import { type LoadDeps, loadWorld } from './load.ts';

export interface HaltDeps extends LoadDeps {
  readonly slots: ReadonlyMap<string, Slot>;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when everything that was collected is durable. */
  settled(): Promise<void>;
}

const nothing = new Uint8Array(0);

export function haltWorld(
  deps: HaltDeps,
  live: LiveWorld,
  code: string,
  message: string,
  entry: Bytes,
): void {
  if (live.halted) return;
  live.halted = { code, message, entry };
  live.cancelTimer?.();
  const slot = deps.slots.get(live.id);
  if (slot?.live === live) {
    slot.status = 'halted';
    slot.reason = `${code}: ${message}`;
  }
  for (const { again } of live.sightings.splice(0)) again();
  deps.log.error({ world: live.id, code, message }, 'the rules failed: this world stands still');
  void keepHalt(deps, live, { code, message, entry });
}

/** With the state after all that is in the log, which still replays. */
async function keepHalt(
  deps: HaltDeps,
  live: LiveWorld,
  why: { readonly code: string; readonly message: string; readonly entry: Bytes },
): Promise<void> {
  try {
    await deps.settled();
    const row = await deps.store.world(live.world);
    if (!row || row.size === 0) return;
    const loaded = await loadWorld(deps, row, live.room);
    const state = loaded.ok ? encodeWorld(loaded.value.game, loaded.value.replay) : nothing;
    await deps.store.putHalt(live.world, { ...why, index: row.size, state, at: deps.clock.now() });
  } catch (fault) {
    deps.log.error({ fault, world: live.id }, 'why this world stands still could not be stored');
  }
}
