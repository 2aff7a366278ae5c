/** Where duplicates meet: the first one stays, and the others leave it their source and what it lacks. */
import type { Result } from '@fairground/ledger';
import { ok } from '@fairground/ledger';
import { parseQuestion } from './question.ts';
import type { Origin, Question, Source } from './question.ts';
import { meaningKey } from './questionId.ts';
import { refuse } from './refusal.ts';

export interface Merger {
  /** `new`, or merged into one that is there, or refused because it contradicts one. */
  add(question: Question): Result<'new' | 'merged', 'contradiction'>;
  questions(): Question[];
}

/**
 * Two are the same when their ids are (text and answers), or when text and right answer are, whatever the wrong ones.
 * The text alone does not decide: `Name the composer.` is many questions.
 */
export function createMerger(): Merger {
  const byId = new Map<string, Question>();
  const idByMeaning = new Map<string, string>();
  return {
    questions: () => [...byId.values()],
    add(question) {
      const meaning = meaningKey(question);
      const id = byId.has(question.id) ? question.id : idByMeaning.get(meaning);
      const first = id === undefined ? undefined : byId.get(id);
      if (first !== undefined && meaningKey(first) !== meaning) return refuse('contradiction');
      byId.set(first?.id ?? question.id, first === undefined ? question : mergeQuestions(first, question));
      if (first === undefined) idByMeaning.set(meaning, question.id);
      return ok(first === undefined ? 'new' : 'merged');
    },
  };
}

/** `first` with the sources of both, and the explanation of `second` if it had none; unchanged where it would not fit. */
export function mergeQuestions(first: Question, second: Question): Question {
  const explanation = first.explanation ?? second.explanation;
  const source = mergeSources(first.source, second.source);
  const merged = parseQuestion({ ...first, source, ...(explanation === undefined ? {} : { explanation }) });
  return merged.ok ? merged.value : first;
}

export function mergeSources(first: Source, second: Source): Source {
  const all = new Map(
    [...originsOf(first), ...originsOf(second)].map((origin) => [JSON.stringify(origin), origin]),
  );
  const [own, ...also] = all.values();
  return own === undefined || also.length === 0 ? first : { ...own, also };
}

function originsOf({ also = [], ...own }: Source): readonly Origin[] {
  return [own, ...also].map(({ name, licence, author, url }) => ({
    name,
    licence,
    ...(author === undefined ? {} : { author }),
    ...(url === undefined ? {} : { url }),
  }));
}
