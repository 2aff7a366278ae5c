/** What the authority owes a match, and how it is made from its secret. */
import {
  type Bytes,
  dealCommit,
  lotEntries,
  lotKeyPair,
  openLot,
  type SealedIntent,
} from '@fairground/ledger';
import { diceDraft, drawOwes, lockDraft } from '../dice/drafts.ts';
import { deriveSecret } from '../dice/secret.ts';
import { AUTHORITY_MS } from '../dice/draw.ts';
import type { Draft, Owed, Supply } from '../game.ts';
import { questionCount } from './config.ts';
import { type Dealt, suppliedQuestions } from './question.ts';
import { isLotDue } from './reveal.ts';
import { canBeStakedOn } from './rounds.ts';
import type { State } from './state.ts';

const QUESTIONS = 'questions';

/** In the order in which it is to be done. */
export function owes(state: State): readonly Owed[] {
  if (state.pausedAt !== undefined) return [];
  return [...(state.rest ? [] : phaseOwes(state)), ...lateLots(state)];
}

export function deal(state: State, owed: Owed, secret: Bytes, supply: Supply): readonly Draft[] {
  if (owed.what === 'lock') return state.draw ? [lockDraft(state.draw)] : [];
  if (owed.what === 'close') return [{ kind: 'close', reason: state.reason ?? 'finished' }];
  return owed.what === QUESTIONS ? commitQuestions(state, secret, supply) : [];
}

export function unseal(state: State, owed: Owed, secret: Bytes, supply: Supply): readonly Draft[] {
  if (owed.what === 'dice') return state.draw ? [diceDraft(state.draw, secret)] : [];
  if (owed.lot === undefined) return askQuestion(state, secret, supply);
  return [
    ...openAnswers(state, owed.lot, secret, supply.sealed),
    ...revealAnswer(state, owed.lot, secret, supply),
  ];
}

function phaseOwes(state: State): readonly Owed[] {
  switch (state.phase) {
    case 'dealing':
      return [questionsOwed(state, 'deal')];
    case 'drawing':
      return state.draw ? drawOwes(state.draw) : [];
    case 'asking':
      return [questionsOwed(state, 'unseal')];
    case 'wager':
      return state.questions[state.current]?.pk ? [] : [questionsOwed(state, 'unseal')];
    case 'closing':
      return isLotDue(state, state.current)
        ? [{ ...questionsOwed(state, 'unseal'), lot: state.current }]
        : [];
    case 'closed':
      return [{ act: 'deal', what: 'close', index: 0, by: state.by }];
    case 'lobby':
    case 'open':
    case 'revealed':
    case 'over':
      return [];
  }
}

/** One secret and one supply for the whole match: what was dealt is found again by them. */
function questionsOwed({ config, by }: State, act: Owed['act']): Owed {
  const { topics, language, kinds } = config;
  const count = questionCount(config);
  const request = { topics, language, count, ...(kinds ? { kinds } : {}) };
  return { act, what: QUESTIONS, index: 0, by, needs: { kind: QUESTIONS, request } };
}

function lateLots(state: State): readonly Owed[] {
  if (state.phase === 'closed') return [];
  return state.questions.flatMap(({ outcome, locks }, lot) =>
    outcome === 'revealed' && locks.size > 0
      ? [{ ...questionsOwed(state, 'unseal'), by: state.now + AUTHORITY_MS, lot }]
      : [],
  );
}

function commitQuestions(state: State, secret: Bytes, { things }: Supply): readonly Draft[] {
  const dealt = dealtFrom(state, things);
  const { world } = state;
  const commitsOf = (what: 'ask' | 'answer') =>
    dealt.map((question, index) =>
      dealCommit({ world, what, index, nonce: nonceOf(secret, what, index), value: question[what] }),
    );
  const asks: Draft = { kind: 'commit', what: 'ask', from: 0, commits: commitsOf('ask') };
  const answers: Draft = { kind: 'commit', what: 'answer', from: 0, commits: commitsOf('answer') };
  return state.dealt ? [answers] : [asks, answers];
}

function askQuestion(state: State, secret: Bytes, supply: Supply): readonly Draft[] {
  const index = state.current;
  const dealt = dealtAt(state, supply, index);
  if (!dealt) return [];
  const { pk } = lotKeyPair(lotSecret(secret, index));
  const key: Draft = { kind: 'key', lot: index, pk };
  if (state.phase === 'wager') return [key];
  const nonce = nonceOf(secret, 'ask', index);
  const reveal: Draft = { kind: 'reveal', what: 'ask', index, nonce, value: dealt.ask };
  return state.questions[index]?.pk ? [reveal] : [key, reveal];
}

/** Only what is not opened yet: after a crash, or for an answer that came late. */
function openAnswers(
  state: State,
  lot: number,
  secret: Bytes,
  sealed: readonly SealedIntent[],
): readonly Draft[] {
  const question = state.questions[lot];
  if (!question || (question.sk && question.locks.size === 0)) return [];
  const waiting = sealed.filter(({ index }) => question.locks.has(index));
  const own = lotSecret(secret, lot);
  return lotEntries(lot, own, openLot({ world: state.world, lot, secret: own, sealed: waiting }));
}

function revealAnswer(state: State, lot: number, secret: Bytes, supply: Supply): readonly Draft[] {
  const dealt = dealtAt(state, supply, lot);
  if (!dealt || state.questions[lot]?.outcome !== 'waiting') return [];
  const nonce = nonceOf(secret, 'answer', lot);
  return [{ kind: 'reveal', what: 'answer', index: lot, nonce, value: dealt.answer }];
}

function dealtAt(state: State, { things }: Supply, index: number): Dealt | undefined {
  return dealtFrom(state, things)[index];
}

/** With stakes the last question is one that can be won: the last of those that were supplied. */
function dealtFrom({ config }: State, things: Supply['things']): readonly Dealt[] {
  const dealt = suppliedQuestions(things, questionCount(config), config.language);
  if (config.wager !== true) return dealt;
  const last = dealt.findLastIndex(({ ask }) => canBeStakedOn(ask.kind));
  return last === -1
    ? dealt
    : [...dealt.slice(0, last), ...dealt.slice(last + 1), ...dealt.slice(last, last + 1)];
}

function nonceOf(secret: Bytes, what: 'ask' | 'answer', index: number): Bytes {
  return deriveSecret(secret, `${what}-nonce`, index);
}

/** The private key of a lot is published; it leads back to nothing else. */
function lotSecret(secret: Bytes, lot: number): Bytes {
  return deriveSecret(secret, 'lot', lot);
}
