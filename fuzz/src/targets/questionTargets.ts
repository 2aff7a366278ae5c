/** What the bank reads: each format as a file of its own, taken questions out and in again. */
import { exportQuestions, importQuestions, starterQuestions } from '@fairground/questions';
import { jsonInputs } from '../inputs/jsonInputs.ts';
import { textInputs } from '../inputs/textInputs.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { claim, type Target } from '../target.ts';

const some = [...starterQuestions()].slice(0, 3);
const jsonl = [...exportQuestions(some, 'jsonl')].map((line) => JSON.parse(line) as unknown);
const formats = ['csv', 'gift', 'opentdb'] as const;
const blocks = [
  '#Q Which ball game has a “tie-break”?\n^ Tennis\nA Polo\nB Tennis\nC Golf\nD Bowls\n\n',
  '#Q Three lines\rof a song\rthat is made up?\r^ Five\rA Four\rB Five\r',
  '#Q BeyoncÃ© was born in Houston.\r\n^ True\r\nA False\r\nB True\r\n\r\n',
  '\ufeff#Q \u0422he first letter?\n^ \u0410 fact\nA A fact\nB A tale\n',
  '#Q None right?\nA One\nB Two\n\n#Q Two?\n^ One\n^ Two\nA One\nB Two\n',
];

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
];

function importer(name: string, about: string, inputs: Inputs): Target {
  return {
    name,
    about,
    inputs,
    check(input) {
      const { questions, refused } = importQuestions([{ name: 'file.txt', bytes: input }]);
      claim(questions.length + refused.length > 0, 'a file is neither taken nor refused');
      if (questions.length === 0) return false;
      const text = [...exportQuestions(questions, 'jsonl')].join('');
      const again = importQuestions([{ name: 'again', bytes: new TextEncoder().encode(text) }]);
      claim(again.refused.length === 0, `what was taken is refused: ${again.refused[0]?.reason}`);
      claim(
        [...exportQuestions(again.questions, 'jsonl')].join('') === text,
        'a question changes on its way',
      );
      const format = formats[input.length % formats.length] ?? 'csv';
      claim([...exportQuestions(questions, format)].length > 0, 'nothing is written');
      return true;
    },
  };
}
