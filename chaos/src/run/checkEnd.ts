/** When all is healed: every wish is in the log once, every replica says the same, and the file that anybody can take home verifies. */
import {
  bytesToHex,
  decodeEntry,
  parseIntent,
  stateHash,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { playedGames } from '../cast/games.ts';
import { type Player, tallyGoal } from '../cast/player.ts';
import type { Plan } from '../plan/act.ts';
import { Broken } from '../watch/broken.ts';
import { isQuiet, whatIsLeft } from './heal.ts';
import type { Scene } from './scene.ts';

const closeMs = 600_000;

/** Gives how many entries the world has. Throws the first promise that was broken. */
export async function checkEnd(scene: Scene, plan: Plan): Promise<number> {
  const { house, stage } = scene;
  expectNothingLeft(scene);
  checkPromises(scene);
  const isClosed = () => followerOf(house.players[0]).value.status === 'closed' && isQuiet(scene);
  const isEnded =
    plan.game === 'tally'
      ? await finishTally(scene, isClosed)
      : await stage.loop.run(stage.loop.now + closeMs, isClosed);
  if (!isEnded)
    throw new Broken('S9', `the match does not end: ${whatIsLeft(scene).join('; ') || 'it is quiet'}`);
  await stage.loop.run(stage.loop.now + 2000, () => false);
  checkReplicas(scene);
  await checkBundle(scene);
  return signedOf(scene).entries.length;
}

function expectNothingLeft(scene: Scene): void {
  const left = whatIsLeft(scene);
  if (left.length > 0) throw new Broken('S9', `long after everything was healed: ${left.join('; ')}`);
}

/** What a device said that it had stored is counted, and once. */
function checkPromises(scene: Scene): void {
  const counts = new Map<string, number>();
  for (const bytes of signedOf(scene).entries) {
    const entry = unwrap(decodeEntry(bytes));
    if (entry.kind !== 'intent' || entry.refused !== undefined) continue;
    const { pad } = unwrap(parseIntent(entry.bytes)).body;
    if (typeof pad === 'string') counts.set(pad, (counts.get(pad) ?? 0) + 1);
  }
  for (const { promised } of scene.house.players)
    for (const pad of promised)
      if (counts.get(pad) !== 1)
        throw new Broken(
          'S3',
          `"${pad}" was stored on its device and is ${counts.get(pad) ?? 0} times in the log`,
        );
}

/**
 * The last add reaches the goal, and the world is closed with a hash of its state. A page that slept may add something in between: then
 * it is too much, and what is left is added.
 */
async function finishTally({ house, stage }: Scene, isClosed: () => boolean): Promise<boolean> {
  const [host] = house.players;
  const { loop } = stage;
  const end = loop.now + closeMs;
  for (;;) {
    const { mine, value } = followerOf(host);
    const before = mine.value.length;
    host?.submit({
      kind: 'add',
      body: { count: tallyGoal - (value.view as { readonly total: number }).total },
    });
    const isRefused = () => mine.value.length > before && mine.value.at(-1)?.state === 'refused';
    if (!(await loop.run(end, () => isClosed() || (isRefused() && isQuiet({ house, stage }))))) return false;
    if (isClosed()) return true;
  }
}

function checkReplicas(scene: Scene): void {
  const { house } = scene;
  const states = house.players.map((player) => {
    const { opened } = followerOf(player).log;
    return opened && bytesToHex(stateHash(opened.game, opened.replayed));
  });
  if (new Set(states).size !== 1) throw new Broken('S5', `replicas differ: ${states.join(', ')}`);
}

async function checkBundle({ house }: Scene): Promise<void> {
  const follower = followerOf(house.players[0]);
  const bytes = await follower.takeHome();
  const report = await verify(unwrap(zipSource(bytes)), { games: playedGames, level: 'full' });
  if (!report.valid)
    throw new Broken('S5', `the file does not verify: ${report.failure?.code} ${report.failure?.message}`);
}

function followerOf(player: Player | undefined) {
  const follower = player?.machine.page?.follower;
  if (!follower) throw new Broken('S9', `${player?.name} follows nothing`);
  return follower;
}

function signedOf({ house, stage }: Scene) {
  const signed = stage.watch.signed(bytesToHex(followerOf(house.players[0]).world));
  if (!signed) throw new Broken('S9', 'nothing was signed');
  return signed;
}
