/** GIFT, as Moodle writes it, cut into its questions: https://docs.moodle.org/en/GIFT_format */
import type { Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { Question } from '../question.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { topicOfLabel } from '../topics.ts';
import { linesOf } from './decodeText.ts';
import { topicFor } from './found.ts';
import type { Defaults, Found } from './found.ts';
import { readAnswers } from './giftAnswers.ts';
import { plainText } from './giftText.ts';
import type { GiftFormat } from './giftText.ts';

const CATEGORY = /^\s*\$CATEGORY:\s*(.*)$/u;
const COMMENT = /^\s*\/\//u;
const TITLE = /^\s*(?:::(?:\\[\s\S]|[^\\:]|:(?!:))*::\s*)?/u;
const FORMAT = /^\[(html|moodle|plain|markdown)\]/u;
const BEFORE_BRACE = /^((?:\\[\s\S]|[^\\{])*)\{/u;
/** Where the answers stand in a sentence that goes on behind them. */
const GAP = '_____';

interface Block {
  readonly line: number;
  readonly lines: string[];
}

/** An empty line ends a question; `$CATEGORY` gives the topic of all that follow. */
export function* readGift(bytes: Uint8Array, defaults: Defaults): Generator<Found> {
  let block: Block | undefined;
  let category: string | undefined;
  let done = 0;
  const finished = (): Found[] =>
    block === undefined ? [] : [{ line: block.line, done, question: finish(block, defaults, category) }];
  for (const { number, text, end } of linesOf(bytes)) {
    const [, path] = CATEGORY.exec(text) ?? [];
    if (path !== undefined || text.trim() === '') {
      yield* finished();
      block = undefined;
      if (path !== undefined) category = path;
    } else if (!COMMENT.test(text)) {
      block ??= { line: number, lines: [] };
      block.lines.push(text);
    }
    done = end;
  }
  yield* finished();
}

/** A title, a category, or braces with an answer in them, in the first lines of a file. */
export function looksLikeGift(text: string): boolean {
  const hasAnswers = /(?<!\\)\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*[#}])/u;
  return /^\s*(?:\$CATEGORY:|::[^:\r\n]+::)/mu.test(text) || hasAnswers.test(text);
}

function finish(
  { lines }: Block,
  defaults: Defaults,
  category: string | undefined,
): Result<Question, RefusalCode> {
  const whole = lines.join('\n');
  const rest = whole.slice(TITLE.exec(whole)?.[0].length ?? 0);
  const [, format] = FORMAT.exec(rest) ?? [];
  const [, before] = BEFORE_BRACE.exec(rest) ?? [];
  if (before === undefined) return refuse('unplayable_kind', 'It has no answers.');
  const close = lastBrace(rest);
  if (close < before.length) return refuse('unclosed');
  const asked = { before, inside: rest.slice(before.length + 1, close), after: rest.slice(close + 1) };
  return build(asked, {
    format: format as GiftFormat | undefined,
    topic: topicFor(defaults, categoryTopic(category)),
    defaults,
  });
}

function build(
  { before, inside, after }: { readonly before: string; readonly inside: string; readonly after: string },
  {
    format,
    topic,
    defaults,
  }: { readonly format: GiftFormat | undefined; readonly topic: string; readonly defaults: Defaults },
): Result<Question, RefusalCode> {
  const text = plainText(after.trim() === '' ? before : `${before}${GAP}${after}`, format);
  const answers = readAnswers(inside, format);
  if (!answers.ok) return answers;
  if (!text.ok) return text;
  return createQuestion({ ...defaults, topic, text: text.value, ...answers.value });
}

/** A slug of ours is taken as it is; of a path (`$course$/top/Rivers`) the last name counts. */
function categoryTopic(category: string | undefined): string | undefined {
  const name = category?.split('/').at(-1)?.trim() ?? '';
  if (name === '') return undefined;
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(name) && name.length <= 40 ? name : topicOfLabel(name);
}

function lastBrace(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) if (text[at] === '}' && !isEscaped(text, at)) return at;
  return -1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
