/** How a match goes from one phase to the next. Each function is one step; who takes it, and when, is in time.ts and the intents. */
import { AUTHORITY_MS, openDraw } from '../dice/draw.ts';
import { scoreQuestion } from './scoring.ts';
import { currentQuestion, LOBBY_MS, type Reason, type State } from './state.ts';

/** How long questions may take to be found. */
export const SUPPLY_MS = 120_000;

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
  state.phase = 'asking';
  state.by = state.now + AUTHORITY_MS;
}

/** The question is out: everybody present is asked, the clock runs. */
export function openQuestion(state: State): void {
  const question = currentQuestion(state);
  if (!question) return;
  state.phase = 'open';
  question.openedAt = state.now;
  question.closesAt = state.now + state.config.windowMs;
  for (const seat of state.seats) {
    seat.sightings = 0;
    if (!seat.present) continue;
    while (seat.turns.length < state.current) seat.turns.push(null);
    seat.turns.push({ entry: -1, elapsedMs: 0, at: 0, choice: -1 });
  }
  question.askedCount = state.presentCount;
  question.outstanding = state.presentCount;
}

/** No grace when nobody is left to answer. */
export function closeQuestion(state: State): void {
  const question = currentQuestion(state);
  if (!question) return;
  const isEarly = question.outstanding === 0;
  state.phase = 'closing';
  question.closesAt = Math.min(question.closesAt, state.now);
  question.revealFrom = question.closesAt + (isEarly ? 0 : state.config.graceMs);
  state.by = question.revealFrom + AUTHORITY_MS;
}

/** In the window: nobody who is present is left to answer. */
export function closeIfAllAnswered(state: State): void {
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
  question.nextAt = state.now + state.config.revealMs;
  scoreQuestion(state, question);
}

/** The authority did not open it in time: worth nothing to anybody. */
export function voidQuestion(state: State): void {
  const question = currentQuestion(state);
  if (question) {
    question.outcome = 'void';
    question.locks.clear();
    question.sighted.clear();
  }
  goOn(state);
}

export function finish(state: State, reason: Reason): void {
  state.phase = 'over';
  state.reason = reason;
  state.by = state.now + state.config.afterMs;
}

export function shut(state: State): void {
  state.phase = 'closed';
  state.by = state.now + AUTHORITY_MS;
}
