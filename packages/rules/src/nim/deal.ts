/** What the authority owes a match of nim: its part of the dice, and the end. */
import type { Bytes } from '@fairground/ledger';
import { diceDraft, drawOwes, lockDraft } from '../dice/drafts.ts';
import type { Draft, Owed } from '../game.ts';
import type { NimState } from './state.ts';

export function nimOwes(state: NimState): readonly Owed[] {
  if (state.pausedAt !== undefined) return [];
  if (state.phase === 'drawing' && state.draw) return drawOwes(state.draw);
  return state.phase === 'over' ? [{ act: 'deal', what: 'close', index: 0, by: state.now }] : [];
}

export function dealNim(state: NimState, { what }: Owed): readonly Draft[] {
  if (what === 'close') return [{ kind: 'close', reason: state.reason ?? 'last_stone' }];
  return what === 'lock' && state.draw ? [lockDraft(state.draw)] : [];
}

export function unsealNim(state: NimState, { what }: Owed, secret: Bytes): readonly Draft[] {
  return what === 'dice' && state.draw ? [diceDraft(state.draw, secret)] : [];
}
