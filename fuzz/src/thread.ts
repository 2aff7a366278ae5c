/** What a searching thread does without, so that more inputs are tried in the same time: nothing here changes what a reader answers. */
import { createHash, type KeyObject } from 'node:crypto';

type Verify = (algorithm: null, message: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;

const mostKnown = 50_000;

/** Before anything is loaded. */
export function lightenThread(): void {
  // Yjs tells the console of client ids that are used twice: that is what is tried here.
  console.log = () => {};
  console.warn = () => {};
  // Readers refuse by throwing inside; of what breaks, the first place alone is told.
  Error.stackTraceLimit = 1;
  const engine = process.getBuiltinModule('node:crypto') as { verify: unknown };
  engine.verify = knownVerdicts(engine.verify as Verify);
}

/** Most mutants leave the signature and what it signs alone: the engine is asked once for each. */
export function knownVerdicts(verify: Verify): Verify {
  const known = new Map<string, boolean>();
  const keys = new WeakMap<KeyObject, number>();
  let count = 0;
  return (algorithm, message, key, signature) => {
    const number = keys.get(key) ?? count++;
    keys.set(key, number);
    const hash = createHash('sha256').update(`${number}/${signature.length}/`);
    const id = hash.update(signature).update(message).digest('latin1');
    const before = known.get(id);
    if (before !== undefined) return before;
    const verdict = verify(algorithm, message, key, signature);
    if (known.size >= mostKnown) known.clear();
    known.set(id, verdict);
    return verdict;
  };
}
