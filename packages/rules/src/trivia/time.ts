/** What happens by itself: deadlines, and how a pause moves them. */
import type { Millis } from '@fairground/ledger';
import { AUTHORITY_MS, restartDraw } from '../dice/draw.ts';
import { drawDue } from '../dice/drafts.ts';
import { settleClaim } from './host.ts';
import { closeIfAllAnswered, closeQuestion, closeWager, finish, goOn, shut, voidQuestion } from './phases.ts';
import { restEnds } from './rest.ts';
import { currentQuestion, type Question, type Rest, type State } from './state.ts';

/** When time must be let pass next: the next moment at which something changes or falls due. */
export function due(state: State): Millis | undefined {
  if (state.pausedAt !== undefined) return undefined;
  const next = state.rest ? restEnds(state.rest) : phaseDue(state);
  const claim = claimDue(state);
  if (claim === undefined) return next;
  return next === undefined ? claim : Math.min(claim, next);
}

function claimDue({ claim, phase }: State): Millis | undefined {
  return claim && !claim.answered && phase !== 'closed' ? claim.until : undefined;
}

function phaseDue(state: State): Millis | undefined {
  const question = currentQuestion(state);
  switch (state.phase) {
    case 'drawing':
      return state.draw && drawDue(state.draw);
    case 'open':
      return question?.closesAt;
    case 'closing':
      return question && state.now < question.revealFrom ? question.revealFrom : state.by;
    case 'revealed':
      return question?.nextAt;
    case 'closed':
      return undefined;
    case 'lobby':
    case 'dealing':
    case 'wager':
    case 'asking':
    case 'over':
      return state.by;
  }
}

/** Ends because every step changes the phase, the round of the draw or the question, and each of them only goes forward. */
export function advance(state: State, at: Millis): void {
  state.now = at;
  const claim = claimDue(state);
  if (claim !== undefined && at >= claim) settleClaim(state);
  if (state.rest && at >= restEnds(state.rest)) endRest(state, restEnds(state.rest));
  while (isDue(state)) passDeadline(state);
}

function isDue(state: State): boolean {
  if (state.rest) return false;
  if (state.phase === 'closing') return state.now >= state.by;
  const next = phaseDue(state);
  return next !== undefined && state.now >= next;
}

/** At the moment when it was to end, however late that is noticed. */
function endRest(state: State, at: Millis): void {
  const gap = at - (state.rest?.since ?? at);
  delete state.rest;
  shiftAll(state, gap, at);
  closeIfAllAnswered(state);
}

function passDeadline(state: State): void {
  switch (state.phase) {
    case 'lobby':
      finish(state, 'abandoned');
      return shut(state);
    case 'dealing':
      return finish(state, 'authority_default');
    case 'drawing':
      return redraw(state);
    case 'wager':
      return passWager(state);
    case 'asking':
    case 'closing':
      return voidQuestion(state);
    case 'open':
      return closeQuestion(state);
    case 'revealed':
      return goOn(state);
    case 'over':
      return shut(state);
    case 'closed':
  }
}

/** Without a key there is nothing to stake with. */
function passWager(state: State): void {
  if (currentQuestion(state)?.pk) closeWager(state);
  else voidQuestion(state);
}

/** Shares that are missing are left out and the draw begins again; without the authority's part there is no match. */
function redraw(state: State): void {
  const restarted = state.draw && restartDraw(state.draw, state.now);
  if (!restarted) return finish(state, 'authority_default');
  state.draw = restarted;
}

export function pause(state: State, at: Millis): void {
  state.pausedAt = at;
}

/** Game time stood still: everything open moves by the gap, and a question that was being answered collects once more. */
export function resume(state: State, at: Millis): void {
  const gap = at - (state.pausedAt ?? at);
  delete state.pausedAt;
  state.now = at;
  if (state.claim) state.claim = { ...state.claim, at: state.claim.at + gap, until: state.claim.until + gap };
  if (state.rest) shiftRest(state, state.rest, gap);
  shiftAll(state, gap, at);
}

function shiftRest(state: State, { until, ...rest }: Rest, gap: Millis): void {
  const since = rest.since + gap;
  state.rest = { ...rest, since, ...(until === undefined ? {} : { until: until + gap }) };
}

function shiftAll(state: State, gap: Millis, at: Millis): void {
  state.by += gap;
  if (state.draw) state.draw = { ...state.draw, by: state.draw.by + gap };
  const question = currentQuestion(state);
  if (!question) return;
  shiftQuestion(question, gap);
  if (state.phase !== 'closing' || question.sk) return;
  question.revealFrom = Math.max(question.revealFrom, at + state.config.graceMs);
  state.by = Math.max(state.by, question.revealFrom + AUTHORITY_MS);
}

function shiftQuestion(question: Question, gap: Millis): void {
  question.openedAt += gap;
  question.closesAt += gap;
  question.revealFrom += gap;
  question.nextAt += gap;
}
