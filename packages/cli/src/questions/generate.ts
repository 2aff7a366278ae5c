/** Questions that are composed from facts, to stdout. */
import { type ExportFormat, GENERATED_TOPICS, generateQuestions, type Question } from '@fairground/questions';
import { CommandFailure } from '../failure.ts';
import { counted } from '../terminal/print.ts';
import { writeQuestions } from './writeQuestions.ts';

interface GenerateWish {
  readonly count: number;
  readonly seed: string;
  readonly topic?: string;
  readonly format: ExportFormat;
}

export async function generate({ count, seed, topic, format }: GenerateWish): Promise<void> {
  if (topic !== undefined && !GENERATED_TOPICS.includes(topic))
    throw new CommandFailure(
      `There are no facts about "${topic}", only about: ${GENERATED_TOPICS.join(', ')}.`,
    );
  let made = 0;
  const counting = function* (): Generator<Question> {
    for (const question of generateQuestions({
      seed,
      count,
      ...(topic === undefined ? {} : { topics: [topic] }),
    })) {
      made++;
      yield question;
    }
  };
  await writeQuestions(counting(), format);
  if (made < count)
    throw new CommandFailure(
      `The facts gave ${counted(made, 'question')}, not ${count}; all are written.`,
      1,
    );
}
