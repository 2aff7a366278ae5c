/** What the bank holds, on a terminal. */
import { topicLabel } from '@fairground/questions';
import { bold, counted, dim, print, printJson, table } from '../terminal/print.ts';
import { withBank } from './withBank.ts';

export async function listQuestions({
  topic,
  json,
}: {
  readonly topic?: string;
  readonly json?: true;
}): Promise<void> {
  await (topic === undefined ? listTopics(json === true) : listOf(topic, json === true));
}

async function listTopics(asJson: boolean): Promise<void> {
  const { topics, sources } = await withBank((bank) => ({ topics: bank.topics(), sources: bank.sources() }));
  if (asJson) return printJson({ topics, sources });
  const total = topics.reduce((sum, { count }) => sum + count, 0);
  print(`${bold(counted(total, 'question'))} on ${counted(topics.length, 'topic')}\n`);
  print(table(topics.map(({ topic, language, count }) => [topic, topicLabel(topic), language, count])));
  print();
  for (const { name, licence, count } of sources)
    print(dim(`${counted(count, 'question')} from ${name} (${licence})`));
}

async function listOf(topic: string, asJson: boolean): Promise<void> {
  const questions = await withBank((bank) => [...bank.questions({ topic })]);
  if (asJson) return printJson(questions);
  print(`${bold(topicLabel(topic))}: ${counted(questions.length, 'question')}\n`);
  for (const { text, answers, correct, quality } of questions) {
    print(`${text}  ${dim(`(${correct.map((i) => answers[i]).join(', ')}; quality ${quality})`)}`);
  }
}
