/** What a device does for its person unasked: show its share of the dice, say that it is here. */
import type { Bytes } from '@fairground/ledger';
import { drawChores } from '../dice/drafts.ts';
import type { Viewer } from '../game.ts';
import { owesWord } from './absence.ts';
import { owesAnswer } from './host.ts';
import type { Body } from './intents.ts';
import { seatOf, type State } from './state.ts';

export function chores(state: State, { key }: Viewer, secret: Bytes): readonly Body[] {
  if (!key) return [];
  const seat = seatOf(state, key);
  return [
    ...drawChores(state.draw, key, secret),
    ...(state.claim && owesAnswer(state, key) ? [{ kind: 'here' as const, claim: state.claim.at }] : []),
    ...(seat && owesWord(state, seat) ? [{ kind: 'here' as const, lot: state.current }] : []),
  ];
}
