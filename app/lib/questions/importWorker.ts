/** Reads files of questions and writes them in another form, off the page's thread and without the network. */
import { exportQuestions, importInSteps, type ImportFile, type Question } from '@fairground/questions';
import type { FromWorker, Report, ToWorker, Written } from './talk.ts';

const say = (message: FromWorker) => postMessage(message);
let questions: readonly Question[] = [];

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'read') say({ say: 'report', report: read(data.files, data.language) });
  else say({ say: 'written', written: write(data.format) });
});

function read(files: readonly ImportFile[], language: string): Report {
  const steps = importInSteps(files, { language });
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) {
      say({ say: 'progress', share: step.value.done / Math.max(1, step.value.total) });
      continue;
    }
    const { refused, merged } = step.value;
    questions = step.value.questions;
    const topics = [...Map.groupBy(questions, ({ topic }) => topic)].map(([topic, of]) => ({
      topic,
      count: of.length,
    }));
    return {
      questions: questions.length,
      merged,
      topics: topics.toSorted((a, b) => b.count - a.count),
      refused: refused.map(({ file, line, code }) => ({ file, line, code })),
    };
  }
}

function write(format: Written['format']): Written {
  let [leftOut, poorer] = [0, 0];
  const chunks = exportQuestions(questions, format, ({ lost }) => {
    if (lost === 'all') leftOut++;
    else poorer++;
  });
  return { format, text: [...chunks].join(''), leftOut, poorer };
}
