/** The JSON of the Open Trivia DB's API, texts HTML-encoded as its default is: https://opentdb.com/api_config.php */
import type { Question } from '../question.ts';
import { topicLabel } from '../topics.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
  // A word with these could be taken for one that is percent-encoded.
  '%': '&#37;',
  '+': '&#43;',
};

export function* openTdb(questions: Iterable<Question>): Generator<string> {
  let lead = '{"response_code":0,"results":[\n';
  for (const question of questions) {
    yield `${lead}${JSON.stringify(result(question))}`;
    lead = ',\n';
  }
  yield lead.startsWith('{') ? `${lead}]}\n` : '\n]}\n';
}

function result({ topic, kind, text, answers, correct }: Question) {
  return {
    type: kind === 'boolean' ? 'boolean' : 'multiple',
    // The format has no other place for "not known".
    difficulty: 'medium',
    category: encode(topicLabel(topic)),
    question: encode(text),
    correct_answer: encode(answers.find((_, index) => correct.includes(index)) ?? ''),
    incorrect_answers: answers.filter((_, index) => !correct.includes(index)).map(encode),
  };
}

function encode(text: string): string {
  return text.replace(/[&<>"'%+]/gu, (char) => ENTITIES[char] ?? char);
}
