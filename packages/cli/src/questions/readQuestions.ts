/** What files hold, their pictures included: read once, and once more where it turns out that pictures have to be read first. */
import type { Bytes } from '@fairground/ledger';
import {
  type ImportFile,
  type ImportOptions,
  type ImportResult,
  importInSteps,
  openPacks,
  refuse,
} from '@fairground/questions';
import { type NamedPicture, readPictures } from '../pictures/readPictures.ts';
import { createProgress } from '../terminal/progress.ts';

export interface ReadQuestions extends ImportResult {
  /** Those that files named, as they are to be stored, by their hash in hexadecimal. */
  readonly pictures: ReadonlyMap<string, Bytes>;
}

type Progress = ReturnType<typeof createProgress>;

export async function readQuestions(
  given: readonly ImportFile[],
  options: ImportOptions,
  isShown: boolean,
): Promise<ReadQuestions> {
  const progress = createProgress(isShown);
  const { files, pictures: zipped, refused } = await openPacks(given);
  const named: NamedPicture[] = [];
  const note = (pack: string, name: string) => {
    named.push({ pack, name });
    return refuse('picture_missing');
  };
  const first = readAll(files, { ...options, picture: note }, progress);
  if (named.length === 0) return { ...first, refused: [...refused, ...first.refused], pictures: new Map() };
  const read = await readPictures(named, zipped, (done) =>
    progress.show(`picture ${done + 1} of ${named.length}`),
  );
  const picture = (pack: string, name: string) => {
    const hash = read.hashOf({ pack, name });
    return hash.ok ? hash : refuse(hash.code, `(${name})`);
  };
  const second = readAll(files, { ...options, picture }, progress);
  return { ...second, refused: [...refused, ...second.refused], pictures: read.pictures };
}

function readAll(files: readonly ImportFile[], options: ImportOptions, progress: Progress): ImportResult {
  const steps = importInSteps(files, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) {
      progress.end();
      return step.value;
    }
    const { done, total, file } = step.value;
    progress.show(`reading ${file}: ${Math.floor((100 * done) / Math.max(1, total))} %`);
  }
}
