/** What people said where there was nothing to choose from, once it may be told. */
import { kindOf } from './kinds.ts';
import { shareOf } from './judge.ts';
import type { Question, State } from './state.ts';

export interface SaidCount {
  readonly said: string | number;
  readonly count: number;
  /** Of a thousand. */
  readonly share: number;
}

const SHOWN = 12;

/** Estimates: the nearest first; words: what most said first. */
export function saidByMost(state: State, question: Question): { readonly said?: readonly SaidCount[] } {
  const kind = question.ask && kindOf(question.ask);
  if (kind !== 'text' && kind !== 'number') return {};
  const counts = [...countsOf(state, question).values()];
  const sorted = counts.sort((a, b) =>
    kind === 'number'
      ? b.share - a.share || Number(a.said) - Number(b.said)
      : b.count - a.count || b.share - a.share,
  );
  return { said: sorted.slice(0, SHOWN) };
}

function countsOf(state: State, question: Question): ReadonlyMap<string | number, SaidCount> {
  const index = state.questions.indexOf(question);
  const counts = new Map<string | number, SaidCount>();
  for (const { turns } of state.seats) {
    const turn = turns[index];
    const said = turn?.said;
    if (!turn || (typeof said !== 'string' && typeof said !== 'number')) continue;
    const known = counts.get(said);
    counts.set(said, { said, count: (known?.count ?? 0) + 1, share: shareOf(question, turn) });
  }
  return counts;
}
