/** What of the data folder is the authority's. */
import { join } from 'node:path';

/** Key, log, secrets and bank. */
export function authorityFolder(dataDir: string): string {
  return join(dataDir, 'authority');
}
