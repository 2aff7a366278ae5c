/** Files that a world's entries name by their hash: shown only when an entry has opened them, taken from whoever supplied them. */
import { type Bytes, bytesToHex, decodeEntry, hexToBytes, namedFiles } from '@fairground/ledger';
import type { Supplier } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';

export interface BlobDeps {
  readonly store: Pick<LogStore, 'entries'>;
  readonly suppliers: Readonly<Record<string, Supplier>>;
}

interface Opened {
  readonly world: Bytes;
  /** Published entries. */
  readonly size: number;
}

/** So many entries are in memory at a time. */
const chunk = 1024;
/** In a `.fair` file that goes over a link; whoever puts one together at home takes all. */
const mostInBundle = 12 * 2 ** 20;
const mark = Buffer.from('hash');

/** Undefined for what no published entry names, whether there is such a file or not. */
export async function readBlob(deps: BlobDeps, opened: Opened, hash: Bytes): Promise<Bytes | undefined> {
  // First what costs least: a file that is not there is searched for in no log.
  const bytes = await findFile(deps, hash);
  return bytes && (await isNamed(deps, opened, bytesToHex(hash))) ? bytes : undefined;
}

/** What these entries name and is there, in the order in which they name it, as much as a bundle takes. */
export async function blobsOf(deps: BlobDeps, entries: readonly Bytes[]): Promise<readonly Bytes[]> {
  const hashes = new Set(entries.flatMap(namedIn));
  const blobs: Bytes[] = [];
  let total = 0;
  for (const hash of hashes) {
    const bytes = await findFile(deps, hexToBytes(hash) ?? new Uint8Array(0));
    total += bytes?.length ?? 0;
    if (total > mostInBundle) return blobs;
    if (bytes) blobs.push(bytes);
  }
  return blobs;
}

async function findFile({ suppliers }: BlobDeps, hash: Bytes): Promise<Bytes | undefined> {
  for (const supplier of Object.values(suppliers)) {
    const bytes = await supplier.file?.(hash);
    if (bytes) return bytes;
  }
  return undefined;
}

/** From the end on: what is asked for was opened just now. */
async function isNamed({ store }: BlobDeps, { world, size }: Opened, hash: string): Promise<boolean> {
  const wanted = Buffer.from(hash);
  for (let to = size; to > 0; to -= chunk) {
    const entries = await store.entries(world, Math.max(0, to - chunk), to);
    const found = entries.some((bytes) => view(bytes).includes(wanted) && namedIn(bytes).includes(hash));
    if (found) return true;
  }
  return false;
}

function namedIn(bytes: Bytes): readonly string[] {
  if (!view(bytes).includes(mark)) return [];
  const entry = decodeEntry(bytes);
  return entry.ok ? namedFiles(entry.value) : [];
}

function view({ buffer, byteOffset, length }: Bytes): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
