/** What happens by itself: deadlines, and how a pause moves them. */
import type { Millis } from '@fairground/ledger';
import { AUTHORITY_MS, restartDraw } from '../dice/draw.ts';
import { drawDue } from '../dice/drafts.ts';
import { closeQuestion, finish, goOn, shut, voidQuestion } from './phases.ts';
import { currentQuestion, type Question, type State } from './state.ts';

/** When time must be let pass next: the next moment at which something changes or falls due. */
export function due(state: State): Millis | undefined {
  if (state.pausedAt !== undefined) return undefined;
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
    case 'asking':
    case 'over':
      return state.by;
  }
}

/** Ends because every step changes the phase, the round of the draw or the question, and each of them only goes forward. */
export function advance(state: State, at: Millis): void {
  state.now = at;
  while (isDue(state)) passDeadline(state);
}

function isDue(state: State): boolean {
  if (state.phase === 'closing') return state.now >= state.by;
  const next = due(state);
  return next !== undefined && state.now >= next;
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
