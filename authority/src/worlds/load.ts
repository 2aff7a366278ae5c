/** Brings a world back from the store: the newest snapshot, the entries after it, its tree, its seals and supplies. */
import {
  type Result,
  type World,
  decodeEntry,
  decodeFrontier,
  equalBytes,
  findGame,
  err,
  leafHash,
  ok,
  openWorld,
  parseWorld,
  step,
  bytesToHex,
} from '@fairground/ledger';
import type { AnyRulesGame } from '@fairground/rules';
import { storedHead } from '../log/notes.ts';
import { type Tree, restoreTree } from '../log/tree.ts';
import type { LogStore, RoomRow, WorldRow } from '../store/ports.ts';
import { addSealed, sealedInEntry } from './append.ts';
import { type LiveWorld, liveWorld } from './live.ts';
import { supplyKey } from './supply.ts';

export interface LoadDeps {
  readonly store: LogStore;
  readonly games: readonly AnyRulesGame[];
  /** All that this authority ever signed with. */
  readonly keys: readonly Uint8Array[];
}

/**
 * `replay_failed`: the log does not replay under the rules of this build; `log_damaged`: the store contradicts itself; `key_foreign`: the
 * log was handed on to a key that this data folder does not hold.
 */
export type LoadRefusal = 'rules_unknown' | 'replay_failed' | 'log_damaged' | 'key_foreign';

const chunk = 1024;

/** Rejects when the store cannot be read. */
export async function loadWorld(
  deps: LoadDeps,
  row: WorldRow,
  room: RoomRow,
): Promise<Result<LiveWorld, LoadRefusal>> {
  const game = findGame(deps.games, row);
  if (!game) return err('rules_unknown', `${row.game} ${row.version}`);
  const tree = await loadTree(deps, row);
  if (!tree.ok) return tree;
  const replay = await replayLog(deps.store, game, row);
  if (!replay.ok) return replay;
  if (!deps.keys.some((key) => equalBytes(key, replay.value.authorityKey)))
    return err('key_foreign', 'its log goes on under a newer key: bring back the newest data folder');
  const live = liveWorld({
    world: row.world,
    id: bytesToHex(row.world),
    family: game,
    secret: row.secret,
    replay: replay.value,
    tree: tree.value,
    bytes: row.bytes,
    refusals: new Map(),
    room,
    supplies: await loadSupplies(deps.store, row),
    sealed: await loadSealed(deps.store, row),
    sightings: [],
    snapshots: await loadSnapshots(deps.store, row),
    segmentCount: (await deps.store.segments(row.world)).length,
    heldUntil: 0,
    busyAt: replay.value.at,
    isSupplying: false,
  });
  return ok(live);
}

/** The stored frontier must be that of the newest checkpoint, or of the entries after it. */
export async function loadTree(
  { store, keys }: LoadDeps,
  row: WorldRow,
): Promise<Result<Tree, 'log_damaged'>> {
  const frontier = decodeFrontier(row.frontier);
  const head = await storedHead(store, row, keys);
  if (!frontier.ok || !head.ok) return err('log_damaged', 'the newest checkpoint does not fit the tree');
  const { world, size } = row;
  return ok(
    await restoreTree(
      frontier.value,
      (level, from, to) => store.tiles(world, level, from, to),
      async (from) => (await store.entries(world, from, size)).map(leafHash),
    ),
  );
}

/** Through the one stepper; signatures were checked when the entries were admitted. */
async function replayLog(
  store: LogStore,
  game: AnyRulesGame,
  { world, genesis, size }: WorldRow,
): Promise<Result<World<unknown>, 'replay_failed' | 'rules_unknown'>> {
  const snapshot = await store.snapshot(world);
  const opened = snapshot ? parseWorld(game, snapshot.bytes) : openWorld(game, genesis);
  if (!opened.ok) return err(whyNot(opened.code), opened.message ?? opened.code);
  const replay: World<unknown> = opened.value;
  // A snapshot was made when time had already passed for the `state` that follows.
  if (snapshot) replay.clock = replay.at;
  while (replay.size < size) {
    const entries = await store.entries(world, replay.size, Math.min(size, replay.size + chunk));
    if (entries.length === 0) return err('replay_failed', `entry ${replay.size} is missing`);
    for (const bytes of entries) {
      const stepped = step(game, replay, bytes, { trustIntentSignatures: true });
      if (!stepped.ok)
        return err(whyNot(stepped.code), `entry ${replay.size}: ${stepped.message ?? stepped.code}`);
    }
  }
  return ok(replay);
}

/** A world that an upgrade has brought further than this build goes is not damaged. */
function whyNot(code: string): 'rules_unknown' | 'replay_failed' {
  return code === 'rules_unknown' ? code : 'replay_failed';
}

async function loadSealed(store: LogStore, { world }: WorldRow): Promise<LiveWorld['sealed']> {
  const lots: LiveWorld['sealed'] = new Map();
  for (const { index } of await store.sealed(world)) {
    const [bytes] = await store.entries(world, index, index + 1);
    const sealed = bytes && sealedInEntry(bytes, index);
    if (sealed) addSealed(lots, sealed);
  }
  return lots;
}

async function loadSnapshots(store: LogStore, { world }: WorldRow): Promise<LiveWorld['snapshots']> {
  const kept: LiveWorld['snapshots'] = [];
  const ends = (await store.segments(world)).map(({ end }) => end);
  for (const index of await store.snapshots(world)) {
    const [bytes] = await store.entries(world, index, index + 1);
    const entry = bytes && decodeEntry(bytes);
    const n = ends.indexOf(index + 1);
    if (entry?.ok) kept.push({ index, n: n === -1 ? ends.length : n, at: entry.value.at });
  }
  return kept;
}

async function loadSupplies(store: LogStore, { world }: WorldRow): Promise<LiveWorld['supplies']> {
  const rows = await store.supplies(world);
  return new Map(rows.map((row) => [supplyKey(row), row.value]));
}
