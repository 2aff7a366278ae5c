/** What is bundled into one script and run in every engine: no machine, just the rules. */
import { type Golden, replayHashes } from './golden.ts';

/** The state hashes of a golden ledger, a line each. */
export function replayGolden(json: string): string {
  const golden: Golden = JSON.parse(json);
  return replayHashes(golden).join('\n');
}
