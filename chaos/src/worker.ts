/** A process that plays the seeds that it is sent, one at a time. */
import { boot } from './boot.ts';

export interface Order {
  readonly seed: number;
  readonly shrinks: boolean;
}

/** Serves its parent until that is gone. */
export async function work(): Promise<void> {
  const playSeed = await boot();
  process.on('message', ({ seed, shrinks }: Order) => {
    void playSeed(seed, { shrinks }).then((played) => process.send?.({ ...played, cpuMs: cpuMs() }));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}
