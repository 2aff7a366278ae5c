/** A world that outlives its rules: an `upgrade` brings it to the next version of its game through that version's `migrate` (formats §4). */
import { equalBytes } from './bytes.ts';
import { assertClock, letTimePass } from './clock.ts';
import type { Millis, UpgradeEntry } from './entry.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { stateHash } from './snapshot.ts';
import { rulesInForce, versionOf } from './versions.ts';
import type { World } from './world.ts';

/** `upgrade_version`: it does not lead to the version after the one in force; `state_mismatch`: a state is not what the entry says. */
export type UpgradeRefusal = 'upgrade_version' | 'rules_unknown' | 'state_mismatch';

/**
 * The `upgrade` to append next; undefined where there is nothing to go over to. Throws what `migrate` throws. The world is left as it
 * is: all is tried on a copy.
 */
export function makeUpgrade(game: AnyGame, world: World<unknown>, now: Millis): UpgradeEntry | undefined {
  const to = versionOf(game, world.version + 1);
  if (!to?.migrate) return undefined;
  const from = rulesInForce(game, world);
  const at = Math.max(now, world.at);
  assertClock(world, at);
  const tried: World<unknown> = { ...world, state: from.decode(from.encode(world.state)) };
  letTimePass(from, tried, at);
  tried.at = at;
  const stateBefore = stateHash(from, tried);
  tried.state = to.migrate(tried.state);
  tried.version = to.version;
  const { version: toVersion, rules } = to;
  return { kind: 'upgrade', at, toVersion, rules, stateBefore, stateAfter: stateHash(to, tried) };
}

/** Brings the world over. Other sources of the version are no fault as long as the state is the one that was signed. */
export function stepUpgrade<State>(
  game: AnyGame,
  world: World<State>,
  { toVersion, stateBefore, stateAfter }: UpgradeEntry,
): Result<undefined, UpgradeRefusal> {
  if (toVersion !== world.version + 1) return err('upgrade_version', `from ${world.version} to ${toVersion}`);
  const to = versionOf(game, toVersion);
  if (!to?.migrate) return err('rules_unknown', `${game.name} ${toVersion} is not built in`);
  if (!equalBytes(stateHash(rulesInForce(game, world), world), stateBefore))
    return err('state_mismatch', 'before the upgrade');
  world.state = to.migrate(world.state);
  world.version = toVersion;
  return equalBytes(stateHash(to, world), stateAfter)
    ? ok(undefined)
    : err('state_mismatch', 'after the upgrade');
}
