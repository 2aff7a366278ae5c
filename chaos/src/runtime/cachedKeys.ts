/** One process holds a whole party, in which everybody reads the same keys: each is read once. */
import type { KeyObject } from 'node:crypto';

type CreateKey = (input: { readonly key: Uint8Array }) => KeyObject;

const mostKnown = 200_000;

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
