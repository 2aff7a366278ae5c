/** Feedback on questions, from their reveal until the match is shut. */
import type { Intent } from '@fairground/ledger';
import type { BodyOf, VoteWord } from './intents.ts';
import type { RefusalCode } from './refusals.ts';
import type { Question, Seat, State, Vote } from './state.ts';

export function checkVote(state: State, { question }: BodyOf<'vote'>): RefusalCode | undefined {
  if (state.phase === 'closed') return 'match_over';
  return state.questions[question]?.outcome === 'revealed' ? undefined : 'not_revealed';
}

/** A seat's last vote counts. */
export function applyVote(state: State, seat: Seat, { at, body }: Intent<BodyOf<'vote'>>): void {
  const question = state.questions[body.question];
  question?.votes.set(seat.number, { vote: body.vote, latencyMs: Math.max(0, at - question.revealedAt) });
}

/** A question on which a seat may still say what it thinks of it. */
export interface RateableQuestion {
  readonly index: number;
  readonly text: string;
  readonly language?: string;
  readonly myVote?: VoteWord;
}

/** Once the match is over, those that were revealed: for who still has a seat, until it is shut. */
export function rateableQuestions(state: State, me: Seat): readonly RateableQuestion[] {
  return state.questions.flatMap(({ outcome, ask, votes }, index) => {
    if (outcome !== 'revealed' || !ask) return [];
    const myVote = votes.get(me.number)?.vote;
    const { text, language } = ask;
    return [{ index, text, ...(language === undefined ? {} : { language }), ...(myVote ? { myVote } : {}) }];
  });
}

export function countVotes({ votes }: Question): Record<Vote['vote'], number> {
  const counts = { up: 0, down: 0, flag: 0 };
  for (const { vote } of votes.values()) counts[vote] += 1;
  return counts;
}
