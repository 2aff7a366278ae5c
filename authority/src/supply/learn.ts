/** What a closed match teaches the bank: its rules, run again over its entries, say which questions were hard. */
import { type Bytes, openWorld, parseGenesis, rulesInForce, step, worldIdOf } from '@fairground/ledger';
import { QuestionId } from '@fairground/questions';
import type { AnyRulesGame } from '@fairground/rules';
import type { Bank } from '../bank/bank.ts';

/** A crowd of thousands would keep a draw waiting for seconds, and teaches no more than an evening does. */
const MOST_ENTRIES = 50_000;

/** Nothing is learnt from a log that its rules do not follow to the end, or that these rules do not know. */
export function learnFrom(bank: Bank, games: readonly AnyRulesGame[], entries: readonly Bytes[]): void {
  const [genesisBytes, ...rest] = entries;
  const genesis = genesisBytes && parseGenesis(genesisBytes);
  if (!genesisBytes || !genesis?.ok || entries.length > MOST_ENTRIES) return;
  const { game: name, version } = genesis.value;
  const game = games.find((one) => one.name === name && one.version === version);
  if (!game || ![game, ...(game.later ?? [])].some(({ fared }) => fared)) return;
  const world = openWorld(game, genesisBytes);
  if (!world.ok) return;
  for (const bytes of rest) if (!step(game, world.value, bytes, { trustIntentSignatures: true }).ok) return;
  const { fared } = rulesInForce(game, world.value);
  const learnt = (fared?.(world.value.state) ?? []).flatMap(({ id, answered, hits }) => {
    const known = QuestionId.safeParse(id);
    return known.success ? [{ id: known.data, answered, hits }] : [];
  });
  bank.noteFared(worldIdOf(genesisBytes), learnt);
}
