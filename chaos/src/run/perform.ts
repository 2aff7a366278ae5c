/** Does an act of the plan to the house. */
import { lockPath } from '../cast/authorityMachine.ts';
import type { Deed, Who } from '../plan/act.ts';
import { type House, calmMs } from './house.ts';
import { forgetAll, isSpared } from './forgetAll.ts';
import type { Scene } from './scene.ts';

export function perform(scene: Scene, deed: Deed): void {
  const { stage, house } = scene;
  const { loop } = stage;
  if (isSpared(scene, deed)) return;
  switch (deed.do) {
    case 'add':
    case 'chat':
      return house.players[deed.peer]?.[deed.do]();
    case 'add many':
      return house.players[deed.peer]?.addMany(deed.count);
    case 'stay away': {
      const player = house.players[deed.peer];
      if (player) player.isAway = true;
      return void player?.kill();
    }
    case 'spoil snapshots': {
      const player = house.players[deed.peer];
      if (player) player.machine.areSnapshotsSpoilt = true;
      return;
    }
    case 'full device': {
      const player = house.players[deed.peer];
      player?.machine.disk.mishaps.push('fails');
      return player?.add();
    }
    case 'cut':
      return cut(scene, deed.line, deed.how);
    case 'stall': {
      const line = house.lines[deed.line];
      if (line) line.stalledUntil = Math.max(line.stalledUntil, loop.now + deed.ms);
      return;
    }
    case 'slow': {
      const line = house.lines[deed.line];
      if (!line) return;
      line.most = deed.most;
      loop.after(deed.ms, `${line.name} is quick again`, () => (line.most = calmMs));
      return;
    }
    case 'request':
      house.players[deed.peer]?.machine.mishaps.push(deed.mishap);
      return;
    case 'disk':
      return spoilDisk(house, deed);
    case 'kill':
    case 'stop':
    case 'restore':
    case 'old lock':
      return void endProcess(scene, deed);
    case 'old everything':
      return void forgetAll(scene, deed);
    case 'reload':
      return void reload(scene, deed.peer, deed.downMs);
    case 'sleep':
      return machineOf(house, deed.who)?.sleep(deed.ms);
    case 'skew': {
      const machine = machineOf(house, deed.who);
      if (machine) machine.skew = deed.ms;
      return;
    }
  }
}

function cut({ stage, house }: Scene, index: number, how: 'heard' | 'mute'): void {
  const line = house.lines[index];
  if (line) stage.network.cut(line, how);
}

function spoilDisk({ authority, relay }: House, { of, mishap }: Extract<Deed, { do: 'disk' }>): void {
  const disks = { log: authority.disk, lock: authority.files, relay: relay.disk };
  disks[of].mishaps.push(mishap);
}

type Ending = Extract<Deed, { do: 'kill' | 'stop' | 'restore' | 'old lock' }>;

/** It is down for a while, whatever else happens to it meanwhile. */
async function endProcess(scene: Scene, deed: Ending): Promise<void> {
  const { authority, relay } = scene.house;
  const machine = deed.do === 'old lock' || deed.who === 'authority' ? authority : relay;
  if (!machine.life) return;
  if (deed.do === 'stop') await machine.stop();
  else if (machine === authority)
    await authority.kill(deed.do === 'kill' && deed.who === 'authority' ? deed.how : 'power');
  else await relay.kill();
  if (deed.do === 'restore') await putBack(scene, deed);
  if (deed.do === 'old lock' && scene.stage.watch.isLogWhole()) {
    const text = scene.backups.lock(deed.agoMs);
    if (text !== undefined) authority.files.putBack(lockPath, text);
  }
  scene.stage.loop.after(deed.downMs, `${machine.name} starts`, machine.start);
}

async function putBack(scene: Scene, { who, agoMs }: Extract<Deed, { do: 'restore' }>): Promise<void> {
  const { backups, stage, house } = scene;
  const copy = backups.disk(who, agoMs);
  // With an old lock beside an old log nobody can tell: that is what the operator's guide forbids.
  if (!copy || (who === 'authority' && !stage.watch.isLockWhole())) return;
  if (who === 'relay') scene.isRelayOld = true;
  // One that has not got back all of it is not the newest.
  else if (!scene.newest || stage.watch.isLogWhole()) scene.newest = house.authority.disk.copy();
  stage.watch.putsBack(who === 'authority' ? 'log' : 'relay');
  await house[who].restore(copy);
}

export async function reload({ stage, house }: Scene, peer: number, downMs: number): Promise<void> {
  const player = house.players[peer];
  if (!player?.machine.life) return;
  await player.kill();
  stage.loop.after(downMs, `${player.name} opens its page`, player.open);
}

function machineOf({ authority, relay, players }: House, who: Who) {
  return who === 'authority' ? authority : who === 'relay' ? relay : players[who]?.machine;
}
