/** Aiken, as Moodle reads it: a question, answers `A. …` or `A) …`, and `ANSWER: A`. https://docs.moodle.org/en/Aiken_format */
import type { Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { Question } from '../question.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { linesOf } from './decodeText.ts';
import type { Line } from './decodeText.ts';
import type { Defaults, Found } from './found.ts';

const OPTION = /^\s*([A-Z])[.)]\s+(.*)$/u;
const ANSWER = /^\s*ANSWER\s*:\s*(.*?)\s*$/u;
export const AIKEN_ANSWER = /^\s*ANSWER\s*:\s*[A-Z]\b/u;

interface Block {
  readonly line: number;
  readonly text: string[];
  readonly answers: string[];
  /** An answer's letter breaks the row. */
  isCrooked: boolean;
}

/** Each block ends with its answer; what ends without one, or stands between blocks, is refused where it begins. */
export function* readAiken(bytes: Uint8Array, defaults: Defaults): Generator<Found> {
  let block: Block | undefined;
  let wasBlank = true;
  let done = 0;
  for (const line of linesOf(bytes)) {
    const [, right] = ANSWER.exec(line.text) ?? [];
    if (right !== undefined) {
      yield { line: block?.line ?? line.number, done: line.end, question: finish(block, right, defaults) };
      block = undefined;
    } else if (line.text.trim() !== '') {
      if (block !== undefined && startsAnother(block, line, wasBlank)) {
        yield { line: block.line, done, question: refuse(leftover(block)) };
        block = undefined;
      }
      block = extend(block, line);
    }
    wasBlank = line.text.trim() === '';
    done = line.end;
  }
  if (block !== undefined) yield { line: block.line, done, question: refuse(leftover(block)) };
}

/** A line that is no answer begins the next block when answers came before it, or an empty line. */
function startsAnother({ answers }: Block, { text }: Line, wasBlank: boolean): boolean {
  return !OPTION.test(text) && (answers.length > 0 || wasBlank);
}

function extend(block: Block | undefined, { number, text }: Line): Block {
  if (block === undefined) return { line: number, text: [text], answers: [], isCrooked: false };
  const [, letter, answer = ''] = OPTION.exec(text) ?? [];
  if (letter === undefined) block.text.push(text);
  else if (letter.charCodeAt(0) === 0x41 + block.answers.length) block.answers.push(answer);
  else block.isCrooked = true;
  return block;
}

function leftover({ answers }: Block): RefusalCode {
  return answers.length === 0 ? 'stray_line' : 'no_right_answer';
}

function finish(block: Block | undefined, right: string, defaults: Defaults): Result<Question, RefusalCode> {
  if (block === undefined || block.isCrooked) return refuse('stray_line');
  if (!/^[A-Z]$/u.test(right))
    return refuse(right === '' ? 'no_right_answer' : 'several_right_answers', right);
  const correct = [right.charCodeAt(0) - 0x41];
  return createQuestion({ ...defaults, text: block.text.join(' '), answers: block.answers, correct });
}
