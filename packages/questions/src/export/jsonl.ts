/** One question a line, always with the same nine keys in the same order (docs/spec/questions.md Q30). */
import type { Question } from '../question.ts';

/** An explanation that is not there is null. */
export function jsonlLine({
  id,
  topic,
  kind,
  text,
  answers,
  correct,
  explanation,
  source,
  quality,
}: Question): string {
  const line = { id, topic, kind, text, answers, correct, explanation: explanation ?? null, source, quality };
  return `${JSON.stringify(line)}\n`;
}
