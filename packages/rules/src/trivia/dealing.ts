/** From the start to the first question: all questions are committed to, then the dice are drawn. */
import {
  type Bytes,
  type CommitEntry,
  type LockEntry,
  type RevealEntry,
  RulesFault,
} from '@fairground/ledger';
import { applyDice, applyLock } from '../dice/draw.ts';
import { questionCount } from './config.ts';
import { beginDrawing, finish, goOn } from './phases.ts';
import type { Question, State } from './state.ts';
import { drawTeams } from './teams.ts';

/** First what will be asked, then, as many, what is right. */
export function applyCommit(state: State, entry: CommitEntry): void {
  const isExpected =
    state.phase === 'dealing' && entry.from === 0 && entry.commits.length <= questionCount(state.config);
  if (!isExpected) throw new RulesFault('commit_unexpected');
  if (entry.what === 'ask' && state.dealt === undefined) {
    state.dealt = entry.commits;
    return;
  }
  const asks = state.dealt;
  if (entry.what !== 'answer' || asks?.length !== entry.commits.length)
    throw new RulesFault('commit_unexpected');
  delete state.dealt;
  state.questions = asks.flatMap((ask, i) => {
    const answer = entry.commits[i];
    return answer ? newQuestion(ask, answer) : [];
  });
  if (asks.length === 0) finish(state, 'no_questions');
  else beginDrawing(state);
}

export function applyDrawLock(state: State, entry: LockEntry): void {
  if (state.phase !== 'drawing' || !state.draw) throw new RulesFault('lock_unexpected');
  state.draw = applyLock(state.draw, entry, state.now);
}

export function applyDrawDice(state: State, entry: RevealEntry): void {
  if (state.phase !== 'drawing' || !state.draw) throw new RulesFault('dice_unexpected');
  state.draw = applyDice(state.draw, entry);
  drawTeams(state);
  goOn(state);
}

function newQuestion(askCommit: Bytes, answerCommit: Bytes): Question {
  return {
    askCommit,
    answerCommit,
    outcome: 'waiting',
    order: [],
    openedAt: 0,
    closesAt: 0,
    revealFrom: 0,
    revealedAt: 0,
    nextAt: 0,
    askedCount: 0,
    answeredCount: 0,
    outstanding: 0,
    locks: new Map(),
    sighted: new Map(),
    histogram: [],
    fastest: [],
    votes: new Map(),
    stakes: new Map(),
    here: new Set(),
    missing: 0,
  };
}
