/** The pictures that packs name, re-encoded: each file once, however many questions show it. */
import { sep } from 'node:path';
import { type Bytes, bytesToHex, err, ok, type Result, sha256 } from '@fairground/ledger';
import { pictureBounds, type PictureFault } from '@fairground/protocol';
import { picturePath } from '@fairground/questions';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { createRecoder, type Recoder } from './createRecoder.ts';
import { findPicture, type PlaceFault } from './findPicture.ts';

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

/** `zipped` are those that came in a ZIP, by their path below its name. */
export async function readPictures(
  named: readonly NamedPicture[],
  zipped: ReadonlyMap<string, Bytes>,
  show: (done: number) => void,
): Promise<ReadPictures> {
  const recoder = createRecoder();
  const read = createReader(recoder, zipped);
  const hashes = new Map<string, Result<string, PlaceFault | PictureFault>>();
  const pictures = new Map<string, Bytes>();
  let total = 0;
  try {
    for (const [done, picture] of named.entries()) {
      show(done);
      const made = await read(picture);
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

type Made = Promise<Result<Bytes, PlaceFault | PictureFault>>;

/** Each file once. */
function createReader(recoder: Recoder, zipped: ReadonlyMap<string, Bytes>): (picture: NamedPicture) => Made {
  const made = new Map<string, Made>();
  const once = (path: string, make: () => Made): Made => {
    const making = made.get(path) ?? make();
    made.set(path, making);
    return making;
  };
  return async ({ pack, name }) => {
    const path = picturePath(pack, name);
    const bytes = path === undefined ? undefined : zipped.get(path);
    if (path !== undefined && bytes) return once(path, () => recoder.recode(bytes, name));
    const found = await findPicture(pack, name);
    return found.ok ? once(found.value, () => recodeFile(recoder, found.value)) : found;
  };
}

async function recodeFile(recoder: Recoder, path: string): Made {
  try {
    const bytes = await readFileAtMost(path, pictureBounds.fileBytes);
    return bytes ? await recoder.recode(bytes, path.split(sep).at(-1)) : err('picture_too_large');
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
