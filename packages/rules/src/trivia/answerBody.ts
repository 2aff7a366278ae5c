/** How a device makes the body of an answer. */
import { type Bytes, sealValue } from '@fairground/ledger';
import type { BodyOf } from './intents.ts';
import { answerSize } from './kinds.ts';
import type { Said } from './said.ts';
import type { State } from './state.ts';

export interface AnswerRequest {
  readonly world: Bytes;
  /** The question's index. */
  readonly lot: number;
  /** The lot's public key: `lotKeyOf`, or the `key` entry. */
  readonly pk: Bytes;
  /** The answering seat's. */
  readonly key: Bytes;
  /** The intent's header bytes. */
  readonly header: Bytes;
  /** The option's place as shown; places, words or an estimate where the question's kind wants that. */
  readonly choice: Said;
  /** The question's kind: it says how long the sealed value is. */
  readonly kind?: string;
  /** 32 random bytes. */
  readonly nonce: Bytes;
  /** 32 random bytes; the engine's if none are given. */
  readonly ephemeral?: Bytes;
}

/** Without its `kind`, as an intent carries it. */
export function answerBody({
  choice,
  nonce,
  kind = 'choice',
  ...rest
}: AnswerRequest): Omit<BodyOf<'answer'>, 'kind'> {
  const seal = sealValue({ ...rest, value: choice, nonce32: nonce, size: answerSize(kind) });
  return { lot: rest.lot, seal };
}

/** The key that answers to a question are sealed to; undefined before it is out. */
export function lotKeyOf(state: State, lot: number): Bytes | undefined {
  return state.questions[lot]?.pk;
}
