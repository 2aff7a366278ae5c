/**
 * One process holds a whole party, in which everybody checks the same signatures: each is checked once. What comes out is what the engine
 * says; only the time is saved.
 */
import { createHash, type KeyObject } from 'node:crypto';

type Verify = (algorithm: null, message: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;
type CreateKey = (input: { readonly key: Uint8Array }) => KeyObject;

const mostKnown = 200_000;

export function cachedVerify(verify: Verify): Verify {
  const known = new Map<string, boolean>();
  const names = new WeakMap<KeyObject, string>();
  const nameOf = (key: KeyObject): string => {
    const name = names.get(key) ?? key.export({ format: 'der', type: 'spki' }).toString('latin1');
    names.set(key, name);
    return name;
  };
  return (algorithm, message, key, signature) => {
    const hash = createHash('sha256').update(signature).update(message).digest('latin1');
    const id = `${nameOf(key)}/${hash}`;
    const before = known.get(id);
    if (before !== undefined) return before;
    const verdict = verify(algorithm, message, key, signature);
    if (known.size >= mostKnown) known.clear();
    known.set(id, verdict);
    return verdict;
  };
}

export function cachedKeys(create: CreateKey): CreateKey {
  const known = new Map<string, KeyObject>();
  return (input) => {
    const id = Buffer.from(input.key).toString('latin1');
    const key = known.get(id) ?? create(input);
    if (known.size >= mostKnown) known.clear();
    known.set(id, key);
    return key;
  };
}
