/** Gives other questions each time that it is asked: what was given and is not kept is lost for good. */
import type { Supplier } from '@fairground/authority';
import { testQuestions } from '@fairground/authority/testing';
import { ok } from '@fairground/ledger';
import type { Chance } from '../runtime/chance.ts';

export function createSupplier(chance: Chance): Supplier {
  return {
    async supply({ request }) {
      const { count } = request as { readonly count: number };
      const questions = testQuestions(count) as readonly { readonly id: string; readonly text: string }[];
      return ok(
        questions.map((one) => ({ ...one, text: `${one.text} (${chance.below(2 ** 32)})` })) as never,
      );
    },
  };
}
