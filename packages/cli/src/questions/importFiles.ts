/** Reads files and folders, adds what they hold to the bank, and says what became of each question. */
import { hexToBytes } from '@fairground/ledger';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ImportFile,
  type ImportFormat,
  type ImportOptions,
  isPictureName,
  Language,
  MAX_FILE_BYTES,
  MAX_PACK_BYTES,
  type QuestionId,
  REFUSALS,
  type Refused,
  Source,
  Topic,
} from '@fairground/questions';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { bold, counted, dim, green, print, printJson, red } from '../terminal/print.ts';
import { readQuestions, type ReadQuestions } from './readQuestions.ts';
import { withBank } from './withBank.ts';

export interface ImportFlags {
  readonly topic?: string;
  readonly language: string;
  readonly format?: ImportFormat;
  readonly source?: string;
  readonly licence: string;
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
/** Stands for every file that is refused for its size. */
const tooLarge = new Uint8Array(MAX_FILE_BYTES + 1);

export async function importFiles(paths: readonly string[], flags: ImportFlags): Promise<void> {
  const began = performance.now();
  checkFlags(flags);
  const names = (await Promise.all(paths.map(namesAt))).flat();
  const read = await readQuestions(await readFiles(names), optionsOf(flags), !flags.json);
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

function checkFlags({ topic, language, source, licence }: ImportFlags): void {
  if (source !== undefined && !Source.safeParse({ name: source, licence }).success)
    throw new CommandFailure('A source and its licence have 1 to 120 characters each.');
  if (topic !== undefined && !Topic.safeParse(topic).success)
    throw new CommandFailure(
      `"${topic}" is no topic: use small letters, digits and hyphens, as in "brit-pop".`,
    );
  if (!Language.safeParse(language).success)
    throw new CommandFailure(`"${language}" is no language: use a tag as in "en" or "pt-BR".`);
}

/** Folders with all that is in them, but for hidden files and pictures, which lie beside what names them. */
async function namesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new CommandFailure(`There is no file or folder ${path}.`);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !isPictureName(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  if (names.length === 0) throw new CommandFailure(`The folder ${path} is empty.`);
  return names;
}

/** A file past its limit is named and not read. All files of one import are in memory together. */
async function readFiles(names: readonly string[]): Promise<readonly ImportFile[]> {
  const files: ImportFile[] = [];
  let total = 0;
  for (const name of names) {
    const bytes = (await readFileAtMost(name, isPack(name) ? MAX_PACK_BYTES : MAX_FILE_BYTES)) ?? tooLarge;
    if (bytes !== tooLarge) total += bytes.length;
    if (total > MAX_PACK_BYTES)
      throw new CommandFailure(
        `Together these are more than ${MAX_PACK_BYTES / 2 ** 20} MiB: import them in parts.`,
      );
    files.push({ name, bytes });
  }
  return files;
}

/** Pictures make it large; what is in it has limits of its own. */
function isPack(name: string): boolean {
  return name.toLowerCase().endsWith('.zip');
}

function optionsOf({ topic, language, format, source, licence }: ImportFlags): ImportOptions {
  return {
    language: Language.parse(language),
    ...(format !== undefined && { format }),
    ...(topic !== undefined && { topic: Topic.parse(topic) }),
    ...(source !== undefined && { source: { name: source, licence } }),
  };
}

/** Pictures first: a question whose picture is not in the bank is not taken. */
async function addToBank({ questions, places, pictures }: ReadQuestions) {
  const refused: Refused[] = [];
  const refuseOne = (id: QuestionId, code: 'contradiction' | 'picture_missing') => {
    const { file = '', line = 1 } = places.get(id) ?? {};
    refused.push({ file, line, code, reason: REFUSALS[code] });
  };
  let imported = 0;
  let merged = 0;
  await withBank(
    (bank) => {
      bank.addPictures(questions.flatMap(({ image }) => pictures.get(image?.hash ?? '') ?? []));
      const taken = questions.filter(({ id, image }) => {
        const isThere = !image || bank.hasPicture(hexToBytes(image.hash) ?? none);
        if (!isThere) refuseOne(id, 'picture_missing');
        return isThere;
      });
      for (let at = 0; at < taken.length; at += CHUNK) {
        const added = bank.add(taken.slice(at, at + CHUNK));
        imported += added.imported;
        merged += added.merged;
        for (const id of added.contradicting) refuseOne(id, 'contradiction');
      }
    },
    { isNew: true },
  );
  return { imported, merged, refused };
}

const none = new Uint8Array(0);
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
