/** The bank's questions to stdout, one after the other, in any of the formats. */
import { once } from 'node:events';
import { type ExportFormat, exportQuestions } from '@fairground/questions';
import { withBank } from './withBank.ts';

export async function exportBank(topic: string | undefined, format: ExportFormat): Promise<void> {
  await withBank(async (bank) => {
    for (const chunk of exportQuestions(bank.questions(topic === undefined ? {} : { topic }), format)) {
      if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
    }
  });
}
