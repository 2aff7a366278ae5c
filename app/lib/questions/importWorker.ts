/** Reads files of questions and writes them in another form, off the page's thread and without the network. */
import {
  exportQuestions,
  type PackPicture,
  type Question,
  REFUSALS,
  type Refused,
  writePack,
} from '@fairground/questions';
import { readPack } from './readPack.ts';
import type { FromWorker, GivenFile, Pictured, RefusedQuestion, Report, ToWorker, Written } from './talk.ts';

/** A page of them says whether they came out well. */
const SHOWN = 24;

const say = (message: FromWorker) => postMessage(message);
let questions: readonly Question[] = [];
let pictures: ReadonlyMap<string, PackPicture> = new Map();

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'read')
    read(data.files, data.language).then((report) => say({ say: 'report', report }), reportError);
  else say({ say: 'written', written: data.format === 'zip' ? writeZip() : write(data.format) });
});

async function read(files: readonly GivenFile[], language: string): Promise<Report> {
  const result = await readPack(files, language, (share) => say({ say: 'progress', share }));
  ({ questions, pictures } = result);
  const topics = [...Map.groupBy(questions, ({ topic }) => topic)].map(([topic, of]) => ({
    topic,
    count: of.length,
  }));
  const shown = questions.flatMap(shownAs);
  return {
    questions: questions.length,
    merged: result.merged,
    topics: topics.toSorted((a, b) => b.count - a.count),
    refused: result.refused.map(briefly),
    pictured: shown.length,
    shown: shown.slice(0, SHOWN),
    unnamed: result.unnamed,
  };
}

function shownAs({ text, language, image }: Question): readonly Pictured[] {
  const picture = image && pictures.get(image.hash);
  return image && picture ? [{ text, language, alt: image.alt, bytes: new Uint8Array(picture.bytes) }] : [];
}

/** The page has words of its own for the code; what picture it is about stands in brackets behind the sentence. */
function briefly({ file, line, code, reason }: Refused): RefusedQuestion {
  const [, picture] = /^\((.+?)\)/u.exec(reason.slice(REFUSALS[code].length).trim()) ?? [];
  return { file, line, code, ...(code.startsWith('picture_') && picture !== undefined ? { picture } : {}) };
}

function write(format: Exclude<Written['format'], 'zip'>): Written {
  let [leftOut, poorer] = [0, 0];
  const chunks = exportQuestions(questions, format, ({ lost }) => {
    if (lost === 'all') leftOut++;
    else poorer++;
  });
  const body = [...chunks].join('');
  const unpictured = format === 'jsonl' || format === 'csv' ? questions.flatMap(shownAs).length : 0;
  return { format, body, leftOut, poorer, unpictured };
}

function writeZip(): Written {
  const { bytes, absent } = writePack(questions, (hash) => pictures.get(hash));
  return { format: 'zip', body: bytes, leftOut: 0, poorer: 0, unpictured: absent };
}
