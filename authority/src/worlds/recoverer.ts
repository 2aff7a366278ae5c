/** Tries to bring back what recovering worlds lost, whenever there is somebody to ask, until it works. */
import { bytesToHex } from '@fairground/ledger';
import type { Clock, Log } from '../ports.ts';
import type { RoomRow } from '../store/ports.ts';
import type { Slot } from './live.ts';
import { type RecoverDeps, type Recovered, recoverWorld, shortName } from './recoverWorld.ts';
import type { SuffixSource } from './suffix.ts';

export interface RecovererDeps extends RecoverDeps {
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
  readonly clock: Clock;
  readonly log: Log;
  /** In the order in which they are asked. */
  readonly sources: readonly SuffixSource[];
  roomOf(room: Uint8Array, world: Uint8Array): RoomRow | undefined;
  /** The world is whole again in the store. */
  recovered(slot: Slot, recovered: Recovered): Promise<void>;
}

export interface Recoverer {
  /** Asks now, and again later as long as something is missing. Never rejects. */
  attempt(): Promise<void>;
  /** After what is under way. */
  stop(): Promise<void>;
}

const retryMs = 30_000;

export function createRecoverer(deps: RecovererDeps): Recoverer {
  let running: Promise<void> | undefined;
  let cancel = () => {};
  let isStopped = false;

  async function run(): Promise<void> {
    cancel();
    for (const slot of deps.slots.values()) if (!isStopped && slot.lost) await recoverSlot(deps, slot);
    running = undefined;
    const isWaiting = [...deps.slots.values()].some(({ lost }) => lost);
    if (isWaiting && !isStopped) cancel = deps.clock.setTimer(retryMs, () => void attempt());
  }

  function attempt(): Promise<void> {
    return (running ??= run());
  }

  return {
    attempt,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}

async function recoverSlot(deps: RecovererDeps, slot: Slot): Promise<void> {
  const { log, sources, store } = deps;
  const world = bytesToHex(slot.world);
  for (const source of sources) {
    try {
      const row = await store.world(slot.world);
      const room = row && deps.roomOf(row.room, row.world);
      if (!row || !room || !slot.lost) return;
      const recovered = await recoverWorld(deps, source, { row, room, locked: slot.lost });
      if (recovered.ok) {
        const { size } = recovered.value;
        log.info({ world, from: row.size, size, source: source.name }, 'what was lost of a world is back');
        delete slot.lost;
        delete slot.reason;
        return await deps.recovered(slot, recovered.value);
      }
      const { code, message } = recovered;
      log.warn({ world, source: source.name, code, message }, stillLost(slot));
    } catch (fault) {
      log.warn({ world, source: source.name, fault }, stillLost(slot));
    }
  }
}

function stillLost({ world, lost }: Slot): string {
  return `world ${shortName(world)} still lacks entries of the ${lost?.size ?? 0} that were signed: bring back the newest data folder, or leave the authority running until a relay that holds them is connected`;
}
