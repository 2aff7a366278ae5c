/** Opening what was committed to and sealed: the question, the answers, and what is right. */
import {
  type Bytes,
  type Cbor,
  dealCommit,
  equalBytes,
  type KeyEntry,
  type LotEntry,
  lotKeyPair,
  type LotOpening,
  type RevealEntry,
  RulesFault,
  sealCommit,
  shuffled,
} from '@fairground/ledger';
import { openQuestion, openWager, showResult } from './phases.ts';
import { Answer, Ask } from './question.ts';
import { type Opened, readSaid } from './readSaid.ts';
import { rescore } from './scoring.ts';
import { currentQuestion, type Question, type Seat, type State, VOID } from './state.ts';
import { readStake } from './wager.ts';

/** The key that answers are sealed to comes with the question, in one commit; before the stakes on one. */
export function applyKey(state: State, { lot, pk }: KeyEntry): void {
  const question = currentQuestion(state);
  const isExpected = state.phase === 'asking' || state.phase === 'wager';
  if (!isExpected || lot !== state.current || !question || question.pk) {
    throw new RulesFault('key_unexpected');
  }
  question.pk = pk;
  if (state.phase === 'wager') openWager(state);
}

export function applyAsk(state: State, entry: RevealEntry): void {
  const question = currentQuestion(state);
  if (state.phase !== 'asking' || entry.index !== state.current || !question?.pk || !state.draw?.seed) {
    throw new RulesFault('ask_unexpected');
  }
  checkOpening(state, entry, question.askCommit);
  const ask = Ask.safeParse(entry.value);
  if (!ask.success) throw new RulesFault('ask_malformed');
  question.ask = ask.data;
  question.order = shuffled(state.draw.seed, `options/${entry.index}`, ask.data.answers.length);
  openQuestion(state);
}

/**
 * A part of a lot's opening: the whole lot after the close of its question, and answers that arrived vouched after that. Every sealed answer
 * is opened to its commit or named void; a void one is opened by whoever verifies in full.
 */
export function applyLot(state: State, entry: LotEntry): void {
  const question = state.questions[entry.lot];
  if (!question || !isLotDue(state, entry.lot)) throw new RulesFault('lot_unexpected');
  takeLotKey(question, entry.sk);
  const opened = entry.openings.map((opening) => openAnswer(state, question, entry.lot, opening));
  const voided = entry.void.map((index) => take(state, question, entry.lot, index, undefined));
  if (!entry.more && question.locks.size > 0) throw new RulesFault('lot_incomplete');
  if (question.outcome === 'revealed') rescore(state, question, [...opened, ...voided]);
}

export function applyAnswerReveal(state: State, entry: RevealEntry): void {
  const question = currentQuestion(state);
  const isDue =
    state.phase === 'closing' && entry.index === state.current && question?.sk && question.locks.size === 0;
  if (!isDue) throw new RulesFault('answer_unexpected');
  checkOpening(state, entry, question.answerCommit);
  const answer = Answer.safeParse(entry.value);
  if (!answer.success) throw new RulesFault('answer_malformed');
  question.answer = answer.data;
  showResult(state);
}

/** The current lot once its grace is over, or one with answers that came later. */
export function isLotDue(state: State, lot: number): boolean {
  const question = state.questions[lot];
  if (!question) return false;
  if (question.outcome === 'revealed') return question.locks.size > 0;
  const isClosed = state.phase === 'closing' && !state.rest;
  return isClosed && lot === state.current && state.now >= question.revealFrom;
}

function checkOpening(state: State, { what, index, nonce, value }: RevealEntry, commit: Bytes): void {
  if (!equalBytes(dealCommit({ world: state.world, what, index, nonce, value }), commit)) {
    throw new RulesFault('reveal_mismatch', `${what} ${index}`);
  }
}

function takeLotKey(question: Question, sk: Bytes): void {
  const isKnown = question.sk
    ? equalBytes(question.sk, sk)
    : equalBytes(lotKeyPair(sk).pk, question.pk ?? sk);
  if (!isKnown) throw new RulesFault('lot_key_mismatch');
  question.sk = sk;
}

function openAnswer(
  state: State,
  question: Question,
  lot: number,
  { index, nonce, value }: LotOpening,
): Seat {
  const lock = question.locks.get(index);
  const key = lock && state.seats[lock.seat]?.key;
  if (!lock || !key) throw new RulesFault('opening_unexpected', String(index));
  if (!equalBytes(sealCommit({ world: state.world, lot, key, nonce32: nonce, value }), lock.commit)) {
    throw new RulesFault('opening_mismatch', String(index));
  }
  return take(state, question, lot, index, value);
}

/** What somebody sealed; undefined for a seal that does not open. */
function take(state: State, question: Question, lot: number, index: number, value: Cbor | undefined): Seat {
  const lock = question.locks.get(index);
  const seat = lock && state.seats[lock.seat];
  if (!seat) throw new RulesFault('opening_unexpected', String(index));
  if (lock.isStake) readStake(state, question, seat, value);
  else setChoice(seat, lot, index, value === undefined ? { choice: VOID } : readSaid(question, value));
  question.locks.delete(index);
  return seat;
}

function setChoice(seat: Seat, lot: number, index: number, opened: Opened): void {
  const turn = seat.turns[lot];
  if (!turn) throw new RulesFault('opening_unexpected', String(index));
  seat.turns[lot] = { ...turn, ...opened };
}
