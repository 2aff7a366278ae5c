/** The bank's questions: to stdout, one after the other, in any of the formats, or with their pictures into one file. */
import { writeFile } from 'node:fs/promises';
import { type Bank } from '@fairground/authority';
import { hexToBytes } from '@fairground/ledger';
import { pictureType } from '@fairground/protocol';
import { type ExportFormat, type PackPicture, type Question, writePack } from '@fairground/questions';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, counted, green, print } from '../terminal/print.ts';
import { withBank } from './withBank.ts';
import { writeQuestions } from './writeQuestions.ts';

export async function exportBank(topic: string | undefined, format: ExportFormat): Promise<void> {
  let pictured = 0;
  await withBank((bank) =>
    writeQuestions(
      counting(bank.questions(topic === undefined ? {} : { topic }), ({ image }) => image && pictured++),
      format,
    ),
  );
  if (pictured > 0 && (format === 'jsonl' || format === 'csv'))
    process.stderr.write(
      `${counted(pictured, 'question')} show a picture, which ${format} names and does not hold: "-o questions.zip" takes pictures along.\n`,
    );
}

export async function exportPack(topic: string | undefined, file: string): Promise<void> {
  let count = 0;
  const { bytes, absent } = await withBank((bank) =>
    writePack(
      counting(bank.questions(topic === undefined ? {} : { topic }), () => count++),
      (hash) => pictureIn(bank, hash),
    ),
  );
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be written: ${messageOf(error)}.`);
  });
  print(`${green('✓')} ${bold(counted(count, 'question'))} with their pictures in ${file}`);
  if (absent > 0) process.stderr.write(`The bank lacks the picture of ${counted(absent, 'question')}.\n`);
}

function pictureIn(bank: Bank, hash: string): PackPicture | undefined {
  const bytes = bank.picture(hexToBytes(hash) ?? new Uint8Array(0));
  const type = bytes && pictureType(bytes);
  if (!bytes || !type) return undefined;
  return { bytes, type: type === 'image/webp' ? 'webp' : type === 'image/png' ? 'png' : 'jpg' };
}

function* counting(
  questions: Iterable<Question>,
  note: (question: Question) => unknown,
): Generator<Question> {
  for (const question of questions) {
    note(question);
    yield question;
  }
}
