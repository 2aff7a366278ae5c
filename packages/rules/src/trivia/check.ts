/** Whether an intent is allowed now. */
import type { Intent, Refusal } from '@fairground/ledger';
import { checkShare } from '../dice/draw.ts';
import { checkAnswer } from './answer.ts';
import type { Body, BodyOf } from './intents.ts';
import { checkJoin, isHost } from './join.ts';
import { checkConfigure, checkReady, checkStart } from './lobby.ts';
import type { RefusalCode } from './refusals.ts';
import { seatOf, type State } from './state.ts';
import { checkVote } from './votes.ts';

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
    case 'leave':
    case 'ready':
    case 'share':
    case 'answer':
    case 'vote':
      return checkSeated(state, { ...rest, body });
  }
}

type Seated = BodyOf<'leave' | 'ready' | 'share' | 'answer' | 'vote'>;

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
  }
}

function checkNext(state: State, key: Intent<Body>['key']): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  return state.phase === 'revealed' ? undefined : 'not_now';
}

function checkClose(state: State, key: Intent<Body>['key']): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  return state.phase === 'over' ? undefined : 'not_over';
}
