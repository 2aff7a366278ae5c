/**
 * Whose connection is out, as far as rules can know: whoever was asked, has not answered, and whose device does not say that it is here
 * although it says so unasked when it can.
 */
import type { Question, Seat, State } from './state.ts';

/** The reveal waits for it: not heard in this question, but in the one before that it was asked. */
export function isAbsent(state: State, question: Question, seat: Seat): boolean {
  const index = state.questions.indexOf(question);
  return isSilent(question, seat, index) && wasHeard(state, seat, index);
}

/** Asked, still seated, and nothing came of it in this question. */
export function isSilent(question: Question, seat: Seat, index: number): boolean {
  return seat.present && seat.turns[index]?.entry === -1 && !question.here.has(seat.number);
}

/** Its device owes a word: the window is closed, the lot is not opened, and the host wants the reveal to wait. */
export function owesWord(state: State, seat: Seat): boolean {
  const question = state.questions[state.current];
  const isCollecting = state.phase === 'closing' && question !== undefined && !question.sk;
  return isCollecting && (state.config.waitMs ?? 0) > 0 && isSilent(question, seat, state.current);
}

/** Nobody waits twice in a row for who was not there the first time. */
function wasHeard({ questions }: State, seat: Seat, index: number): boolean {
  for (let before = index - 1; before >= 0; before--) {
    const turn = seat.turns[before];
    const question = questions[before];
    if (turn && question?.outcome === 'revealed') return turn.entry !== -1 || question.here.has(seat.number);
  }
  return true;
}
