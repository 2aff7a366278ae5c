/** The paths under /log/<world>/: exactly these spellings and nothing else, so that no path can leave its world. */
import { parseTilePath } from '@fairground/ledger';

/** How long the answer stays true. */
export type Freshness = 'immutable' | 'partial' | 'changing';

const hashed = /^(?:snapshot|blob)\/[0-9a-f]{64}$/;
const changing = new Set(['checkpoint', 'policy', 'world.json', 'bundle.fair']);

/** Undefined for what is no path of a log. */
export function parseLogPath(path: string): Freshness | undefined {
  if (changing.has(path)) return 'changing';
  if (hashed.test(path)) return 'immutable';
  const tile = parseTilePath(path);
  if (!tile.ok) return undefined;
  return tile.value.width === 256 ? 'immutable' : 'partial';
}

export function contentTypeOf(path: string): string {
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
