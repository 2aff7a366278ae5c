/** What a piece of mail is answered with; only then may the relay forget it. */
import type { Cbor } from '@fairground/ledger';
import { type ProblemBody, toProblem } from '@fairground/protocol';

export type Answer = (status: number, body: Cbor) => void;

/** `code` may be a game's own: the table then says 422. */
export function answerProblem(
  answer: Answer,
  code: string,
  extras: { readonly detail?: string; readonly retryAfter?: number } = {},
): void {
  const { detail, retryAfter } = extras;
  const body: ProblemBody = {
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  answer(toProblem(code).status, { ...body } as Cbor);
}
