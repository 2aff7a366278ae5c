/** The end of all trouble: disks work, lines are quick, everybody runs. */
import { ROOM_CHAT, worldBytes } from '@fairground/protocol';
import type * as Y from 'yjs';
import { Broken } from '../watch/broken.ts';
import { type House, calmMs } from './house.ts';
import { reload } from './perform.ts';
import type { Scene } from './scene.ts';

/** What comes by itself when everything works again comes within this. */
const patienceMs = 600_000;
/** A world that is still recovering then is nobody's but the newest disk's. */
const bringNewestAfterMs = 60_000;
/** A segment is closed, and some of the next. */
const longEnough = 300;
const longEnoughMs = 120_000;
const spoilMs = 5_000;
/** A link that is taken is not closed again at once. */
const linkHoldsMs = 10_000;

export async function heal(scene: Scene): Promise<void> {
  const { stage, house } = scene;
  const { loop } = stage;
  const { relay, authority, players, lines } = house;
  for (const line of lines) {
    line.stalledUntil = 0;
    line.most = calmMs;
  }
  for (const disk of [relay.disk, authority.disk, authority.files]) disk.mishaps.length = 0;
  for (const machine of [relay, authority, ...players.map((player) => player.machine)]) {
    machine.skew = 0;
    if (machine.life) machine.life.frozenUntil = 0;
  }
  relay.start();
  authority.start();
  for (const player of players) {
    player.machine.mishaps.length = 0;
    if (!player.isAway) player.machine.areSnapshotsSpoilt = false;
    player.machine.disk.mishaps.length = 0;
    if (!player.machine.life) player.open();
  }
  await bringBack(scene);
  const end = loop.now + patienceMs;
  if (await loop.run(loop.now + bringNewestAfterMs, () => isQuiet(scene))) return;
  await expectLinked(scene);
  if (scene.newest && (authority.authority?.stats().worlds.recovering ?? 0) > 0) {
    await authority.kill('kill');
    stage.watch.putsBack('log');
    await authority.restore(scene.newest);
    authority.start();
  }
  if (scene.isRelayOld) openRefusedPagesAgain(scene);
  await loop.run(end, () => isQuiet(scene));
}

/** Whoever stayed away comes back to a world so long that it begins at a snapshot; what bends those is mended soon afterwards. */
async function bringBack({ stage, house }: Scene): Promise<void> {
  const { loop, watch } = stage;
  const { players, world } = house;
  const away = players.filter(({ isAway }) => isAway);
  if (!world || away.length === 0) return;
  const id = hexOf(worldBytes(world.world));
  await loop.run(loop.now + longEnoughMs, () => (watch.signed(id)?.entries.length ?? 0) >= longEnough);
  for (const player of away) {
    player.isAway = false;
    player.open();
    loop.after(spoilMs, `${player.name} is sent what was sent`, () => {
      player.machine.areSnapshotsSpoilt = false;
    });
  }
}

/** Before an operator lends a hand: what is refused till then would be cured by that, and nobody would see it. */
async function expectLinked({ stage: { loop }, house: { authority } }: Scene): Promise<void> {
  const holds = () => authority.linkedSince !== undefined && loop.now - authority.linkedSince >= linkHoldsMs;
  if (!(await loop.run(loop.now + bringNewestAfterMs, holds)))
    throw new Broken('S9', 'all is healed, and the authority is not let in by its relay');
}

/** Nobody may bring what others have written: a page that holds what a restored relay has lost is shut out until it is opened anew. */
function openRefusedPagesAgain(scene: Scene): void {
  for (const [i, { machine }] of scene.house.players.entries())
    if (machine.page?.room?.status.value === 'refused') void reload(scene, i, 1);
}

/** Nothing is left to be sent, judged or shown. */
export function isQuiet({ stage, house }: Pick<Scene, 'house' | 'stage'>): boolean {
  return whatIsLeft({ stage, house }).length === 0;
}

/** For people: what is still missing. */
export function whatIsLeft({ house, stage }: Pick<Scene, 'house' | 'stage'>): readonly string[] {
  const { world, players } = house;
  if (!world) return ['nobody has made a world'];
  return [...players.flatMap((player) => leftOf(player, stage)), ...leftInWorld(house, stage)];
}

function leftOf({ name, machine }: House['players'][number], stage: Scene['stage']): readonly string[] {
  const follower = machine.page?.follower;
  if (!follower) return [`${name} follows nothing`];
  const signed = stage.watch.signed(hexOf(follower.world));
  const open = follower.mine.value.filter(({ state }) => state === 'stored' || state === 'received');
  const left = open.map(({ plan, seq, state }) => `${name}: ${plan.kind} ${seq} is only ${state}`);
  if (follower.value.size !== signed?.entries.length)
    left.push(
      `${name} has ${follower.value.size} of ${signed?.entries.length ?? 0} entries (${follower.value.status})`,
    );
  // What began at a snapshot is audited from the genesis in the end.
  else if (follower.log.entries.length !== signed.entries.length)
    left.push(`${name} has audited ${follower.log.entries.length} of ${signed.entries.length} entries`);
  if (follower.value.fault) left.push(`${name} has a fault: ${follower.value.fault.code}`);
  return left;
}

function leftInWorld({ players, authority, world }: House, stage: Scene['stage']): readonly string[] {
  const [host] = players;
  const follower = host?.machine.page?.follower;
  const signed = follower && stage.watch.signed(hexOf(follower.world));
  if (!signed) return ['the world has no entry'];
  if (!authority.authority) return ['the authority does not run'];
  const rooms = chatsOf({ players, world }, stage);
  return new Set(rooms).size === 1 ? [] : [`rooms differ: ${rooms.map((text) => text.length).join(', ')}`];
}

/** What everybody has of the room's chat, and what the relay has. */
function chatsOf(
  { players, world }: Pick<House, 'players' | 'world'>,
  { watch }: Scene['stage'],
): readonly string[] {
  const docs = players.map((player) => player.machine.page?.room?.doc);
  return [...docs, watch.docs.stored(`room:${world?.room}`)].map(textOf);
}

function textOf(doc: Y.Doc | undefined): string {
  const lines = doc?.getArray<Uint8Array>(ROOM_CHAT).toArray() ?? [];
  return lines.map((line) => hexOf(new Uint8Array(line))).join(' ');
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
