/** What a searching thread does without, so that more inputs are tried in the same time: nothing here changes what a reader answers. */
import { knownVerdicts, type Verify } from '@fairground/ledger/testing/knownVerdicts';

/** Before anything is loaded. */
export function lightenThread(): void {
  // Yjs tells the console of client ids that are used twice: that is what is tried here.
  console.log = () => {};
  console.warn = () => {};
  // Readers refuse by throwing inside; of what breaks, the first place alone is told.
  Error.stackTraceLimit = 1;
  // Most mutants leave the signature and what it signs alone.
  const engine = process.getBuiltinModule('node:crypto') as { verify: unknown };
  engine.verify = knownVerdicts(engine.verify as Verify);
}
