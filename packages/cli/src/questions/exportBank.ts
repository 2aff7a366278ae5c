/** The bank's questions to stdout, one after the other, in any of the formats. */
import type { ExportFormat } from '@fairground/questions';
import { withBank } from './withBank.ts';
import { writeQuestions } from './writeQuestions.ts';

export async function exportBank(topic: string | undefined, format: ExportFormat): Promise<void> {
  await withBank((bank) => writeQuestions(bank.questions(topic === undefined ? {} : { topic }), format));
}
