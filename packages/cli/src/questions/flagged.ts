/** What players have reported: an operator looks at it, and says what becomes of it. */
import { QuestionId } from '@fairground/questions';
import { CommandFailure } from '../failure.ts';
import { bold, counted, dim, green, print, printJson } from '../terminal/print.ts';
import { withBank } from './withBank.ts';

export async function listFlagged(asJson: boolean): Promise<void> {
  const flagged = await withBank((bank) => bank.flagged());
  if (asJson) return printJson(flagged);
  if (flagged.length === 0) return print('No question is reported.');
  print(`${bold(counted(flagged.length, 'question'))} reported\n`);
  for (const { question, flags, notes } of flagged) {
    const right = question.correct.map((index) => question.answers[index]).join(', ');
    print(`${bold(question.id)}  ${question.text}  ${dim(`(${right}; ${counted(flags, 'report')})`)}`);
    for (const note of notes.filter((text) => text !== '')) print(`    “${note}”`);
  }
  print(dim('\nfairground questions settle <id> keep|retire'));
}

export async function settleFlagged(id: string, verdict: 'keep' | 'retire'): Promise<void> {
  const parsed = QuestionId.safeParse(id);
  const settled = parsed.success
    ? await withBank((bank) => bank.settleFlag(parsed.data, verdict))
    : undefined;
  if (!settled?.ok)
    throw new CommandFailure(
      `There is no question ${id}: "fairground questions flagged" lists what is reported.`,
    );
  print(`${green('✓')} ${id} is ${verdict === 'keep' ? 'asked again' : 'never asked again'}`);
}
