/** The paths under /log/<world>/: exactly these spellings and nothing else, so that no path can leave its world. */
import { type Bytes, blobPath, ESCROW_FILE, parseTilePath, ROTATIONS_FILE } from '@fairground/ledger';
import { limits, pictureType } from '@fairground/protocol';

/** How long the answer stays true. */
export type Freshness = 'immutable' | 'partial' | 'changing';

const hashed = /^(?:snapshot|blob)\/[0-9a-f]{64}$/;
const changing = new Set(['checkpoint', 'policy', 'world.json', 'bundle.fair', ROTATIONS_FILE]);

export function isBlobPath(path: string): boolean {
  return path.startsWith('blob/');
}

/** What is named by its hash must have it, and be no larger than a picture may be; what has another name is sound. */
export function isSoundFile(path: string, bytes: Bytes): boolean {
  return !isBlobPath(path) || (bytes.length <= limits.pictureBytes.max && path === blobPath(bytes));
}

/** Undefined for what is no path of a log. */
export function parseLogPath(path: string): Freshness | undefined {
  if (changing.has(path)) return 'changing';
  if (hashed.test(path) || path === ESCROW_FILE) return 'immutable';
  const tile = parseTilePath(path);
  if (!tile.ok) return undefined;
  return tile.value.width === 256 ? 'immutable' : 'partial';
}

/** Of a blob what its bytes say; one that is no picture is shown by no browser. */
export function contentTypeOf(path: string, bytes: Bytes): string {
  if (isBlobPath(path)) return pictureType(bytes) ?? 'application/octet-stream';
  if (path === 'checkpoint' || path === 'policy') return 'text/plain; charset=utf-8';
  if (path === 'world.json') return 'application/json';
  return path === 'bundle.fair' ? 'application/zip' : 'application/octet-stream';
}

/** What only capability holders may read must not lie in shared caches. */
export function cacheControl(freshness: Freshness, isPublic: boolean): string {
  const who = isPublic ? 'public' : 'private';
  switch (freshness) {
    case 'immutable':
      return `${who}, max-age=31536000, immutable`;
    case 'partial':
      return `${who}, max-age=300`;
    case 'changing':
      return `${who}, max-age=1, must-revalidate`;
  }
}
