/** How the questions of a match have fared, so that whoever supplied them knows which are hard. */
import type { Fared } from '../game.ts';
import { isJudged, isRight } from './judge.ts';
import type { State, Turn } from './state.ts';

/** Those that were revealed and of which something is right; of a void seal nobody knows what was meant. */
export function fared({ questions, seats }: State): readonly Fared[] {
  return questions.flatMap((question, index) => {
    const { outcome, answer } = question;
    if (outcome !== 'revealed' || !answer || answer.id === '' || !isJudged(question)) return [];
    const turns = seats.flatMap((seat) => seat.turns[index] ?? []).filter(isAnswer);
    const hits = turns.filter((turn) => isRight(question, turn)).length;
    return [{ id: answer.id, answered: turns.length, hits }];
  });
}

function isAnswer({ entry, choice }: Turn): boolean {
  return entry !== -1 && choice >= 0;
}
