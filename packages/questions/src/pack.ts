/** A pack: questions and the pictures that they show, together in one ZIP, or files that were handed in beside each other. */
import { type Bytes, bytesToHex, ok, type Result, sha256, writeZip, zipSource } from '@fairground/ledger';
import { jsonlLine } from './export/jsonl.ts';
import type { ImportFile } from './import/found.ts';
import { MAX_FILE_BYTES } from './import/importQuestions.ts';
import type { Question } from './question.ts';
import { REFUSALS, type Refused } from './refusal.ts';

export const MAX_PACK_BYTES = 512 * 2 ** 20;

export interface OpenedPacks {
  /** Files of questions. */
  readonly files: readonly ImportFile[];
  /** By their path, below the name of their ZIP if they came in one. */
  readonly pictures: ReadonlyMap<string, Bytes>;
  /** ZIPs that cannot be opened. */
  readonly refused: readonly Refused[];
}

const PICTURE = /\.(?:jpe?g|png|webp)$/iu;
/** Of one ZIP; a system's own notes beside the files are none of ours. */
const LIMITS = { member: MAX_FILE_BYTES, total: MAX_PACK_BYTES, count: 20_000, names: 'unicode' } as const;
const HIDDEN = /(?:^|\/)(?:\.|__MACOSX\/|Thumbs\.db$)/u;

export function isPictureName(name: string): boolean {
  return PICTURE.test(name);
}

/** ZIPs unpacked, questions apart from pictures. */
export async function openPacks(given: readonly ImportFile[]): Promise<OpenedPacks> {
  const files: ImportFile[] = [];
  const pictures = new Map<string, Bytes>();
  const refused: Refused[] = [];
  for (const file of given) {
    const opened = isZip(file) ? await unzip(file) : ok([file]);
    if (!opened.ok)
      refused.push({ file: file.name, line: 1, code: 'pack_unreadable', reason: REFUSALS.pack_unreadable });
    for (const { name, bytes } of opened.ok ? opened.value : [])
      if (isPictureName(name)) pictures.set(name, bytes);
      else files.push({ name, bytes });
  }
  return { files, pictures, refused };
}

/** Where a picture lies that a file of questions names: beside it or in a folder below. Undefined for what leads elsewhere on any system. */
export function picturePath(pack: string, name: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  const isStrange = /[\u0000-\u001f\\:]/u.test(name) || name.startsWith('/') || name.length > 500;
  if (isStrange || name.split('/').includes('..')) return undefined;
  return (pack.replace(/[^/]*$/u, '') + name).normalize('NFC');
}

export interface PackPicture {
  /** How its file ends. */
  readonly type: 'webp' | 'png' | 'jpg';
  readonly bytes: Bytes;
}

/** One ZIP that comes in again as the same questions with the same pictures. `absent`: of how many questions the picture is not there. */
export function writePack(
  questions: Iterable<Question>,
  pictureOf: (hash: string) => PackPicture | undefined,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly absent: number } {
  const pictures = new Map<string, Bytes>();
  const lines: string[] = [];
  let absent = 0;
  for (const question of questions) {
    const picture = question.image && pictureOf(question.image.hash);
    if (question.image && !picture) absent += 1;
    const file = picture && `pictures/${bytesToHex(sha256(picture.bytes))}.${picture.type}`;
    if (picture && file !== undefined) pictures.set(file, picture.bytes);
    lines.push(jsonlLine(question, file));
  }
  const members = Array.from(pictures, ([name, bytes]) => ({ name, bytes }));
  const all = [{ name: 'questions.jsonl', bytes: new TextEncoder().encode(lines.join('')) }, ...members];
  return { bytes: writeZip(all), absent };
}

/** Of an archive with members; an empty one is no pack. */
function isZip({ bytes }: ImportFile): boolean {
  return [0x50, 0x4b, 3, 4].every((byte, at) => bytes[at] === byte);
}

async function unzip({ name: zip, bytes }: ImportFile): Promise<Result<readonly ImportFile[]>> {
  const source = zipSource(bytes, LIMITS);
  if (!source.ok) return source;
  const { names = [], read, damaged } = source.value;
  const members: ImportFile[] = [];
  try {
    for (const name of names)
      if (!HIDDEN.test(name))
        members.push({
          name: `${zip}/${name}`.normalize('NFC'),
          bytes: (await read(name)) ?? new Uint8Array(0),
        });
  } catch (fault) {
    return { ok: false, code: 'damaged', message: String(fault) };
  }
  return damaged && damaged.size > 0 ? { ok: false, code: 'damaged' } : ok(members);
}
