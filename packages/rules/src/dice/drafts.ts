/** What the authority and the devices do for a draw. */
import type { Bytes, Millis } from '@fairground/ledger';
import type { Draft, Owed } from '../game.ts';
import { type Draw, isShared, lockedCommits, owesShare } from './draw.ts';
import { diceOf, shareOf } from './secret.ts';

export interface ShareBody {
  readonly kind: 'share';
  readonly round: number;
  readonly nonce: Bytes;
  readonly secret: Bytes;
}

/** The lock, then, when all shares are in, the authority's own. */
export function drawOwes(draw: Draw): readonly Owed[] {
  if (draw.seed) return [];
  if (!draw.locked) return [{ act: 'deal', what: 'lock', index: draw.round, by: draw.by }];
  return isShared(draw) ? [{ act: 'unseal', what: 'dice', index: 0, by: draw.by }] : [];
}

export function lockDraft(draw: Draw): Draft {
  return { kind: 'lock', round: draw.round, commits: lockedCommits(draw) };
}

/** `secret` is the derived secret of `dice` 0. */
export function diceDraft(draw: Draw, secret: Bytes): Draft {
  const { nonce } = shareOf(secret);
  return { kind: 'reveal', what: 'dice', index: draw.round, nonce, value: secret };
}

/** Showing a share is a chore: no person is asked. */
export function drawChores(draw: Draw | undefined, who: Bytes, worldSecret: Bytes): readonly ShareBody[] {
  if (!draw || !owesShare(draw, who)) return [];
  return [{ kind: 'share', round: draw.round, ...diceOf(worldSecret) }];
}

/** When the draw must go on without whoever is late. */
export function drawDue(draw: Draw): Millis | undefined {
  return draw.seed ? undefined : draw.by;
}
