/** What everybody who plays in a run shares. */
import type { Network } from '../network/network.ts';
import type { Chance } from '../runtime/chance.ts';
import type { Loop } from '../runtime/loop.ts';
import type { Watch } from '../watch/watch.ts';

export interface Stage {
  readonly seed: number;
  readonly loop: Loop;
  readonly network: Network;
  readonly watch: Watch;
  chanceOf(label: string): Chance;
}

export const relayUrl = 'http://relay.sim';
export const relayName = 'relay.sim';
