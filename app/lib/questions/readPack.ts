/** Files of questions and the pictures that they name, as they were dropped: read once, and once more where pictures have to be read first. */
import { bytesToHex, err, ok, type Result, sha256 } from '@fairground/ledger';
import {
  type ImportFile,
  type ImportOptions,
  type ImportResult,
  importInSteps,
  openPacks,
  type PackPicture,
  picturePath,
  type RefusalCode,
  refuse,
} from '@fairground/questions';
import { recode } from './recode.ts';

export interface ReadPack extends ImportResult {
  /** By hash, in hexadecimal. */
  readonly pictures: ReadonlyMap<string, PackPicture>;
  /** Handed in, and named by no question. */
  readonly unnamed: number;
}

export async function readPack(
  given: readonly ImportFile[],
  language: string,
  show: (share: number) => void,
): Promise<ReadPack> {
  const { files, pictures: found, refused } = await openPacks(given);
  const named = new Set<string>();
  const note = (pack: string, name: string) => {
    const path = placeOf(found, pack, name);
    if (path.ok) named.add(path.value);
    return path.ok ? refuse('picture_missing') : path;
  };
  const first = readAll(files, { language, picture: note }, show);
  const made = new Map<string, Result<PackPicture, RefusalCode>>();
  for (const path of named) {
    made.set(path, await recode(path, new Uint8Array(found.get(path) ?? [])));
    show(made.size / named.size);
  }
  const picture = (pack: string, name: string) => hashOf(made, placeOf(found, pack, name), name);
  const read = named.size === 0 ? first : readAll(files, { language, picture }, show);
  const pictures = new Map<string, PackPicture>();
  for (const one of made.values()) if (one.ok) pictures.set(bytesToHex(sha256(one.value.bytes)), one.value);
  return { ...read, refused: [...refused, ...read.refused], pictures, unnamed: found.size - named.size };
}

function readAll(
  files: readonly ImportFile[],
  options: ImportOptions,
  show: (share: number) => void,
): ImportResult {
  const steps = importInSteps(files, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    show(step.value.done / Math.max(1, step.value.total));
  }
}

/** In a ZIP where it is named; files that were dropped one by one have lost their folders. */
function placeOf(
  found: ReadonlyMap<string, unknown>,
  pack: string,
  name: string,
): Result<string, RefusalCode> {
  const path = picturePath(pack, name);
  if (path === undefined) return refuse('picture_elsewhere', `(${name})`);
  const loose = name.normalize('NFC').replace(/^.*\//u, '');
  const place = [path, ...(pack.includes('/') ? [] : [loose])].find((one) => found.has(one));
  return place === undefined ? refuse('picture_missing', `(${name})`) : ok(place);
}

function hashOf(
  made: ReadonlyMap<string, Result<PackPicture, RefusalCode>>,
  place: Result<string, RefusalCode>,
  name: string,
): Result<string, RefusalCode> {
  if (!place.ok) return place;
  const picture = made.get(place.value) ?? err('picture_missing');
  return picture.ok ? ok(bytesToHex(sha256(picture.value.bytes))) : refuse(picture.code, `(${name})`);
}
