/** Worlds whose mail the authority cannot take now: it is handed over again, ever less often, until one of it is answered. */
import type { Clock } from '../ports.ts';

export interface HeldWorlds {
  /** The authority cannot take mail for it, for so long if it said so. */
  hold(world: string, retryAfterMs?: number): void;
  /** Mail for it was answered. True if it was held. */
  release(world: string): boolean;
  close(): void;
}

interface Hold {
  readonly attempts: number;
  /** Undefined while what was handed over again is on its way. */
  cancel: (() => void) | undefined;
}

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

export function createHeldWorlds(clock: Clock, handOver: (world: string) => void): HeldWorlds {
  const holds = new Map<string, Hold>();
  return {
    hold(world, retryAfterMs = 0) {
      const known = holds.get(world);
      if (known?.cancel) return;
      const attempts = known?.attempts ?? 0;
      const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempts, 10));
      const hold: Hold = { attempts: attempts + 1, cancel: undefined };
      holds.set(world, hold);
      hold.cancel = clock.setTimer(Math.max(backoff, retryAfterMs), () => {
        hold.cancel = undefined;
        handOver(world);
      });
    },
    release(world) {
      holds.get(world)?.cancel?.();
      return holds.delete(world);
    },
    close() {
      for (const { cancel } of holds.values()) cancel?.();
      holds.clear();
    },
  };
}
