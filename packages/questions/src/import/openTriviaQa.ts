/** OpenTriviaQA text: blocks of `#Q question`, `^ right answer`, `A …`, `B …`; a question may span lines. */
import type { Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { Question, Source } from '../question.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { cleanText, foldCase } from '../text.ts';
import { linesOf } from './decodeText.ts';
import type { Line } from './decodeText.ts';
import type { Defaults, Found } from './found.ts';
import { repairHomoglyphs } from './homoglyphs.ts';

/** https://github.com/uberspot/OpenTriviaQA */
export const OPEN_TRIVIA_QA: Source = { name: 'OpenTriviaQA', licence: 'CC BY-SA 4.0' };
const ANSWER = /^([A-Z])(?:\s+(.*))?$/u;

interface Block {
  readonly line: number;
  readonly text: string[];
  readonly right: string[];
  readonly answers: string[];
  /** The first line after the right answer that is no lettered answer. */
  stray?: number;
}

/** Yields every block in order, taken or refused; text before the first block is refused as a stray line. */
export function* readOpenTriviaQa(bytes: Uint8Array, defaults: Defaults): Generator<Found> {
  let block: Block | undefined;
  let done = 0;
  for (const line of linesOf(bytes)) {
    if (line.text.startsWith('#Q')) {
      if (block !== undefined) yield { line: block.line, done, question: finish(block, defaults) };
      block = { line: line.number, text: [line.text.slice(2)], right: [], answers: [] };
    } else if (line.text.trim() !== '') {
      if (block !== undefined) extend(block, line);
      else yield { line: line.number, done: line.end, question: refuse('stray_line') };
    }
    done = line.end;
  }
  if (block !== undefined) yield { line: block.line, done, question: finish(block, defaults) };
}

function extend(block: Block, { number, text }: Line): void {
  if (text.startsWith('^')) block.right.push(text.slice(1));
  else if (block.right.length === 0) block.text.push(text);
  else addAnswer(block, number, text);
}

/** Letters run A, B, C …: a line that breaks the row is the rest of something and nobody can say of what. */
function addAnswer(block: Block, number: number, text: string): void {
  const [, letter, answer = ''] = ANSWER.exec(text) ?? [];
  if (letter?.charCodeAt(0) === 0x41 + block.answers.length) block.answers.push(answer);
  else block.stray ??= number;
}

function finish(block: Block, defaults: Defaults): Result<Question, RefusalCode> {
  if (block.right.length === 0) return refuse('no_right_answer');
  if (block.right.length > 1) return refuse('several_right_answers');
  if (block.stray !== undefined) return refuse('stray_line', `Line ${block.stray}.`);
  const text = tidy(block.text.join(' '));
  const answers = block.answers.map(tidy);
  const correct = placesOf(tidy(block.right[0] ?? ''), answers);
  if (correct.length === 0 && text !== '') return refuse('right_answer_not_among');
  return createQuestion({ ...defaults, text, answers, correct: correct.slice(0, 1) });
}

/** As written; else the one answer that differs in case alone. */
function placesOf(right: string, answers: readonly string[]): readonly number[] {
  const exact = answers.flatMap((answer, index) => (answer === right ? [index] : []));
  if (exact.length > 0) return exact;
  const folded = answers.flatMap((answer, index) => (foldCase(answer) === foldCase(right) ? [index] : []));
  return folded.length === 1 ? folded : [];
}

function tidy(text: string): string {
  return repairHomoglyphs(cleanText(text));
}
