/** What an entry does to a match. */
import { type Entry, type Intent, RulesFault, type RevealEntry } from '@fairground/ledger';
import { applyShare } from '../dice/draw.ts';
import { applyAnswer, applyHere, applySightings } from './answer.ts';
import { applyCommit, applyDrawDice, applyDrawLock } from './dealing.ts';
import { applyClaim, applyKick, applyNext, applySkip, hearHost, makeHost } from './host.ts';
import type { Body } from './intents.ts';
import { applyJoin, applyLeave } from './join.ts';
import { applyConfigure, applyReady, applyStart, applyTeam } from './lobby.ts';
import { shut } from './phases.ts';
import { applyPause, applyResume } from './rest.ts';
import { applyAnswerReveal, applyAsk, applyKey, applyLot } from './reveal.ts';
import { seatOf, type State } from './state.ts';
import { advance, pause, resume } from './time.ts';
import { applyVote } from './votes.ts';
import { applyWager } from './wager.ts';

/** Changes the state it is given and returns it. Throws `RulesFault` on an entry that the rules do not allow the authority. */
export function apply(state: State, entry: Entry<Body>): State {
  applyEntry(state, entry);
  return state;
}

/** While the match stands still nothing of it is dealt or opened. */
const notInRest: ReadonlySet<Entry<Body>['kind']> = new Set(['commit', 'lock', 'key', 'reveal']);

function applyEntry(state: State, entry: Entry<Body>): void {
  if (state.rest && notInRest.has(entry.kind)) throw new RulesFault('resting', entry.kind);
  switch (entry.kind) {
    case 'time':
      return advance(state, entry.at);
    case 'intent':
      return applyIntent(state, entry.intent);
    case 'seen':
      return applySightings(state, entry.seen);
    case 'commit':
      return applyCommit(state, entry);
    case 'lock':
      return applyDrawLock(state, entry);
    case 'key':
      return applyKey(state, entry);
    case 'reveal':
      return applyReveal(state, entry);
    case 'lot':
      return applyLot(state, entry);
    case 'pause':
      return pause(state, entry.at);
    case 'resume':
      return resume(state, entry.at);
    case 'think':
      throw new RulesFault('think_unexpected');
  }
}

function applyReveal(state: State, entry: RevealEntry): void {
  switch (entry.what) {
    case 'dice':
      return applyDrawDice(state, entry);
    case 'ask':
      return applyAsk(state, entry);
    case 'answer':
      return applyAnswerReveal(state, entry);
    default:
      throw new RulesFault('reveal_unexpected', entry.what);
  }
}

function applyIntent(state: State, { body, ...rest }: Intent<Body>): void {
  const seat = seatOf(state, rest.key);
  hearHost(state, rest.key);
  switch (body.kind) {
    case 'join':
      return applyJoin(state, { ...rest, body });
    case 'configure':
      return applyConfigure(state, body);
    case 'start':
      return applyStart(state);
    case 'next':
      return applyNext(state);
    case 'pause':
      return applyPause(state, rest.key, body);
    case 'resume':
      return applyResume(state);
    case 'skip':
      return applySkip(state);
    case 'lock':
      state.locked = body.locked;
      return;
    case 'kick':
      return applyKick(state, body);
    case 'handover':
      return makeHost(state, body.to);
    case 'here':
      return seat && applyHere(state, seat, body);
    case 'claim':
      return seat && applyClaim(state, seat);
    case 'team':
      return seat && applyTeam(state, seat, body);
    case 'wager':
      return seat && applyWager(state, seat, { ...rest, body });
    case 'close':
      return shut(state);
    case 'share':
      if (state.draw) state.draw = applyShare(state.draw, rest.key, body, state.now);
      return;
    case 'leave':
      return seat && applyLeave(state, seat);
    case 'ready':
      return seat && applyReady(state, seat, body);
    case 'answer':
      return seat && applyAnswer(state, seat, { ...rest, body });
    case 'vote':
      return seat && applyVote(state, seat, { ...rest, body });
  }
}
