/** What a closed match teaches the bank: its rules, run again over its entries, say which questions were hard. */
import { type Bytes, findGame, parseGenesis, replayEntries } from '@fairground/ledger';
import { QuestionId } from '@fairground/questions';
import type { AnyRulesGame } from '@fairground/rules';
import type { Bank } from '../bank/bank.ts';

/** A crowd of thousands would keep a draw waiting for seconds, and teaches no more than an evening does. */
const MOST_ENTRIES = 50_000;

/** Nothing is learnt from a log that its rules do not follow to the end, or that these rules do not know. */
export function learnFrom(bank: Bank, games: readonly AnyRulesGame[], entries: readonly Bytes[]): void {
  const genesis = parseGenesis(entries[0] ?? new Uint8Array(0));
  const family = genesis.ok ? findGame(games, genesis.value) : undefined;
  const teaches = family && [family, ...(family.later ?? [])].some(({ fared }) => fared);
  if (!teaches || entries.length > MOST_ENTRIES) return;
  const replayed = replayEntries(games, entries);
  if (!replayed.ok) return;
  const { game, world } = replayed.value;
  const learnt = (game.fared?.(world.state) ?? []).flatMap(({ id, answered, hits }) => {
    const known = QuestionId.safeParse(id);
    return known.success ? [{ id: known.data, answered, hits }] : [];
  });
  bank.noteFared(world.opening.world, learnt);
}
