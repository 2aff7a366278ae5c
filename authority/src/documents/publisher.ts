/** Shows what is durable and locked: rooms, tiles, tails, checkpoints, the directory, segments. */
import {
  type Bytes,
  ESCROW_FILE,
  entryBundlePath,
  encodeEntryBundle,
  tilePath,
  tileWidth,
} from '@fairground/ledger';
import {
  type DirectoryEntry,
  type RoomFrame,
  type ToRelay,
  formatRoomId,
  formatWorldId,
} from '@fairground/protocol';
import type { Committed } from '../log/committed.ts';
import type { Log } from '../ports.ts';
import type { LogStore, RoomRow, SegmentRow, WorldRow } from '../store/ports.ts';
import type { LiveWorld } from '../worlds/live.ts';
import type { Directory } from './directory.ts';
import { escrowOf } from './escrow.ts';
import type { Sealer } from './sealer.ts';
import { createTails } from './tails.ts';

export interface PublisherDeps {
  readonly store: LogStore;
  readonly sealer: Sealer;
  readonly directory: Pick<Directory, 'set' | 'state'>;
  readonly log: Log;
  send(frame: ToRelay): void;
}

export interface Publisher {
  /** Tails in memory. */
  readonly tails: number;
  /** Takes up a stored world's tail where it was. */
  restore(row: WorldRow): Promise<void>;
  publish(committed: Committed): void;
  showRoom(room: RoomRow): void;
  /** The world's line in the directory, if its room is listed. */
  showCard(live: LiveWorld): void;
  /** Everything of a world, for a link that has nothing yet. */
  showAll(world: Bytes, origin: string, room: Bytes, checkpoint: Bytes): Promise<void>;
  /** Its tail is another document than the one that readers have. */
  resetTail(world: Bytes): void;
  /** The newest segments of a world whose checkpoints are stored. */
  resendSegments(world: Bytes): Promise<void>;
  /** Resolves when all segments that are finished have been sent. */
  settled(): Promise<void>;
}

export function createPublisher(deps: PublisherDeps): Publisher {
  const tails = createTails(deps);
  let sealing = Promise.resolve();

  /** In order, after the receipts; what fails is tried again with the next link. */
  function seal(world: Bytes, segment: SegmentRow, checkpoint: Bytes, then: () => void): void {
    sealing = sealing
      .then(async () => {
        await sendSegment(deps, world, segment, checkpoint);
        then();
      })
      .catch((fault: unknown) => deps.log.error({ fault, segment }, 'a segment could not be sealed'));
  }

  return {
    get tails() {
      return tails.count;
    },
    restore: ({ world }) => tails.restore(world),
    publish(committed) {
      const { append, origin, checkpoint } = committed;
      const { world, expectedSize, room } = append;
      if (room) deps.send(roomFrame(room));
      if (expectedSize === 0 && room) {
        deps.send({ t: 'world', world, room: room.room, origin });
        void sendEscrow(deps, world);
      }
      sendTiles(deps, committed);
      tails.push(committed);
      deps.send({ t: 'log', world, path: 'checkpoint', bytes: checkpoint, immutable: false });
      for (const segment of append.segments) {
        const note = committed.batches.find(({ end }) => end === segment.end)?.checkpoint;
        // Nothing follows a close: the tail is built again when somebody asks for it.
        const trim = () => (append.closed ? tails.forget(world) : tails.seal(world, segment.end));
        if (note) seal(world, segment, note, trim);
      }
    },
    showRoom: (room) => deps.send(roomFrame(room)),
    showCard(live) {
      if (live.room.visibility !== 'listed') return;
      deps.directory.set(formatRoomId(live.room.room), live.replay.closed ? undefined : cardEntry(live));
    },
    async showAll(world, origin, room, checkpoint) {
      deps.send({ t: 'world', world, room, origin });
      await sendEscrow(deps, world);
      await tails.show(world);
      deps.send({ t: 'log', world, path: 'checkpoint', bytes: checkpoint, immutable: false });
    },
    resetTail: tails.reset,
    async resendSegments(world) {
      for (const [segment, note] of await newestSegments(deps.store, world))
        seal(world, segment, note, () => {});
    },
    settled: () => sealing,
  };
}

/** The segments that a relay may have missed; it asks for older ones by path. */
const resentSegments = 2;

/** With the checkpoints at their ends. */
async function newestSegments(
  store: LogStore,
  world: Bytes,
): Promise<readonly (readonly [SegmentRow, Bytes])[]> {
  const found: [SegmentRow, Bytes][] = [];
  for (const segment of (await store.segments(world)).slice(-resentSegments)) {
    const batches = await store.batches(world, segment.first);
    const note = batches.find(({ end }) => end === segment.end)?.checkpoint;
    if (note && note.length > 0) found.push([segment, note]);
  }
  return found;
}

/** So that it is elsewhere before anything happens to this machine. */
async function sendEscrow({ store, send, log }: PublisherDeps, world: Bytes): Promise<void> {
  try {
    const row = await store.world(world);
    const bytes = row && escrowOf(row);
    if (bytes) send({ t: 'log', world, path: ESCROW_FILE, bytes, immutable: true });
  } catch (fault) {
    log.warn({ fault }, 'what is in escrow could not be pushed; it is read on request');
  }
}

/** Hash tiles at once; entry bundles when they are full, read back from the store. */
function sendTiles(deps: PublisherDeps, { append }: Committed): void {
  const { world, tiles, expectedSize, entries } = append;
  for (const { level, n, bytes } of tiles)
    deps.send({ t: 'log', world, path: tilePath(level, n), bytes, immutable: true });
  const full = Math.floor((expectedSize + entries.length) / tileWidth);
  for (let n = Math.floor(expectedSize / tileWidth); n < full; n++) void sendBundle(deps, world, n);
}

async function sendBundle({ store, send, log }: PublisherDeps, world: Bytes, n: number): Promise<void> {
  try {
    const entries = await store.entries(world, n * tileWidth, (n + 1) * tileWidth);
    const bytes = encodeEntryBundle(entries);
    send({ t: 'log', world, path: entryBundlePath(n), bytes, immutable: true });
  } catch (fault) {
    log.warn({ fault, n }, 'an entry bundle could not be pushed; it is read on request');
  }
}

async function sendSegment(
  { sealer, send }: PublisherDeps,
  world: Bytes,
  segment: SegmentRow,
  checkpoint: Bytes,
): Promise<void> {
  const { docId, bytes } = await sealer.seal(world, segment, checkpoint);
  send({ t: 'segment', world, n: segment.n, docId, bytes });
}

function roomFrame({ room, visibility, cap, code, world, game, title }: RoomRow): RoomFrame {
  return { t: 'room', room, visibility, cap, code, world, game, title };
}

function cardEntry({ replay, game, room, world }: LiveWorld): DirectoryEntry {
  const card = game.card(replay.state);
  return {
    room: formatRoomId(room.room),
    world: formatWorldId(world),
    game: room.game,
    code: room.code as DirectoryEntry['code'],
    title: card.title,
    topic: card.topic,
    phase: card.phase,
    players: card.players,
    seats: card.seats,
    openedAt: replay.opening.genesis.at,
  };
}
