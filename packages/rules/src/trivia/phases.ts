/** How a match goes from one phase to the next. Each function is one step; who takes it, and when, is in time.ts and the intents. */
import { AUTHORITY_MS, openDraw } from '../dice/draw.ts';
import { isAbsent } from './absence.ts';
import { roundOf, windowOf } from './rounds.ts';
import { scoreQuestion } from './scoring.ts';
import { currentQuestion, LOBBY_MS, type Reason, type State } from './state.ts';

/** How long questions may take to be found. */
export const SUPPLY_MS = 120_000;
/** How long a stake may be thought about. */
export const WAGER_MS = 20_000;
/** A host who wants to go on by hand and does not: the match goes on without. */
export const HOST_ADVANCE_MS = 600_000;

export function stayInLobby(state: State): void {
  state.by = state.now + LOBBY_MS;
}

export function beginDealing(state: State): void {
  state.phase = 'dealing';
  state.by = state.now + SUPPLY_MS;
}

/** The dice come after the questions are committed to, so that no seed can choose among questions. */
export function beginDrawing(state: State): void {
  const present = state.seats.filter((seat) => seat.present);
  state.phase = 'drawing';
  state.draw = openDraw({
    world: state.world,
    authority: { who: state.authority, commit: state.rand },
    players: present.map(({ key, rand }) => ({ who: key, commit: rand })),
    now: state.now,
  });
}

/** Asks the next question, or ends the match after the last. */
export function goOn(state: State): void {
  if (state.current + 1 >= state.questions.length) return finish(state, 'finished');
  state.current += 1;
  state.phase = roundOf(state, state.current) === 'wager' ? 'wager' : 'asking';
  state.by = state.now + AUTHORITY_MS;
}

/** There is a key to seal stakes to. */
export function openWager(state: State): void {
  const question = currentQuestion(state);
  if (question) question.outstanding = state.presentCount;
  state.by = state.now + WAGER_MS;
}

/** What was not staked by now is not staked. */
export function closeWager(state: State): void {
  const question = currentQuestion(state);
  if (question) question.outstanding = 0;
  state.phase = 'asking';
  state.by = state.now + AUTHORITY_MS;
}

/** The question is out: everybody present is asked, the clock runs. */
export function openQuestion(state: State): void {
  const question = currentQuestion(state);
  if (!question) return;
  state.phase = 'open';
  question.openedAt = state.now;
  question.closesAt = state.now + windowOf(state, state.current);
  for (const seat of state.seats) {
    seat.sightings = 0;
    if (!seat.present) continue;
    while (seat.turns.length < state.current) seat.turns.push(null);
    seat.turns.push({ entry: -1, elapsedMs: 0, at: 0, choice: -1 });
  }
  question.askedCount = state.presentCount;
  question.outstanding = state.presentCount;
}

/** No grace when nobody is left to answer; some more of it when somebody is left who is not heard. */
export function closeQuestion(state: State): void {
  const question = currentQuestion(state);
  if (!question) return;
  const isEarly = question.outstanding === 0;
  state.phase = 'closing';
  question.closesAt = Math.min(question.closesAt, state.now);
  const { graceMs, waitMs = 0 } = state.config;
  if (waitMs > 0) question.missing = state.seats.filter((seat) => isAbsent(state, question, seat)).length;
  question.revealFrom = question.closesAt + (isEarly ? 0 : graceMs + (question.missing > 0 ? waitMs : 0));
  state.by = question.revealFrom + AUTHORITY_MS;
}

/** Whoever was waited for is heard, or has left. */
export function foundOne(state: State): void {
  const question = currentQuestion(state);
  if (!question || question.missing === 0) return;
  question.missing -= 1;
  if (question.missing === 0) waitNoMore(state);
}

/** The grace that everybody has is left. */
export function waitNoMore(state: State): void {
  const question = currentQuestion(state);
  if (!question) return;
  question.missing = 0;
  const graceEnds = question.closesAt + state.config.graceMs;
  question.revealFrom = Math.min(question.revealFrom, Math.max(graceEnds, state.now));
}

/** In the window: nobody who is present is left to answer. Nothing closes while the match stands still. */
export function closeIfAllAnswered(state: State): void {
  if (state.rest) return;
  const staked = state.phase === 'wager' && currentQuestion(state)?.pk !== undefined;
  if (staked && currentQuestion(state)?.outstanding === 0) return closeWager(state);
  if (state.phase !== 'open' && state.phase !== 'closing') return;
  const question = currentQuestion(state);
  if (question?.outstanding !== 0) return;
  if (state.phase === 'open') return closeQuestion(state);
  question.revealFrom = Math.min(question.revealFrom, state.now);
}

export function showResult(state: State): void {
  const question = currentQuestion(state);
  if (!question) return;
  state.phase = 'revealed';
  question.outcome = 'revealed';
  question.revealedAt = state.now;
  question.nextAt = state.now + (state.config.advance === 'host' ? HOST_ADVANCE_MS : state.config.revealMs);
  scoreQuestion(state, question);
}

/** The authority did not open it in time, or the host will not have it: worth nothing to anybody. */
export function voidQuestion(state: State): void {
  const question = currentQuestion(state);
  if (question) {
    question.outcome = 'void';
    question.locks.clear();
    question.sighted.clear();
    question.missing = 0;
    if (state.phase === 'wager') question.outstanding = 0;
  }
  goOn(state);
}

export function finish(state: State, reason: Reason): void {
  delete state.rest;
  state.phase = 'over';
  state.reason = reason;
  state.by = state.now + state.config.afterMs;
}

export function shut(state: State): void {
  state.phase = 'closed';
  state.by = state.now + AUTHORITY_MS;
}
