/** Who besides the authority answers for a world's log, as its genesis says. */
import { type Genesis, isOwnWitness, parsePolicy } from '@fairground/ledger';

export interface NamedWitnesses {
  /** Names of those that the authority does not run itself, as far as it says. */
  readonly others: readonly string[];
  /** It runs one itself, which counts for nothing. */
  readonly hasOwn: boolean;
}

const known = new WeakMap<object, NamedWitnesses>();

export function witnessesOf(genesis: Pick<Genesis, 'policy'>): NamedWitnesses {
  const before = known.get(genesis);
  if (before) return before;
  const policy = parsePolicy(genesis.policy);
  const names = policy.ok ? policy.value.witnesses.map(({ name }) => name) : [];
  const others = names.filter((name) => !isOwnWitness(name));
  const named = { others, hasOwn: others.length < names.length };
  known.set(genesis, named);
  return named;
}
