/** Any number of fresh questions from the fact packages; the seed decides which. */
import { drawStream, sha256, utf8ToBytes } from '@fairground/ledger';
import type { DrawStream } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { Question, Source } from '../question.ts';
import { meaningKey } from '../questionId.ts';
import { normalText } from '../text.ts';
import { TEMPLATES } from './packs.ts';
import type { Template } from './template.ts';

export interface GenerateOptions {
  /** The same text gives the same questions, and a longer run begins with those of a shorter one. */
  readonly seed: string;
  readonly count: number;
  /** None means all that there are facts about. */
  readonly topics?: readonly string[];
}

const SOURCE: Source = { name: 'Fairground, generated from facts', licence: 'CC0-1.0' };
/** A form that gave nothing new so often in a row is used up. */
const PATIENCE = 60;

/** The topics that there are facts about, in alphabetical order. */
export const GENERATED_TOPICS: readonly string[] = [...new Set(TEMPLATES.map(({ topic }) => topic))].sort();

/** Fewer than `count` only when the facts give no more. No two have the same text. */
export function* generateQuestions({ seed, count, topics = [] }: GenerateOptions): Generator<Question> {
  const stream = drawStream(sha256(utf8ToBytes(seed)), 'generate');
  const texts = new Set<string>();
  const meanings = new Set<string>();
  let open = TEMPLATES.filter(({ topic }) => topics.length === 0 || topics.includes(topic)).map(
    (template) => ({
      template,
      failures: 0,
    }),
  );
  while (texts.size < count && open.length > 0) {
    const one = pickWeighted(stream, open);
    const question = makeQuestion(one.template, stream);
    if (
      question === undefined ||
      texts.has(normalText(question.text)) ||
      meanings.has(meaningKey(question))
    ) {
      if (++one.failures >= PATIENCE) open = open.filter((other) => other !== one);
      continue;
    }
    one.failures = 0;
    texts.add(normalText(question.text));
    meanings.add(meaningKey(question));
    yield question;
  }
}

/** By the square root of what each can make: large ones more often, small ones not never. */
function pickWeighted<T extends { readonly template: Template }>(stream: DrawStream, items: readonly T[]): T {
  const weights = items.map(({ template }) => Math.ceil(Math.sqrt(template.size)));
  let at = stream.below(weights.reduce((sum, weight) => sum + weight, 0));
  return items.find((_, index) => (at -= weights[index] ?? 0) < 0) ?? stream.pick(items);
}

function makeQuestion({ topic, make }: Template, stream: DrawStream): Question | undefined {
  const made = make(stream);
  if (made === undefined) return undefined;
  const created = createQuestion({ ...made, topic, source: SOURCE });
  if (!created.ok) throw new Error(`${made.text} ${created.message ?? created.code}`);
  return created.value;
}
