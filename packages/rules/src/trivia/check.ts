/** Whether an intent is allowed now. */
import type { Intent, Refusal } from '@fairground/ledger';
import { checkShare } from '../dice/draw.ts';
import { checkAnswer } from './answer.ts';
import type { Body, BodyOf } from './intents.ts';
import { checkClaim, checkDoor, checkHandover, checkKick, checkNext, checkSkip } from './host.ts';
import { checkJoin, isHost } from './join.ts';
import { checkConfigure, checkReady, checkStart, checkTeam } from './lobby.ts';
import type { RefusalCode } from './refusals.ts';
import { checkPause, checkResume } from './rest.ts';
import { seatOf, type State } from './state.ts';
import { checkVote } from './votes.ts';
import { checkWager } from './wager.ts';

export function check(state: State, intent: Intent<Body>): Refusal | undefined {
  const code = refusalOf(state, intent);
  return code === undefined ? undefined : { code };
}

function refusalOf(state: State, { body, ...rest }: Intent<Body>): RefusalCode | undefined {
  const { key } = rest;
  switch (body.kind) {
    case 'join':
      return checkJoin(state, { ...rest, body });
    case 'configure':
      return checkConfigure(state, key, body);
    case 'start':
      return checkStart(state, key);
    case 'next':
      return checkNext(state, key);
    case 'close':
      return checkClose(state, key);
    case 'pause':
      return checkPause(state, key);
    case 'resume':
      return checkResume(state, key);
    case 'skip':
      return checkSkip(state, key);
    case 'lock':
      return checkDoor(state, key);
    case 'kick':
      return checkKick(state, key, body);
    case 'handover':
      return checkHandover(state, key, body);
    case 'here':
      return checkHere(state, key);
    case 'leave':
    case 'ready':
    case 'share':
    case 'answer':
    case 'vote':
    case 'claim':
    case 'team':
    case 'wager':
      return checkSeated(state, { ...rest, body });
  }
}

type Seated = BodyOf<'leave' | 'ready' | 'share' | 'answer' | 'vote' | 'claim' | 'team' | 'wager'>;

function checkSeated(state: State, { body, ...rest }: Intent<Seated>): RefusalCode | undefined {
  const seat = seatOf(state, rest.key);
  if (!seat?.present) return 'not_seated';
  if (state.phase === 'closed') return 'match_over';
  switch (body.kind) {
    case 'leave':
      return undefined;
    case 'ready':
      return checkReady(state);
    case 'share':
      return checkShare(state.draw, rest.key, body);
    case 'answer':
      return checkAnswer(state, seat, { ...rest, body });
    case 'vote':
      return checkVote(state, body);
    case 'claim':
      return checkClaim(state, seat);
    case 'team':
      return checkTeam(state, body);
    case 'wager':
      return checkWager(state, seat, { ...rest, body });
  }
}

/** A host need not have a seat. */
function checkHere(state: State, key: Intent<Body>['key']): RefusalCode | undefined {
  if (state.phase === 'closed') return 'match_over';
  return isHost(state, key) || seatOf(state, key)?.present ? undefined : 'not_seated';
}

function checkClose(state: State, key: Intent<Body>['key']): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  return state.phase === 'over' ? undefined : 'not_over';
}
