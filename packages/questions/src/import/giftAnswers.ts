/** What stands in the braces of a GIFT question: its kind, its answers, what is right, and the feedback that explains it. */
import { ok } from '@fairground/ledger';
import type { Result } from '@fairground/ledger';
import type { QuestionDraft } from '../createQuestion.ts';
import { parseEstimate } from '../estimate.ts';
import type { Estimate } from '../estimate.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { plainText } from './giftText.ts';
import type { GiftFormat } from './giftText.ts';

export type GiftAnswers = Pick<QuestionDraft, 'kind' | 'answers' | 'correct' | 'number' | 'explanation'>;
type Read<Value> = Result<Value, RefusalCode>;

interface Option {
  readonly sign: string;
  /** In percent; undefined where none is given. */
  readonly weight: number | undefined;
  readonly raw: string;
  readonly feedback: string;
}

const GENERAL = /^((?:\\[\s\S]|[^\\#]|#(?!###))*)####([\s\S]*)$/u;
const OPTION = /([=~])((?:\\[\s\S]|[^\\=~])*)/gu;
const WEIGHT = /^\s*%(-?\d{1,3}(?:\.\d{0,6})?)%/u;
const BEFORE_FEEDBACK = /^((?:\\[\s\S]|[^\\#])*)(?:#([\s\S]*))?$/u;
const TRUTH = /^(T|TRUE|F|FALSE)\s*(?:#([\s\S]*))?$/iu;

/** Essays, pairs to match and wildcards have no kind of ours, nor has an answer that is right in part. */
export function readAnswers(inside: string, format: GiftFormat | undefined): Read<GiftAnswers> {
  const [, before = inside.trim(), general = ''] = GENERAL.exec(inside.trim()) ?? [];
  const content = before.trim();
  const read = readContent(content, format);
  if (!read.ok) return read;
  const { feedback, ...answers } = read.value;
  const explanation = plainText(general.trim() === '' ? feedback : general, format);
  return explanation.ok ? ok({ ...answers, explanation: explanation.value }) : explanation;
}

type Content = Omit<GiftAnswers, 'explanation'> & { readonly feedback: string };

function readContent(content: string, format: GiftFormat | undefined): Read<Content> {
  if (content === '') return refuse('unplayable_kind', 'It asks for an essay.');
  if (content.startsWith('#')) return readNumber(content.slice(1).trim());
  const [, truth, feedback = ''] = TRUTH.exec(content) ?? [];
  if (truth !== undefined) return ok(readTruth(truth, feedback));
  const options = [...content.matchAll(OPTION)].map(([, sign = '', raw = '']) => toOption(sign, raw));
  if (!/^[=~]/u.test(content)) return refuse('unplayable_kind', 'What is in its braces is no answer.');
  return options.some(({ sign }) => sign === '~') ? readChoice(options, format) : readTyped(options, format);
}

/** `T#feedback for a wrong answer#feedback for the right one`. */
function readTruth(truth: string, feedback: string): Content {
  const [ifWrong = '', ifRight = ''] = feedback.split(/(?<!\\)#/u);
  const correct = [truth.toUpperCase().startsWith('T') ? 0 : 1];
  return { answers: ['True', 'False'], correct, feedback: ifRight.trim() === '' ? ifWrong : ifRight };
}

/** Without any `=` several answers may be right, each for its share. */
function readChoice(options: readonly Option[], format: GiftFormat | undefined): Read<Content> {
  const isSingle = options.some(({ sign }) => sign === '=');
  const shareOf = ({ sign, weight }: Option) => weight ?? (sign === '=' ? 100 : 0);
  if (isSingle && options.some((option) => shareOf(option) > 0 && shareOf(option) < 100))
    return refuse('partly_right');
  const correct = options.flatMap((option, index) => (shareOf(option) > 0 ? index : []));
  const kind = isSingle && correct.length <= 1 ? 'choice' : 'multi';
  const feedback = options[correct[0] ?? -1]?.feedback ?? '';
  return withTexts(options, format, { kind, correct, feedback });
}

function readTyped(options: readonly Option[], format: GiftFormat | undefined): Read<Content> {
  if (options.some(({ raw }) => raw.includes('->')))
    return refuse('unplayable_kind', 'It has pairs to match.');
  if (options.some(({ weight = 100 }) => weight !== 100)) return refuse('partly_right');
  if (options.some(({ raw }) => /(?<!\\)\*/u.test(raw)))
    return refuse('unplayable_kind', 'It accepts a pattern.');
  return withTexts(options, format, { kind: 'text', correct: [], feedback: options[0]?.feedback ?? '' });
}

function withTexts(
  options: readonly Option[],
  format: GiftFormat | undefined,
  rest: Omit<Content, 'answers'>,
): Read<Content> {
  const answers: string[] = [];
  for (const { raw } of options) {
    const text = plainText(raw, format);
    if (!text.ok) return text;
    answers.push(text.value);
  }
  return ok({ ...rest, answers });
}

/** The answer itself, whatever its tolerance: who is nearest wins. Of `1..5` it is the middle. */
function readNumber(content: string): Read<Content> {
  const options = content.startsWith('=')
    ? [...content.matchAll(OPTION)].map(([, sign = '', raw = '']) => toOption(sign, raw))
    : [toOption('=', content)];
  const right = options.filter(({ sign, weight = 100 }) => sign === '=' && weight === 100);
  const numbers = right.map(({ raw }) => numberOf(raw));
  const [number] = numbers;
  if (number === undefined) return refuse('invalid_number');
  return ok({ kind: 'number', answers: [], correct: [], number, feedback: right[0]?.feedback ?? '' });
}

function numberOf(raw: string): Estimate | undefined {
  const [low = '', high] = raw.trim().split('..');
  if (high === undefined) return parseEstimate(low.split(':')[0] ?? '');
  const [from, to] = [parseEstimate(low), parseEstimate(high)];
  return from === undefined || to === undefined ? undefined : middleOf(from, to);
}

function middleOf(from: Estimate, to: Estimate): Estimate | undefined {
  const decimals = Math.max(from.decimals, to.decimals);
  const sum = [from, to].reduce((all, { value, decimals: own }) => all + value * 10 ** (decimals - own), 0);
  const halved = sum % 2 === 0 ? { value: sum / 2, decimals } : { value: sum * 5, decimals: decimals + 1 };
  return Number.isSafeInteger(halved.value) ? halved : undefined;
}

function toOption(sign: string, whole: string): Option {
  const [head = '', percent] = WEIGHT.exec(whole) ?? [];
  const [, raw = '', feedback = ''] = BEFORE_FEEDBACK.exec(whole.slice(head.length)) ?? [];
  return { sign, weight: percent === undefined ? undefined : Number(percent), raw, feedback };
}
