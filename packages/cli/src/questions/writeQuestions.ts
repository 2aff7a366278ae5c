/** Questions to stdout in any of the formats; what the format cannot say is named on stderr. */
import { once } from 'node:events';
import { type ExportFormat, exportQuestions, type Loss, type Question } from '@fairground/questions';
import { counted } from '../terminal/print.ts';

export async function writeQuestions(questions: Iterable<Question>, format: ExportFormat): Promise<void> {
  const leftOut = new Map<string, number>();
  const lost = new Map<string, number>();
  const note = (loss: Loss) => {
    if (loss.lost === 'all') count(leftOut, loss.question.kind);
    else for (const field of loss.lost) count(lost, field);
  };
  for (const chunk of exportQuestions(questions, format, note)) {
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  }
  for (const [kind, many] of leftOut)
    process.stderr.write(`${format} cannot say ${counted(many, 'question')} of kind ${kind}: left out.\n`);
  for (const [field, many] of lost)
    process.stderr.write(`${format} does not carry the ${field} of ${counted(many, 'question')}.\n`);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
