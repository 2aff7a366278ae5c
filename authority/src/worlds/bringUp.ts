/** A world that an earlier build began, whose game has a version since then that takes its state over: its log says so, and goes on by that. */
import { type UpgradeEntry, bytesToHex, encodeEntry, makeUpgrade, needsState } from '@fairground/ledger';
import type { Clock, Log } from '../ports.ts';
import { type AppendDeps, appendBytes, appendState } from './append.ts';
import type { LiveWorld } from './live.ts';

export interface BringUpDeps {
  readonly driving: AppendDeps & { readonly clock: Clock };
  readonly log: Log;
}

/** One `upgrade` for each version; a version that cannot take this state over leaves the world to the rules it has. */
export function bringUp(deps: BringUpDeps, live: LiveWorld): void {
  const { driving } = deps;
  const { replay } = live;
  while (!live.halted && !replay.closed) {
    const now = driving.clock.now();
    if (needsState(replay) && !appendState(driving, live, now)) return;
    const entry = tryUpgrade(deps, live, now);
    if (!entry || !appendBytes(driving, live, encodeEntry(entry))) return;
  }
}

function tryUpgrade({ log }: BringUpDeps, live: LiveWorld, now: number): UpgradeEntry | undefined {
  try {
    return makeUpgrade(live.family, live.replay, now);
  } catch (fault) {
    const { version } = live.replay;
    log.error(
      { fault, world: bytesToHex(live.world), version },
      'a world could not be brought to the next version',
    );
    return undefined;
  }
}
