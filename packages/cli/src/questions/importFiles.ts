/** Reads files and folders, adds what they hold to the bank, and says what became of each question. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ImportFile,
  type ImportResult,
  importInSteps,
  Language,
  type QuestionId,
  REFUSALS,
  type Refused,
  Topic,
} from '@fairground/questions';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, counted, dim, green, print, printJson, red } from '../terminal/print.ts';
import { createProgress } from '../terminal/progress.ts';
import { withBank } from './withBank.ts';

export interface ImportFlags {
  readonly topic?: string;
  readonly language: string;
  readonly json?: true;
}

interface Imported {
  readonly imported: number;
  readonly merged: number;
  readonly refused: readonly Refused[];
  readonly ms: number;
}

/** The bank takes so many in one transaction: a running server waits no longer than for one. */
const CHUNK = 1_000;

export async function importFiles(paths: readonly string[], flags: ImportFlags): Promise<void> {
  const began = performance.now();
  checkFlags(flags);
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const read = await readQuestions(files, flags);
  const added = await addToBank(read);
  const result: Imported = {
    imported: added.imported,
    merged: read.merged + added.merged,
    refused: [...read.refused, ...added.refused],
    ms: Math.round(performance.now() - began),
  };
  if (flags.json) printJson(result);
  else show(result);
  if (result.imported + result.merged === 0) process.exitCode = 1;
}

function checkFlags({ topic, language }: ImportFlags): void {
  if (topic !== undefined && !Topic.safeParse(topic).success)
    throw new CommandFailure(
      `"${topic}" is no topic: use small letters, digits and hyphens, as in "brit-pop".`,
    );
  if (!Language.safeParse(language).success)
    throw new CommandFailure(`"${language}" is no language: use a tag as in "en" or "pt-BR".`);
}

/** Folders with all that is in them, but for hidden files. */
async function filesAt(path: string): Promise<readonly ImportFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new CommandFailure(`There is no file or folder ${path}.`);
  if (!found.isDirectory()) return [await fileAt(path)];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  if (names.length === 0) throw new CommandFailure(`The folder ${path} is empty.`);
  return Promise.all(names.map(fileAt));
}

async function fileAt(name: string): Promise<ImportFile> {
  try {
    return { name, bytes: new Uint8Array(await readFile(name)) };
  } catch (error) {
    throw new CommandFailure(`${name} cannot be read: ${messageOf(error)}.`);
  }
}

async function readQuestions(
  files: readonly ImportFile[],
  { topic, language, json }: ImportFlags,
): Promise<ImportResult> {
  const progress = createProgress(!json);
  const steps = importInSteps(files, {
    language: Language.parse(language),
    ...(topic !== undefined && { topic: Topic.parse(topic) }),
  });
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) {
      progress.end();
      return step.value;
    }
    const { done, total, file } = step.value;
    progress.show(`reading ${file}: ${Math.floor((100 * done) / Math.max(1, total))} %`);
  }
}

async function addToBank({ questions, places }: ImportResult) {
  const contradicting: QuestionId[] = [];
  let imported = 0;
  let merged = 0;
  await withBank(
    (bank) => {
      for (let at = 0; at < questions.length; at += CHUNK) {
        const added = bank.add(questions.slice(at, at + CHUNK));
        imported += added.imported;
        merged += added.merged;
        contradicting.push(...added.contradicting);
      }
    },
    { isNew: true },
  );
  const refused = contradicting.map((id): Refused => {
    const { file = '', line = 1 } = places.get(id) ?? {};
    return { file, line, code: 'contradiction', reason: REFUSALS.contradiction };
  });
  return { imported, merged, refused };
}

const SHOWN = 20;

function show({ imported, merged, refused, ms }: Imported): void {
  const isGood = imported + merged > 0;
  print(
    `${isGood ? green('✓') : red('✗')} ${bold(counted(imported, 'question'))} imported, ${merged} merged with ones that are there, ${refused.length} refused  ${dim(`${(ms / 1000).toFixed(1)} s`)}`,
  );
  for (const { file, line, code, reason } of refused.slice(0, SHOWN))
    print(`  ${file}:${line}  ${reason} ${dim(`(${code})`)}`);
  if (refused.length > SHOWN) print(`  … and ${refused.length - SHOWN} more; --json names them all.`);
}
