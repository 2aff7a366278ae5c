/** All worlds of an authority: begun, woken after a restart, rebuilt after a failed commit, closed. */
import {
  bytesToHex,
  equalBytes,
  findGame,
  openWorld,
  originOf,
  parseGenesis,
  unwrap,
} from '@fairground/ledger';
import type { Publisher } from '../documents/publisher.ts';
import type { Committed } from '../log/committed.ts';
import { emptyTree } from '../log/tree.ts';
import { signRest, storedHead } from '../log/notes.ts';
import type { AuthorityKeys, Log } from '../ports.ts';
import type { Lock, LogStore, RoomRow, WorldPlan, WorldRow } from '../store/ports.ts';
import { appendClose, appendDraft, appendGenesis } from './append.ts';
import { type DriveDeps, drive } from './drive.ts';
import { type LiveWorld, type Slot, liveWorld } from './live.ts';
import { type LoadDeps, loadWorld } from './load.ts';
import { bringUp } from './bringUp.ts';
import { handOn } from './handOn.ts';
import type { Recovered } from './recoverWorld.ts';
import { plannedSuccessors } from './plannedSuccessors.ts';
import { isAsking, retire } from './slot.ts';

export interface HouseDeps extends LoadDeps {
  readonly driving: DriveDeps;
  readonly store: LogStore;
  readonly lock: Lock;
  readonly ring: AuthorityKeys;
  readonly publisher: Publisher;
  readonly log: Log;
  /** By world in hex. */
  readonly slots: Map<string, Slot>;
  /** By room in hex. */
  readonly rooms: Map<string, RoomRow>;
  /** That are not to be drawn. */
  readonly codes: Set<string>;
  /** In a world that was brought back nothing owed is done for this long: what was under way comes in first. */
  readonly collectMs: number;
}

export interface House {
  /** Reads the worlds that are played from the store. */
  load(): Promise<void>;
  /** Everybody was asked: worlds that ran when the process fell go on. Does nothing the second time. */
  wake(): void;
  begin(plan: WorldPlan): void;
  rebuild(worlds: ReadonlySet<string>): Promise<() => void>;
  committed(commit: Committed): void;
  /** A world that was recovering is whole again in the store. */
  recovered(slot: Slot, how: Recovered): Promise<void>;
  stop(): void;
}

const retryMs = 1000;

interface Waking {
  isAwake: boolean;
  /** To be begun when everybody was asked. */
  successors: readonly WorldPlan[];
}

export function createHouse(deps: HouseDeps): House {
  const waking: Waking = { isAwake: false, successors: [] };
  return {
    load: () => loadAll(deps, waking),
    wake() {
      if (!waking.isAwake) wakeAll(deps);
      waking.isAwake = true;
      for (const plan of waking.successors) begin(deps, plan);
      waking.successors = [];
    },
    begin: (plan) => begin(deps, plan),
    rebuild: (worlds) => rebuild(deps, waking, worlds),
    committed: (commit) => noteCommitted(deps, commit),
    recovered: (slot, how) => takeBack(deps, waking, slot, how),
    stop: () => {
      for (const slot of deps.slots.values()) retire(slot);
    },
  };
}

async function loadAll(deps: HouseDeps, waking: Waking): Promise<void> {
  for (const [id, slot] of deps.slots) if (slot.status === 'loading') await load(deps, waking, id, slot);
  waking.successors = await plannedSuccessors(deps);
}

/** Until it works: a store that cannot be read now may be readable soon. */
async function load(deps: HouseDeps, waking: Waking, id: string, slot: Slot): Promise<void> {
  for (;;) {
    try {
      return await loadOnce(deps, waking, id, slot);
    } catch (fault) {
      deps.log.error({ fault, world: id }, 'a world could not be read from the store; it is tried again');
      await new Promise<void>((resume) => void deps.driving.clock.setTimer(retryMs, resume));
    }
  }
}

