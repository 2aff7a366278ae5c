/** What others have seen signed of a world, against what the store holds. Only this key's own signature speaks. */
import {
  type Bytes,
  bytesToHex,
  decodeFrontier,
  equalBytes,
  frontierRoot,
  originOf,
  parseGenesis,
} from '@fairground/ledger';
import { ownCheckpoint } from '../log/checkpointOf.ts';
import type { Log } from '../ports.ts';
import type { LockRow, LogStore } from '../store/ports.ts';
import type { Lost, Slot } from './live.ts';
import { whyRecovering } from './recovery.ts';
import { retire } from './slot.ts';

export interface HeadsDeps {
  readonly store: LogStore;
  /** All that this authority ever signed with. */
  readonly keys: readonly Bytes[];
  readonly log: Log;
}

/**
 * `note` is shown by somebody as the newest checkpoint. If this key has signed it and the store does not lead to it, the world stands
 * still from now on: going on would sign a second history. Anything else changes nothing. Rejects if the store cannot be read.
 */
export async function learnHead(deps: HeadsDeps, slot: Slot, note: Bytes): Promise<void> {
  if (slot.status === 'closed' || slot.status === 'halted' || equalBytes(note, slot.checkpoint)) return;
  const signed = ownCheckpoint(note, deps.keys);
  const genesis = parseGenesis(slot.genesis);
  if (!signed.ok || !genesis.ok) return;
  const { origin, size, root } = signed.value;
  if (size === 0 || origin !== originOf(genesis.value.authority.name, slot.world)) return;
  await compare(deps, slot, { world: slot.world, size, root });
}

/** A witness of ours says that it has cosigned so much: it says no root, and signs nothing. */
export function learnSize({ log }: HeadsDeps, slot: Slot, { name, size }: WitnessWord): void {
  if (slot.status !== 'asking' || size <= slot.size) return;
  const why = `the witness ${name} has cosigned ${size} entries of world ${shortName(slot.world)}, and the store holds ${slot.size}: an older copy of the data folder is in use. What the relay and participants still hold is fetched by itself; else bring back the newest data folder`;
  standStill(log, slot, why, { world: slot.world, size });
}

export interface WitnessWord {
  readonly name: string;
  readonly size: number;
}

/** Nothing is signed for it from here on, and who waits is told. */
export function standStill(log: Log, slot: Slot, why: string, lost?: Lost): void {
  retire(slot);
  slot.status = 'recovering';
  slot.reason = why;
  if (lost) slot.lost = lost;
  log.error({ world: bytesToHex(slot.world), why }, 'this world is recovering: nothing is signed for it');
  for (const enter of slot.waiting.splice(0)) enter();
}

export function shortName(world: Bytes): string {
  return bytesToHex(world).slice(0, 8);
}

async function compare({ store, log }: HeadsDeps, slot: Slot, shown: LockRow): Promise<void> {
  const row = await store.world(slot.world);
  if (!row) return;
  const frontier = row.size === shown.size ? decodeFrontier(row.frontier) : undefined;
  if (frontier?.ok && equalBytes(frontierRoot(frontier.value), shown.root)) return;
  const why = await whyRecovering(store, shown, row);
  if (why === undefined) return;
  const isMore = shown.size > row.size && shown.size > (slot.lost?.size ?? 0);
  if (slot.status === 'recovering' && !isMore) return;
  standStill(log, slot, why, isMore ? shown : undefined);
}
