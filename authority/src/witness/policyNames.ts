/** Whether a world's genesis names this witness: only then may its lines stand in a bundle. */
import { type Bytes, type Vkey, formatVkey, parseGenesis, parsePolicy } from '@fairground/ledger';

export function policyNames(genesisBytes: Bytes, vkey: Vkey): boolean {
  const genesis = parseGenesis(genesisBytes);
  const policy = genesis.ok ? parsePolicy(genesis.value.policy) : undefined;
  if (!policy?.ok) return false;
  return policy.value.witnesses.some((named) => formatVkey(named.vkey) === formatVkey(vkey));
}
