/** A world that goes on under this authority's newest key: its log says so first. */
import { type RotateEntry, encodeEntry, equalBytes, needsState, rotationBytes } from '@fairground/ledger';
import { signerOf } from '../keys/keyRing.ts';
import type { AuthorityKeys, Clock } from '../ports.ts';
import { type AppendDeps, appendBytes, appendState } from './append.ts';
import type { LiveWorld } from './live.ts';

export interface HandOnDeps {
  readonly ring: AuthorityKeys;
  readonly driving: AppendDeps & { readonly clock: Clock };
}

/** Does nothing where the newest key signs already. The checkpoint of the `rotate` itself is the new key's. */
export function handOn({ ring, driving }: HandOnDeps, live: LiveWorld): void {
  const { replay, world } = live;
  const { signer: to } = ring;
  if (live.halted || replay.closed || equalBytes(replay.authorityKey, to.key)) return;
  const now = driving.clock.now();
  if (needsState(replay) && !appendState(driving, live, now)) return;
  const effectiveSize = replay.size + 1;
  const message = rotationBytes({ world, newKey: to.key, effectiveSize });
  const entry: RotateEntry = {
    ...{ kind: 'rotate', at: Math.max(now, replay.at), newKey: to.key, effectiveSize },
    sigOld: signerOf(ring, replay.authorityKey).signSync(message),
    sigNew: to.signSync(message),
  };
  appendBytes(driving, live, encodeEntry(entry));
}
