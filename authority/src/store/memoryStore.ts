/** A log in memory, for tests and simulations: the same promises but for power cuts. */
import { type Bytes, bytesToHex, compareBytes } from '@fairground/ledger';
import {
  type BatchRow,
  type Commit,
  type HaltRow,
  type IntentRow,
  type LogStore,
  type NoteRow,
  type RoomRow,
  type SealedRow,
  type SegmentRow,
  SizeMismatch,
  type SnapshotRow,
  type SupplyRow,
  type TileRow,
  type WorldAppend,
  type WorldPlan,
  type WorldRow,
  bytesOf,
} from './ports.ts';

interface Kept {
  row: WorldRow;
  entries: Bytes[];
  intents: IntentRow[];
  batches: BatchRow[];
  tiles: TileRow[];
  snapshots: SnapshotRow[];
  sealed: SealedRow[];
  supplies: Map<string, SupplyRow>;
  segments: SegmentRow[];
  halt?: HaltRow;
}

interface Everything {
  readonly worlds: Map<string, Kept>;
  readonly rooms: Map<string, RoomRow>;
  readonly plans: Map<string, WorldPlan>;
  readonly documents: Map<string, Bytes>;
}

export function openMemoryStore(): LogStore {
  const all: Everything = { worlds: new Map(), rooms: new Map(), plans: new Map(), documents: new Map() };
  const kept = (world: Bytes) => all.worlds.get(bytesToHex(world));
  return {
    prepare: async (plan) => prepare(all, plan),
    plan: async (host, nonce) => all.plans.get(planKey(host, nonce)),
    append: async (commit) => append(all, commit),
    worlds: async () => Array.from(all.worlds.values(), ({ row }) => row),
    world: async (world) => kept(world)?.row,
    rooms: async () => [...all.rooms.values()],
    putRoom: async (room) => void all.rooms.set(bytesToHex(room.room), room),
    entries: async (world, from, to) => kept(world)?.entries.slice(from, to) ?? [],
    intent: async (world, hash) => kept(world)?.intents.find((row) => compareBytes(row.hash, hash) === 0),
    head: async (world, key) => kept(world)?.intents.findLast((row) => compareBytes(row.key, key) === 0),
    batches: async (world, from) => kept(world)?.batches.filter(({ first }) => first >= from) ?? [],
    tiles: async (world, level, from, to) =>
      (kept(world)?.tiles ?? [])
        .filter((tile) => tile.level === level && tile.n >= from && tile.n < to)
        .map(({ bytes }) => bytes),
    snapshot: async (world, hash) =>
      kept(world)?.snapshots.findLast((row) => !hash || compareBytes(row.hash, hash) === 0),
    snapshots: async (world) => (kept(world)?.snapshots ?? []).map(({ index }) => index),
    sealed: async (world) =>
      (kept(world)?.sealed ?? []).toSorted((a, b) => a.lot - b.lot || a.index - b.index),
    putSupply: async (world, supply) =>
      void kept(world)?.supplies.set(`${supply.what}/${supply.index}`, supply),
    supplies: async (world) => [...(kept(world)?.supplies.values() ?? [])],
    segments: async (world) => kept(world)?.segments ?? [],
    putDocument: async (name, state) => void all.documents.set(name, state),
    document: async (name) => all.documents.get(name),
    putHalt: async (world, halt) => {
      const found = kept(world);
      if (found) found.halt = halt;
    },
    halt: async (world) => kept(world)?.halt,
    close: async () => {},
  };
}

function planKey(host: Bytes, nonce: Bytes): string {
  return `${bytesToHex(host)}/${bytesToHex(nonce)}`;
}

function prepare(all: Everything, plan: WorldPlan): void {
  const id = bytesToHex(plan.world);
  const key = planKey(plan.create.host, plan.create.nonce);
  if (all.worlds.has(id) || all.plans.has(key)) throw new Error('prepared already');
  const { world, game, version, genesis, secret } = plan;
  const nothing = new Uint8Array(0);
  const row = { size: 0, bytes: 0, frontier: nothing, checkpoint: nothing, closed: false, at: plan.at };
  all.plans.set(key, plan);
  all.worlds.set(id, {
    row: { world, room: plan.room.room, game, version, genesis, secret, ...row },
    entries: [],
    intents: [],
    batches: [],
    tiles: [],
    snapshots: [],
    sealed: [],
    supplies: new Map(),
    segments: [],
  });
}

/** All sizes are looked at before anything is changed. */
function append(all: Everything, { worlds, notes }: Commit): void {
  const found = worlds.map((world) => {
    const kept = all.worlds.get(bytesToHex(world.world));
    const size = kept?.row.size ?? -1;
    if (!kept || size !== world.expectedSize)
      throw new SizeMismatch(bytesToHex(world.world), world.expectedSize, size);
    return { kept, world };
  });
  for (const { kept, world } of found) appendWorld(all, kept, world);
  for (const note of notes) keepNote(all, note);
}

function keepNote(all: Everything, { world, first, checkpoint }: NoteRow): void {
  const kept = all.worlds.get(bytesToHex(world));
  if (!kept) return;
  kept.batches = kept.batches.map((batch) => (batch.first === first ? { ...batch, checkpoint } : batch));
  kept.row = { ...kept.row, checkpoint };
}

function appendWorld(all: Everything, kept: Kept, append: WorldAppend): void {
  const { frontier, closed, room } = append;
  const checkpoint = new Uint8Array(0);
  kept.entries.push(...append.entries);
  kept.intents.push(...append.intents);
  kept.batches.push(...append.batches.map((span) => ({ ...span, checkpoint })));
  kept.tiles.push(...append.tiles);
  kept.snapshots.push(...append.snapshots);
  kept.snapshots = kept.snapshots.filter(({ index }) => !append.stale.includes(index));
  kept.segments.push(...append.segments);
  kept.sealed.push(...append.sealed);
  kept.sealed = kept.sealed.filter(({ lot }) => !append.opened.includes(lot));
  const bytes = kept.row.bytes + bytesOf(append.entries);
  kept.row = { ...kept.row, size: kept.entries.length, bytes, frontier, closed };
  if (room) all.rooms.set(bytesToHex(room.room), room);
}
