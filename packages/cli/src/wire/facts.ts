/** What a finished log says of its questions: what was hidden, and by which entry it came out. */
import {
  type Bytes,
  type LogEntry,
  parseIntent,
  type SealedIntent,
  sealedOf,
  unwrap,
} from '@fairground/ledger';
import { z } from 'zod';
import type { Lot, Puzzle } from './attack.ts';

const Ask = z.object({ answers: z.array(z.string()) });
const Answer = z.object({
  id: z.string(),
  correct: z.array(z.int()),
  explanation: z.string(),
  source: z.any(),
});

export interface QuestionFacts {
  /** What was committed to as the right answer, and with which nonce. */
  readonly answer: z.infer<typeof Answer>;
  readonly nonce: Bytes;
  /** The guesser is told everything but which answer is right. */
  readonly puzzle: Puzzle;
  readonly lot: Lot;
  readonly sk: Bytes;
  /** The bytes of the entry that opened the sealed answers, and of the one that revealed what is right. */
  readonly opening: Bytes;
  readonly revealing: Bytes;
}

type Kind = LogEntry['kind'];
type Of<K extends Kind> = Extract<LogEntry, { readonly kind: K }>;

export function questionFacts(
  world: Bytes,
  entries: readonly Bytes[],
  decoded: readonly LogEntry[],
  index: number,
): QuestionFacts {
  const find = <K extends Kind>(kind: K, fits: (entry: Of<K>) => boolean) => {
    const at = decoded.findIndex((entry) => entry.kind === kind && fits(entry as Of<K>));
    const bytes = entries[at];
    if (!bytes) throw new Error(`question ${index} has no ${kind}`);
    return { entry: decoded[at] as Of<K>, bytes };
  };
  const { commits } = find('commit', ({ what }) => what === 'answer').entry;
  const ask = find('reveal', (entry) => entry.what === 'ask' && entry.index === index).entry;
  const reveal = find('reveal', (entry) => entry.what === 'answer' && entry.index === index);
  const opened = find('lot', ({ lot }) => lot === index);
  const answer = Answer.parse(reveal.entry.value);
  const { answers } = Ask.parse(ask.value);
  const commit = commits[index];
  if (!commit) throw new Error(`question ${index} was not committed to`);
  return {
    answer,
    nonce: reveal.entry.nonce,
    puzzle: { world, index, commit, values: answers.map((_, place) => ({ ...answer, correct: [place] })) },
    lot: {
      world,
      lot: index,
      pk: find('key', ({ lot }) => lot === index).entry.pk,
      sealed: sealedIn(decoded, index),
      values: answers.map((_, place) => place),
    },
    sk: opened.entry.sk,
    opening: opened.bytes,
    revealing: reveal.bytes,
  };
}

function sealedIn(decoded: readonly LogEntry[], index: number): readonly SealedIntent[] {
  return decoded.flatMap((entry, at) => {
    const found = entry.kind === 'intent' ? sealedOf(unwrap(parseIntent(entry.bytes)), at) : undefined;
    return found?.lot === index ? [found.sealed] : [];
  });
}
