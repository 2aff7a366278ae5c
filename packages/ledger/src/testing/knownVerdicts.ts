/**
 * For processes that check the same signatures again and again: a whole party in one, or mutants that leave a signature alone. The engine
 * is asked once for each; what comes out is what it says. A path of its own in the package, because it is put in before the ledger loads.
 */
import { createHash, type KeyObject } from 'node:crypto';

export type Verify = (algorithm: null, message: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;

const MOST_KNOWN = 200_000;

export function knownVerdicts(verify: Verify): Verify {
  const known = new Map<string, boolean>();
  const names = new WeakMap<KeyObject, string>();
  const nameOf = (key: KeyObject): string => {
    const name = names.get(key) ?? key.export({ format: 'der', type: 'spki' }).toString('latin1');
    names.set(key, name);
    return name;
  };
  return (algorithm, message, key, signature) => {
    const hash = createHash('sha256').update(`${signature.length}/`).update(signature).update(message);
    const id = nameOf(key) + hash.digest('latin1');
    const before = known.get(id);
    if (before !== undefined) return before;
    const verdict = verify(algorithm, message, key, signature);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(id, verdict);
    return verdict;
  };
}