async function loadOnce(deps: HouseDeps, waking: Waking, id: string, slot: Slot): Promise<void> {
  const stored = await deps.store.world(slot.world);
  // Its genesis never became durable: whoever asked for it is served again.
  if (!stored || stored.size === 0) return void deps.slots.delete(id);
  const row = await signedRow(deps, stored);
  const loaded = await loadWorld(deps, row, deps.rooms.get(bytesToHex(row.room)) ?? lostRoom(row));
  await deps.publisher.restore(row);
  await showUnpublished(deps, slot, row);
  if (loaded.ok) {
    slot.live = loaded.value;
    slot.status = waking.isAwake ? 'live' : 'asking';
    return;
  }
  slot.status = 'halted';
  slot.reason = `${loaded.code}: ${loaded.message ?? ''}`;
  deps.log.error({ world: id, why: slot.reason }, 'a world cannot be played on');
}

function wakeAll(deps: HouseDeps): void {
  for (const slot of deps.slots.values()) {
    const { live } = slot;
    if (!isAsking(slot) || !live) continue;
    slot.status = 'live';
    wakeOne(deps, slot, live);
  }
}

/** What came in meanwhile comes before what is owed. */
function wakeOne(deps: HouseDeps, slot: Slot, live: LiveWorld): void {
  slot.asleepAt = live.replay.size;
  handOn(deps, live);
  bringUp(deps, live);
  resume(deps, live);
  for (const enter of slot.waiting.splice(0)) enter();
  drive(deps.driving, live);
  deps.publisher.showCard(live);
}

/** The time away was collected in a commit that failed. */
function resumeAgain(deps: HouseDeps, { live, asleepAt }: Slot): void {
  if (!live || asleepAt === undefined) return;
  const size = live.replay.size;
  handOn(deps, live);
  bringUp(deps, live);
  if (asleepAt === size) resume(deps, live);
}

function begin(deps: HouseDeps, plan: WorldPlan): void {
  const live = newWorld(deps, plan);
  closeBefore(deps, plan.room);
  deps.rooms.set(bytesToHex(plan.room.room), plan.room);
  // It may have been taken back between plan and beginning.
  if (plan.room.code !== null) deps.codes.add(plan.room.code);
  const { world, game, version, genesis } = plan;
  const shown = { size: 0, checkpoint: new Uint8Array(0), room: plan.room.room };
  deps.slots.set(live.id, { world, status: 'live', live, waiting: [], game, version, genesis, ...shown });
  appendGenesis(deps.driving, live);
  drive(deps.driving, live);
}

async function rebuild(deps: HouseDeps, waking: Waking, worlds: ReadonlySet<string>): Promise<() => void> {
  const found = [...worlds].flatMap((id) => {
    const slot = deps.slots.get(id);
    return slot ? [{ id, slot }] : [];
  });
  for (const { slot } of found) {
    slot.waiting.push(...(slot.live?.sightings.map(({ again }) => again) ?? []));
    retire(slot);
    slot.status = 'loading';
  }
  for (const { id, slot } of found) {
    await load(deps, waking, id, slot);
    resumeAgain(deps, slot);
  }
  return () => {
    for (const { slot } of found) {
      for (const enter of slot.waiting.splice(0)) enter();
      if (slot.live) drive(deps.driving, slot.live);
    }
  };
}

/** As after a restart: the time without it is logged, and what is owed waits. */
async function takeBack(
  deps: HouseDeps,
  waking: Waking,
  slot: Slot,
  { isTailSame }: Recovered,
): Promise<void> {
  const id = bytesToHex(slot.world);
  const row = await deps.store.world(slot.world);
  if (!row) return;
  slot.status = 'loading';
  delete slot.asleepAt;
  await load(deps, waking, id, slot);
  if (!isTailSame) deps.publisher.resetTail(slot.world);
  if (row.closed) {
    retire(slot);
    slot.status = 'closed';
  }
  // Not if everybody was woken meanwhile.
  if (slot.live && waking.isAwake && slot.asleepAt === undefined) {
    slot.live.heldUntil = deps.driving.clock.now() + deps.collectMs;
    wakeOne(deps, slot, slot.live);
  }
  if (!isAsking(slot)) for (const enter of slot.waiting.splice(0)) enter();
}

