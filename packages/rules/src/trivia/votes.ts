/** Feedback on questions, from their reveal until the match is shut. */
import type { Intent } from '@fairground/ledger';
import type { BodyOf } from './intents.ts';
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

export function countVotes({ votes }: Question): Record<Vote['vote'], number> {
  const counts = { up: 0, down: 0, flag: 0 };
  for (const { vote } of votes.values()) counts[vote] += 1;
  return counts;
}
