/** Tells the relay how the authority fares, for as long as a link is open. */
import type { StatsFrame } from '@fairground/protocol';
import type { Clock } from '../ports.ts';
import type { Outlet } from './outlet.ts';

export interface StatsTeller {
  /** Now, and again every few seconds. */
  tell(): void;
  stop(): void;
}

const everyMs = 5000;

export function createStatsTeller(
  { clock, outlet }: { readonly clock: Clock; readonly outlet: Pick<Outlet, 'isOpen' | 'send'> },
  read: () => StatsFrame,
): StatsTeller {
  let cancel = () => {};
  let isStopped = false;
  function tell(): void {
    cancel();
    if (isStopped || !outlet.isOpen) return;
    outlet.send(read());
    cancel = clock.setTimer(everyMs, tell);
  }
  return {
    tell,
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
