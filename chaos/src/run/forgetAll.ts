/** Log and lock of the authority are both put back as they once were: then those who follow, and nobody else, can tell. */
import { base32ToBytes, bytesToHex } from '@fairground/ledger';
import { decodeTailBatch, TAIL_ROOT } from '@fairground/protocol';
import { lockPath } from '../cast/authorityMachine.ts';
import type { Deed } from '../plan/act.ts';
import { lockedSizes } from '../watch/lockedSizes.ts';
import { calmMs } from './house.ts';
import type { Scene } from './scene.ts';

/** Time to start, to dial, to meet and to ask. */
const askedWithinMs = 30_000;

/**
 * Where nobody has more the authority goes on from the old copy, as its guide says, and could not know better: so this is done only while
 * the relay's disk holds all that was signed, and then the relay can be asked.
 */
export async function forgetAll(
  scene: Scene,
  { agoMs, downMs }: Extract<Deed, { do: 'old everything' }>,
): Promise<void> {
  const { stage, house, backups } = scene;
  const { authority, relay, lines } = house;
  const [copy, lock] = [backups.disk('authority', agoMs), backups.lock(agoMs)];
  if (!authority.life || !relay.life || !copy || lock === undefined) return;
  const id = worldOf(scene);
  if (id === undefined || scene.isRelayOld || !stage.watch.isLogWhole() || !isShown(scene, id)) return;
  // What began after the copy nobody knows to ask for, and its secret is gone: that is for the operator to bring back.
  if (!lockedSizes(lock).has(id)) return;
  const link = lines.at(-1);
  if (link) Object.assign(link, { stalledUntil: 0, most: calmMs });
  scene.calmUntil = stage.loop.now + downMs + askedWithinMs;
  await authority.kill('power');
  scene.newest = authority.disk.copy();
  stage.watch.putsBack('log');
  await authority.restore(copy);
  authority.files.putBack(lockPath, lock);
  stage.loop.after(downMs, `${authority.name} starts`, authority.start);
}

/** What would keep the authority from hearing the relay is not done meanwhile. */
export function isSpared({ stage, house, calmUntil = 0 }: Scene, deed: Deed): boolean {
  if (stage.loop.now >= calmUntil) return false;
  switch (deed.do) {
    case 'cut':
    case 'stall':
    case 'slow':
      return deed.line === house.lines.length - 1;
    case 'disk':
      return deed.of === 'relay';
    case 'kill':
    case 'stop':
    case 'sleep':
    case 'skew':
      return deed.who === 'relay';
    case 'restore':
    case 'old lock':
    case 'old everything':
      return true;
    default:
      return false;
  }
}

/** In hex. */
function worldOf({ house: { world } }: Scene): string | undefined {
  const bytes = world && base32ToBytes(world.world);
  return bytes && bytesToHex(bytes);
}

/** The relay's disk holds the newest entry that was signed. */
function isShown({ stage, house: { world } }: Scene, id: string): boolean {
  const signed = stage.watch.signed(id);
  const tail = stage.watch.docs.stored(`tail:${world?.world}`)?.getArray<Uint8Array>(TAIL_ROOT);
  const last =
    tail && tail.length > 0 ? decodeTailBatch(new Uint8Array(tail.get(tail.length - 1))) : undefined;
  if (!signed || !last?.ok) return false;
  return last.value.first + last.value.entries.length === signed.entries.length;
}