function noteCommitted(deps: HouseDeps, { append, checkpoint }: Committed): void {
  const slot = deps.slots.get(bytesToHex(append.world));
  if (!slot) return;
  slot.size = append.expectedSize + append.entries.length;
  slot.checkpoint = checkpoint;
  if (!slot.live) return;
  deps.publisher.showCard(slot.live);
  retitle(deps, slot.live);
  if (!append.closed) return;
  for (const { useless } of slot.live.sightings.splice(0)) useless();
  retire(slot);
  slot.status = 'closed';
}

/** What stands is locked, then signed, though its commit was reported as failed. */
async function signedRow({ store, lock, keys, ring }: HouseDeps, row: WorldRow): Promise<WorldRow> {
  const head = await storedHead(store, row, keys);
  // What is damaged is not signed, and found again when it is loaded.
  if (!head.ok || head.value.signedSize === row.size) return row;
  await lock.write([{ world: row.world, size: row.size, root: head.value.root }]);
  return signRest({ store, keys: ring }, row, head.value);
}

/** A commit that was reported as failed may stand all the same. */
async function showUnpublished(deps: HouseDeps, slot: Slot, row: WorldRow): Promise<void> {
  if (row.size === slot.size) return;
  slot.size = row.size;
  slot.checkpoint = row.checkpoint;
  const origin = originOf(unwrap(parseGenesis(row.genesis)).authority.name, row.world);
  await deps.publisher.showAll(row.world, origin, row.room, row.checkpoint);
}

/** The game's clock stood still while nobody was there to judge. */
function resume({ driving }: HouseDeps, live: LiveWorld): void {
  const now = driving.clock.now();
  const { replay, game } = live;
  if (!replay.paused && game.card(replay.state).phase !== 'running') return;
  if (!replay.paused) appendDraft(driving, live, { kind: 'pause', reason: 'authority_away' }, replay.at);
  appendDraft(driving, live, { kind: 'resume' }, now);
}

/** The host has begun the room's next world: the one before is not waited for any more. */
function closeBefore({ rooms, slots, driving }: HouseDeps, { room, world }: RoomRow): void {
  const before = rooms.get(bytesToHex(room))?.world;
  const live = before && !equalBytes(before, world) ? slots.get(bytesToHex(before))?.live : undefined;
  if (!live || live.halted || live.replay.closed || live.replay.paused) return;
  if (!live.game.isOver(live.replay.state)) appendClose(driving, live, 'abandoned', driving.clock.now());
}

/** The room is called what its match is called now. */
function retitle({ rooms, publisher, store, log }: HouseDeps, live: LiveWorld): void {
  const known = rooms.get(bytesToHex(live.room.room));
  const { title } = live.game.card(live.replay.state);
  if (!known || !equalBytes(known.world, live.world) || title === known.title) return;
  const room = { ...known, title };
  live.room = room;
  rooms.set(bytesToHex(room.room), room);
  publisher.showRoom(room);
  store.putRoom(room).catch((fault: unknown) => log.error({ fault }, 'a room could not be stored'));
}

/** A room that the store has lost is nobody's: it is shown nowhere. */
function lostRoom({ room, world, game }: WorldRow): RoomRow {
  return { room, host: world, visibility: 'private', cap: room, code: null, world, game, title: '' };
}

function newWorld({ games }: HouseDeps, plan: WorldPlan): LiveWorld {
  const game = findGame(games, plan);
  if (!game) throw new Error(`newWorld: the game ${plan.game} ${plan.version} was planned and is not here`);
  const replay = unwrap(openWorld(game, plan.genesis));
  return liveWorld({
    ...{ world: plan.world, id: bytesToHex(plan.world), family: game, secret: plan.secret, replay },
    ...{ tree: emptyTree(), bytes: 0, refusals: new Map() },
    ...{ room: plan.room, supplies: new Map(), sealed: new Map() },
    sightings: [],
    snapshots: [],
    ...{ segmentCount: 0, heldUntil: 0, busyAt: replay.at, isSupplying: false },
  });
}
