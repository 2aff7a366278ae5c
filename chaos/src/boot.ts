/** Takes time and chance away from this process, and only then loads what is simulated. */
import { createChance } from './runtime/chance.ts';
import { installGlobals, rule, settle } from './runtime/globals.ts';
import { createLoop } from './runtime/loop.ts';

export async function boot() {
  installGlobals();
  rule(createLoop({ startAt: 0, trace: () => {}, check: () => {}, settle }), createChance(0, 'boot'));
  // Each document that is open listens for the end of the process.
  process.setMaxListeners(0);
  const { playSeed } = await import('./run/playSeed.ts');
  return playSeed;
}
