/** The pictures that packs name, re-encoded: each file once, however many questions show it. */
import { type Bytes, bytesToHex, err, ok, type Result, sha256 } from '@fairground/ledger';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { createRecoder, type Recoder } from './createRecoder.ts';
import { findPicture, type PlaceFault } from './findPicture.ts';
import { MAX_PICTURE_BYTES, type PictureFault } from './recode.ts';

export interface NamedPicture {
  /** The file that names it. */
  readonly pack: string;
  readonly name: string;
}

export interface ReadPictures {
  /** By hash, in hexadecimal. */
  readonly pictures: ReadonlyMap<string, Bytes>;
  hashOf(picture: NamedPicture): Result<string, PlaceFault | PictureFault>;
}

/** All pictures of one import are in memory together. */
const mostBytes = 512 * 2 ** 20;

export async function readPictures(
  named: readonly NamedPicture[],
  show: (done: number) => void,
): Promise<ReadPictures> {
  const recoder = createRecoder();
  const byPath = new Map<string, Promise<Result<Bytes, PictureFault>>>();
  const hashes = new Map<string, Result<string, PlaceFault | PictureFault>>();
  const pictures = new Map<string, Bytes>();
  let total = 0;
  try {
    for (const [done, picture] of named.entries()) {
      show(done);
      const made = await readOne(recoder, byPath, picture);
      hashes.set(keyOf(picture), made.ok ? ok(bytesToHex(sha256(made.value))) : made);
      if (!made.ok) continue;
      const hash = bytesToHex(sha256(made.value));
      if (!pictures.has(hash)) total += made.value.length;
      pictures.set(hash, made.value);
      if (total > mostBytes) throw tooMany();
    }
  } finally {
    await recoder.close();
  }
  return { pictures, hashOf: (picture) => hashes.get(keyOf(picture)) ?? err('picture_missing') };
}

async function readOne(
  recoder: Recoder,
  byPath: Map<string, Promise<Result<Bytes, PictureFault>>>,
  { pack, name }: NamedPicture,
): Promise<Result<Bytes, PlaceFault | PictureFault>> {
  const found = await findPicture(pack, name);
  if (!found.ok) return found;
  const path = found.value;
  const reading = byPath.get(path) ?? recodeFile(recoder, path);
  byPath.set(path, reading);
  return reading;
}

async function recodeFile(recoder: Recoder, path: string): Promise<Result<Bytes, PictureFault>> {
  try {
    const bytes = await readFileAtMost(path, MAX_PICTURE_BYTES);
    return bytes ? await recoder.recode(bytes) : err('picture_too_large');
  } catch (fault) {
    if (fault instanceof CommandFailure) return err('picture_unreadable');
    throw fault;
  }
}

function keyOf({ pack, name }: NamedPicture): string {
  return `${pack}\0${name}`;
}

function tooMany(): CommandFailure {
  return new CommandFailure(
    `Together these pictures are more than ${mostBytes / 2 ** 20} MiB: import them in parts.`,
  );
}
