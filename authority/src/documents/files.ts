/** The files of a log as C2SP tlog-tiles lays them out, and beside them what is made on request. */
import {
  type Bytes,
  ESCROW_FILE,
  ROTATIONS_FILE,
  type World,
  blobHash,
  concatBytes,
  decodeEntry,
  encodeEntryBundle,
  findGame,
  formatWorldJson,
  hexToBytes,
  openWorld,
  parseTilePath,
  policyFile,
  tileWidth,
  writeBundle,
} from '@fairground/ledger';
import type { AnyRulesGame } from '@fairground/rules';
import type { Supplier } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';
import type { Slot } from '../worlds/live.ts';
import type { Cosigning } from '../witness/cosigning.ts';
import { readTile } from '../worlds/recovery.ts';
import { blobsOf, readBlob } from './blobs.ts';
import { escrowOf } from './escrow.ts';
import type { RotationBook } from './rotations.ts';

export interface FilesDeps {
  readonly store: LogStore;
  readonly rotations: RotationBook;
  readonly games: readonly AnyRulesGame[];
  readonly suppliers: Readonly<Record<string, Supplier>>;
  readonly cosigning: Pick<Cosigning, 'noteOf' | 'settled'>;
}

export interface LogFile {
  readonly bytes: Bytes;
  /** It will say the same for ever. */
  readonly immutable: boolean;
}

/** As far as the newest published checkpoint goes; undefined for what is not (yet) there. */
export async function readLogFile(deps: FilesDeps, slot: Slot, path: string): Promise<LogFile | undefined> {
  const { size } = slot;
  if (size === 0) return undefined;
  switch (path) {
    case 'checkpoint':
      return { bytes: newestNote(deps, slot), immutable: false };
    case ESCROW_FILE:
      return readEscrow(deps, slot);
    case ROTATIONS_FILE:
      return readRotations(deps, slot);
    case 'world.json':
    case 'policy':
    case 'bundle.fair':
      return readDerived(deps, slot, path);
    default:
      if (path.startsWith('tile/')) return readTileFile(deps, slot, path);
      return path.startsWith('blob/') ? readBlobFile(deps, slot, path) : readSnapshot(deps, slot, path);
  }
}

async function readTileFile(
  { store }: FilesDeps,
  { world, size }: Slot,
  path: string,
): Promise<LogFile | undefined> {
  const parsed = parseTilePath(path);
  if (!parsed.ok) return undefined;
  const { level, n, width } = parsed.value;
  const first = n * tileWidth;
  const each = level === 'entries' ? 1 : tileWidth ** level;
  if ((first + width) * each > size) return undefined;
  const bytes =
    level === 'entries'
      ? encodeEntryBundle(await store.entries(world, first, first + width))
      : concatBytes(...(await readTile(store, world, level, n, width)));
  return { bytes, immutable: true };
}

async function readBlobFile(deps: FilesDeps, slot: Slot, path: string): Promise<LogFile | undefined> {
  const hash = hexToBytes(blobHash(path) ?? '');
  const bytes = hash?.length === 32 ? await readBlob(deps, slot, hash) : undefined;
  return bytes && { bytes, immutable: true };
}

async function readEscrow({ store }: FilesDeps, { world }: Slot): Promise<LogFile | undefined> {
  const row = await store.world(world);
  const bytes = row && escrowOf(row);
  return bytes && { bytes, immutable: true };
}

/** Not there as long as the key was never handed on. */
async function readRotations({ rotations }: FilesDeps, { world, size }: Slot): Promise<LogFile | undefined> {
  const found = await rotations.upTo(world, size);
  return found.length > 0 ? { bytes: encodeEntryBundle(found), immutable: false } : undefined;
}

async function readSnapshot(
  { store }: FilesDeps,
  { world, size }: Slot,
  path: string,
): Promise<LogFile | undefined> {
  const hash = hexToBytes(/^snapshot\/([0-9a-f]{64})$/.exec(path)?.[1] ?? '');
  const snapshot = hash?.length === 32 ? await store.snapshot(world, hash) : undefined;
  return snapshot && snapshot.index < size ? { bytes: snapshot.bytes, immutable: true } : undefined;
}

/** What follows from the genesis and the close alone. */
async function readDerived(
  deps: FilesDeps,
  slot: Slot,
  path: 'world.json' | 'policy' | 'bundle.fair',
): Promise<LogFile | undefined> {
  const { store, games, cosigning } = deps;
  // A bundle is worth more with the lines of those who cosigned it.
  if (path === 'bundle.fair') await cosigning.settled(slot.world);
  const { size } = slot;
  const game = findGame(games, slot);
  const opened = game && openWorld(game, slot.genesis);
  if (!opened?.ok) return undefined;
  const from = path === 'bundle.fair' ? 0 : size - 1;
  const entries = await store.entries(slot.world, from, size);
  const checkpoint = newestNote(deps, slot);
  const world = worldAt(opened.value, size, entries.at(-1));
  const immutable = world.closed !== undefined;
  if (path === 'world.json') return { bytes: formatWorldJson(world), immutable };
  if (path === 'policy') return { bytes: policyFile(world), immutable };
  const blobs = await blobsOf(deps, entries);
  return { bytes: writeBundle({ world, entries, checkpoint, blobs }), immutable };
}

/** With the lines of the witnesses, if they have cosigned this very checkpoint. */
function newestNote({ cosigning }: FilesDeps, { world, size, checkpoint }: Slot): Bytes {
  const cosigned = cosigning.noteOf(world);
  return cosigned?.size === size ? cosigned.note : checkpoint;
}

/** Without its state, which no derived file shows. */
function worldAt(world: World<unknown>, size: number, last: Bytes | undefined): World<unknown> {
  const entry = last && decodeEntry(last);
  const closed = entry?.ok && entry.value.kind === 'close' ? entry.value : undefined;
  if (!closed) return { ...world, size };
  const { at, finalSize, reason } = closed;
  return { ...world, size, closed: { at, finalSize, reason } };
}
