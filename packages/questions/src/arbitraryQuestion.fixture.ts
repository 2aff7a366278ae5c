/** Questions of any kind whose texts are full of what formats take for signs. */
import fc from 'fast-check';
import { createQuestion } from './createQuestion.ts';
import type { QuestionDraft } from './createQuestion.ts';
import { KINDS } from './kinds.ts';
import type { Question } from './question.ts';

const SIGNS =
  '{ } ~ = # : \\ % " \' , ; | & < > ^ @ + - 5 a B é “ ß Т Ã© â€™ -> #Q // :: ANSWER:B A. $CATEGORY:x [html] <b> &amp; &#233; \\n %41 %5% TRUE #### .. * \t \ud83c\udf89'.split(
    ' ',
  );
const text = fc.string({
  unit: fc.oneof(fc.constantFrom(...SIGNS, ' '), fc.string({ unit: 'grapheme', maxLength: 2 })),
  minLength: 1,
  maxLength: 12,
});
const texts = fc.array(text, { minLength: 0, maxLength: 6 });

const draft: fc.Arbitrary<QuestionDraft> = fc.record(
  {
    kind: fc.constantFrom(...KINDS),
    text,
    answers: texts,
    correct: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 }),
    topic: fc.constantFrom('general', 'pop', 'brit-pop', 'animals'),
    source: fc.constantFrom(
      { name: 'unknown', licence: 'unknown' },
      { name: '=A', licence: 'B, "C"', author: '"D"', url: 'https://example.org/?a=1,2' },
      { name: 'A', licence: 'B', also: [{ name: 'C', licence: 'D' }] },
    ),
    explanation: text,
    language: fc.constantFrom('en', 'de'),
    quality: fc.nat({ max: 1_000 }),
    number: fc.record(
      {
        value: fc.maxSafeInteger().map((value) => value + 0),
        decimals: fc.nat({ max: 6 }),
        unit: fc.constantFrom('m', 'km/h', '"'),
      },
      { requiredKeys: ['value', 'decimals'] },
    ),
    image: fc.record({ hash: fc.constant('ab'.repeat(32)), alt: text }),
    windowMs: fc.constantFrom(5_000, 20_500),
    points: fc.constantFrom(0, 10_000),
  },
  { requiredKeys: ['kind', 'text', 'answers', 'correct', 'topic', 'source'] },
);

/** Each kind as often as the others, whatever the chances of its answers are. */
export const anyQuestion: fc.Arbitrary<Question> = draft
  .map(suited)
  .map((made) => createQuestion(made))
  .filter((made) => made.ok)
  .map((made) => made.value);

function suited({ number = { value: 7, decimals: 0 }, image, ...made }: QuestionDraft): QuestionDraft {
  const answers = made.answers.length < 2 ? ['One', 'Two'] : made.answers;
  const picture = image === undefined || made.points === undefined ? {} : { image };
  switch (made.kind) {
    case 'number':
      return { ...made, ...picture, number, answers: [], correct: [] };
    case 'boolean':
      return { ...made, ...picture, answers: ['True', 'False'], correct: [answers.length % 2] };
    case 'choice':
      return { ...made, ...picture, answers, correct: [answers.length - 1] };
    case 'multi':
      return {
        ...made,
        ...picture,
        answers,
        correct: made.correct.length === 0 ? [0] : made.correct.filter((at) => at < answers.length),
      };
    default:
      return { ...made, ...picture, answers, correct: [] };
  }
}
