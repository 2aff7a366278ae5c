/** Where this command's data lies. */
import { resolve } from 'node:path';

/** The same variable and default as the servers'. */
export function dataDirOf(environment: Readonly<Record<string, string | undefined>>): string {
  const { DATA_DIR } = environment;
  return resolve(DATA_DIR === undefined || DATA_DIR === '' ? './data' : DATA_DIR);
}
