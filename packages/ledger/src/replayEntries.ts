/** A log's entries run by the rules that its genesis names, out of those that are built in. */
import type { Bytes } from './bytes.ts';
import type { Genesis } from './entry.ts';
import { parseGenesis } from './genesis.ts';
import { type Stepped, type VerifyCode, step } from './replay.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { type Versions, findGame, rulesInForce } from './versions.ts';
import { type OpenRefusal, type World, openWorld } from './world.ts';

/** A world and the rules that it is played by: nobody who holds it picks a version. */
export interface Replayed<Game extends AnyGame = AnyGame> {
  readonly genesis: Genesis;
  /** By which it was opened, with the versions after it: steps the world on. */
  readonly family: Game;
  /** The rules in force. */
  readonly game: Game;
  readonly world: World<unknown>;
}

/** The world after its genesis. */
export function openReplay<Game extends AnyGame & Versions<Game>>(
  games: readonly Game[],
  genesisBytes: Bytes,
): Result<Replayed<Game>, OpenRefusal> {
  const genesis = parseGenesis(genesisBytes);
  if (!genesis.ok) return genesis;
  const { game, version } = genesis.value;
  const family = findGame(games, genesis.value);
  if (!family) return err('rules_unknown', `${game} ${version} is not built in`);
  const world = openWorld<unknown, unknown, unknown>(family, genesisBytes);
  if (!world.ok) return world;
  return ok({
    genesis: genesis.value,
    family,
    get game() {
      return rulesInForce(family, world.value);
    },
    world: world.value,
  });
}

/** The world after all of `entries`, the genesis first. Signatures of intents are not checked. */
export function replayEntries<Game extends AnyGame & Versions<Game>>(
  games: readonly Game[],
  [first = new Uint8Array(0), ...rest]: readonly Bytes[],
  watch: (stepped: Stepped<unknown>) => void = () => {},
): Result<Replayed<Game>, OpenRefusal | VerifyCode> {
  const opened = openReplay(games, first);
  if (!opened.ok) return opened;
  const { family, world } = opened.value;
  for (const bytes of rest) {
    const stepped = step(family, world, bytes, { trustIntentSignatures: true });
    if (!stepped.ok) return stepped;
    watch(stepped.value);
  }
  return opened;
}
