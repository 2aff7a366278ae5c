/** What the bank reads: each format as a file of its own, taken questions out and in again. */
import {
  type ExportFormat,
  exportQuestions,
  type ImportFormat,
  importQuestions,
  type Question,
} from '@fairground/questions';
import { jsonInputs } from '../inputs/jsonInputs.ts';
import { textInputs } from '../inputs/textInputs.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { claim, type Target } from '../target.ts';

const some = importQuestions([
  {
    name: 'some.gift',
    bytes: new TextEncoder().encode(
      'Which fruit is guacamole made of? {=Avocado ~Lime ~Mango####The word is Nahuatl.}\n\nBats are blind. {FALSE####All can see.}\n\nWhich is a number? {=7 ~G ~“a, b” ~\\=x}\n',
    ),
  },
]).questions;
const jsonl = [...exportQuestions(some, 'jsonl')].map((line) => JSON.parse(line) as unknown);
const formats = ['csv', 'gift', 'opentdb', 'aiken', 'opentriviaqa'] as const;
const one = (format: ExportFormat) =>
  some.map((question) => [...exportQuestions([question], format)].join(''));
const gift = [
  ...one('gift'),
  '$CATEGORY: $course$/top/Rivers\n\n// why\n::Nile::[html]<p>Caf&eacute; \\{1\\}?</p> {~%50%a#no ~%-100%b =c####So.}\n\n',
  'Grant is {=buried ~living} here.\n\nPi? {#3.14:0.01}\n\nSun? {F#no#yes}\n\nType {=a =b} or {#1..5}\n\n',
  'Match {=a -> b =c -> d}\n\nEssay {}\n\nOnly words\n',
];
const csv = [
  [...exportQuestions(some, 'csv')].join(''),
  'sep=;\nkind;text;right;wrong1;unit\nnumber;Pi?;3,14;;m\nmulti;One?;a | b \\| c;d;\n"poll";"Two ""2""\n?";a|b;;\n',
  'Question\tAnswer 1\tAnswer 2\tTime limit\tCorrect answer(s)\nOne?\tPo\tNile\t20\t2\nTwo?\tPo\tNile\t\tA,B\n',
];
const api = ['&eacute;&#233;&amp;', 'a%20b%3f', 'a+b', 'YQ=='].map((text) => ({
  type: text === 'YQ==' ? 'bXVsdGlwbGU=' : 'multiple',
  category: text,
  question: text,
  correct_answer: text,
  incorrect_answers: ['b', 'c'],
}));
const blocks = [
  '#Q Which ball game has a “tie-break”?\n^ Tennis\nA Polo\nB Tennis\nC Golf\nD Bowls\n\n',
  '#Q Three lines\rof a song\rthat is made up?\r^ Five\rA Four\rB Five\r',
  '#Q BeyoncÃ© was born in Houston.\r\n^ True\r\nA False\r\nB True\r\n\r\n',
  '\ufeff#Q \u0422he first letter?\n^ \u0410 fact\nA A fact\nB A tale\n',
  '#Q None right?\nA One\nB Two\n\n#Q Two?\n^ One\n^ Two\nA One\nB Two\n',
];

const mostKnown = 20_000;

export const questionTargets: readonly Target[] = [
  importer(
    'import-opentriviaqa',
    'questions as OpenTriviaQA text',
    textInputs(blocks, ['#Q', '^', 'A', 'B', '\r', '\u0093', 'Ã©', '“', 'True'], /([ \n\r])/),
  ),
  importer(
    'import-json',
    'questions as one JSON array',
    jsonInputs(jsonl, (lines) => `[${lines.join(',\n')}]`),
  ),
  importer(
    'import-jsonl',
    'questions as JSON lines',
    jsonInputs(jsonl, (lines) => lines.join('\n')),
  ),
  importer(
    'import-opentdb',
    'questions as an answer of the Open Trivia DB',
    jsonInputs(api, (results) => `{"response_code":0,"results":[${results.join(',')}]}`),
  ),
  importer(
    'import-gift',
    'questions as GIFT',
    textInputs(
      gift,
      ['{', '}', '=', '~', '#', '####', '%50%', '\\', '->', '::', '[html]', '..', ':', 'T'],
      /([ \n])/,
    ),
    'gift',
  ),
  importer(
    'import-csv',
    'questions as CSV',
    textInputs(
      csv,
      ['"', '""', ',', ';', '\t', '|', '\\', '\n', "'=", 'text', 'right', 'sep=|'],
      /([,;\t\n])/,
    ),
    'csv',
  ),
  importer(
    'import-aiken',
    'questions as Aiken',
    textInputs(one('aiken'), ['ANSWER:', 'A.', 'B)', '\n', '\r', 'Z.'], /([ \n])/),
    'aiken',
  ),
];

/** Without a format the file is known by what it says. */
function importer(name: string, about: string, inputs: Inputs, form?: ImportFormat): Target {
  const known = new Set<string>();
  return {
    name,
    about,
    inputs,
    check(input) {
      const { questions, refused } = importQuestions(
        [{ name: 'file.txt', bytes: input }],
        form === undefined ? {} : { format: form },
      );
      claim(questions.length + refused.length > 0, 'a file is neither taken nor refused');
      if (questions.length === 0) return false;
      const text = [...exportQuestions(questions, 'jsonl')].join('');
      const format = formats[input.length % formats.length] ?? 'csv';
      // Many inputs say the same questions: what they are written as and read from says the same, too.
      const way = `${format}${text}`;
      if (known.has(way)) return true;
      claimReturns(questions, text, format);
      if (known.size >= mostKnown) known.clear();
      known.add(way);
      return true;
    },
  };
}

/** Written and read again they are the same, in our own format; in `format` none is missing but those that it cannot hold. */
function claimReturns(questions: readonly Question[], text: string, format: ExportFormat): void {
  const again = importQuestions([{ name: 'again', bytes: new TextEncoder().encode(text) }]);
  claim(again.refused.length === 0, `what was taken is refused: ${again.refused[0]?.reason}`);
  claim([...exportQuestions(again.questions, 'jsonl')].join('') === text, 'a question changes on its way');
  let leftOut = 0;
  const said = [
    ...exportQuestions(questions, format, ({ lost }) => (leftOut += lost === 'all' ? 1 : 0)),
  ].join('');
  const returned = importQuestions([{ name: 'again', bytes: new TextEncoder().encode(said) }], {
    format,
  });
  const many = returned.questions.length + returned.merged;
  claim(many === questions.length - leftOut, `${format} loses a question: ${returned.refused[0]?.reason}`);
}
