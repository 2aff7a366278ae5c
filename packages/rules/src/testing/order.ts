/** What must hold of every state of trivia that can be reached; a sentence for each thing that does not. */
import { trivia, type TriviaState } from '../trivia/index.ts';

type Question = TriviaState['questions'][number];

export function disorderOf(state: TriviaState): readonly string[] {
  const present = state.seats.filter((seat) => seat.present).length;
  const copy = trivia.decode(trivia.encode(state));
  const faults: readonly (readonly [what: string, isSound: boolean])[] = [
    ['presentCount', state.presentCount === present && copy.presentCount === present],
    ['seats', present <= state.config.seats],
    ['numbers', state.seats.every(({ number }, i) => number === i)],
    ['names', sameEntries(copy.numberByName, state.numberByName)],
    ['keys', sameEntries(copy.numberById, state.numberById)],
    ['turns', state.seats.every(({ turns }) => turns.length <= state.questions.length)],
  ];
  const questions = state.questions.flatMap((question, index) => questionFaults(state, question, index));
  return [...faults.flatMap(([what, isSound]) => (isSound ? [] : [what])), ...questions];
}

function questionFaults(state: TriviaState, question: Question, index: number): readonly string[] {
  const turns = state.seats.flatMap((seat) => seat.turns[index] ?? []);
  const waiting = state.seats.filter((seat) => isWaitedFor(state, question, index, seat)).length;
  const isOpened = question.outcome === 'revealed' && question.locks.size === 0;
  const faults: readonly (readonly [what: string, isSound: boolean])[] = [
    ['asked', turns.length === question.askedCount],
    ['answered', turns.filter(({ entry }) => entry !== -1).length === question.answeredCount],
    ['outstanding', index !== state.current || question.outstanding === waiting],
    ['unopened', !isOpened || turns.every(({ entry, choice }) => (entry === -1) === (choice === -1))],
    ['missing', question.missing <= Math.max(0, question.outstanding)],
  ];
  return faults.flatMap(([what, isSound]) => (isSound ? [] : [`${what} of question ${index}`]));
}

function isWaitedFor(
  { phase }: TriviaState,
  { pk, stakes }: Question,
  index: number,
  { present, number, turns }: TriviaState['seats'][number],
): boolean {
  if (!present) return false;
  return phase === 'wager' ? pk !== undefined && !stakes.has(number) : turns[index]?.entry === -1;
}

function sameEntries(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
