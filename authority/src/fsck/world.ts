/** Proves one world's rows again: every entry, the tree, tiles, checkpoints, the rules run anew with every signature, states, indexes. */
import {
  type Bytes,
  type LogEntry,
  type World,
  encodeFrontier,
  equalBytes,
  findGame,
  intentHash,
  leafHash,
  openWorld,
  originOf,
  parseIntent,
  sha256,
  step,
  worldIdOf,
} from '@fairground/ledger';
import { type AnyRulesGame, diceCommit } from '@fairground/rules';
import { type OwnCheckpoint, ownCheckpoint } from '../log/checkpointOf.ts';
import { type Tree, emptyTree, growTree, treeRoot } from '../log/tree.ts';
import type { TileRow, WorldRow } from '../store/ports.ts';
import type { LogReads } from '../store/sqliteReads.ts';
import { type KeptSnapshot, dropStale } from '../worlds/keepSnapshots.ts';
import type { Finder } from './report.ts';

export interface WorldCheck {
  readonly reads: LogReads;
  readonly row: WorldRow;
  readonly games: readonly AnyRulesGame[];
  readonly name: string;
  /** All that this authority ever signed with. */
  readonly keys: readonly Bytes[];
  /** The size that the lock remembers; 0 if none. */
  readonly lockedSize: number;
  readonly finder: Finder;
}

/** Roots by size, for whoever compares with the lock. */
export type Roots = ReadonlyMap<number, Bytes>;

const chunk = 1024;

interface Walk {
  readonly tree: Tree;
  readonly tiles: TileRow[];
  readonly roots: Map<number, Bytes>;
  /** Which key the log names at the sizes of `roots`, as long as it replays. */
  readonly signers: Map<number, Bytes>;
  readonly wanted: ReadonlySet<number>;
  intents: number;
  /** What the entries take together. */
  bytes: number;
  /** How many segments have ended. */
  segments: number;
  /** Hashes of `state` entries by index. */
  readonly states: Map<number, Bytes>;
  /** The snapshots that there must be. */
  readonly kept: KeptSnapshot[];
  /** Of the newest checkpoint. */
  signedSize: number;
  replay: World<unknown> | undefined;
}

export function checkWorld(check: WorldCheck): Roots {
  const walk: Walk = {
    tree: emptyTree(),
    tiles: [],
    roots: new Map(),
    signers: new Map(),
    wanted: new Set([...check.reads.batches(check.row.world, 0).map(({ end }) => end), check.lockedSize]),
    intents: 0,
    bytes: 0,
    segments: 0,
    states: new Map(),
    kept: [],
    signedSize: 0,
    replay: openReplay(check),
  };
  walkEntries(check, walk);
  checkSnapshots(check, walk);
  checkTree(check, walk);
  checkBatches(check, walk);
  checkEnd(check, walk);
  return walk.roots;
}

function openReplay({ row, games, keys, name, finder }: WorldCheck): World<unknown> | undefined {
  if (!equalBytes(worldIdOf(row.genesis), row.world))
    finder.find('genesis_other', 'the genesis has another hash than the world', 0);
  const game = findGame(games, row);
  const opened = game && openWorld(game, row.genesis);
  if (!opened) finder.find('rules_unknown', `${row.game} ${row.version} is not built in`);
  if (!opened?.ok) {
    if (opened) finder.find('replay_failed', opened.code, 0);
    return undefined;
  }
  const { genesis } = opened.value.opening;
  const { key } = genesis.authority;
  if (!keys.some((own) => equalBytes(own, key)) || genesis.authority.name !== name)
    finder.find('genesis_other', 'the genesis names another authority', 0);
  if (!equalBytes(diceCommit(row.secret, key), genesis.rand))
    finder.find('secret_other', 'the stored secret is not the one that the genesis is committed to');
  return opened.value;
}

function walkEntries(check: WorldCheck, walk: Walk): void {
  const { reads, row, finder } = check;
  for (let from = 0; from < row.size; from += chunk) {
    const entries = reads.entries(row.world, from, Math.min(row.size, from + chunk));
    for (const [i, bytes] of entries.entries()) checkEntry(check, walk, bytes, from + i);
    if (entries.length === Math.min(chunk, row.size - from)) continue;
    finder.find('entry_missing', `${row.size} entries are claimed`, from + entries.length);
    return;
  }
  if (reads.entries(row.world, row.size, row.size + 1).length > 0)
    finder.find('entry_missing', 'there are entries past the end', row.size);
}

function checkEntry(check: WorldCheck, walk: Walk, bytes: Bytes, index: number): void {
  walk.bytes += bytes.length;
  walk.tiles.push(...growTree(walk.tree, leafHash(bytes)));
  if (walk.wanted.has(index + 1)) walk.roots.set(index + 1, treeRoot(walk.tree));
  stepEntry(check, walk, bytes, index);
  if (walk.replay && walk.wanted.has(index + 1)) walk.signers.set(index + 1, walk.replay.authorityKey);
}

function stepEntry(check: WorldCheck, walk: Walk, bytes: Bytes, index: number): void {
  const { row, games, finder } = check;
  if (index === 0) {
    if (!equalBytes(bytes, row.genesis)) finder.find('genesis_other', 'entry 0 is not the genesis', 0);
    return;
  }
  const game = findGame(games, row);
  if (!walk.replay || !game) return;
  const stepped = step(game, walk.replay, bytes);
  if (stepped.ok) return checkRows(check, walk, stepped.value.entry, index);
  finder.find('replay_failed', `${stepped.code} ${stepped.message ?? ''}`, index);
  walk.replay = undefined;
}

/** What is found by index must be what the entries say. */
function checkRows({ reads, row, finder }: WorldCheck, walk: Walk, entry: LogEntry, index: number): void {
  if (entry.kind === 'intent') {
    walk.intents += 1;
    const parsed = parseIntent(entry.bytes);
    const found = reads.intent(row.world, intentHash(entry.bytes));
    const isSame =
      parsed.ok &&
      found?.index === index &&
      found.seq === parsed.value.seq &&
      equalBytes(found.key, parsed.value.key);
    if (!isSame) finder.find('index_bad', 'this intent is not found where it is', index);
  }
  if (entry.kind === 'state') {
    const isEnd = walk.replay?.segmentStart === index + 1;
    walk.states.set(index, entry.hash);
    walk.kept.push({ index, n: walk.segments, at: entry.at });
    if (isEnd) walk.segments += 1;
    dropStale(walk.kept);
  }
}

/** Those that are kept are there; none that is there is another than its entry names. */
function checkSnapshots({ reads, row, finder }: WorldCheck, { states, kept }: Walk): void {
  const found = new Set(reads.snapshots(row.world));
  for (const { index } of kept)
    if (!found.has(index)) finder.find('snapshot_bad', 'the state that this entry names is missing', index);
  for (const index of found) {
    const hash = states.get(index);
    const snapshot = hash && reads.snapshot(row.world, hash);
    if (!snapshot || snapshot.index !== index || !equalBytes(sha256(snapshot.bytes), hash))
      finder.find('snapshot_bad', 'this snapshot is not the state that an entry names', index);
  }
}

function checkTree({ reads, row, keys, name, finder }: WorldCheck, walk: Walk): void {
  if (!equalBytes(encodeFrontier(walk.tree.frontier), row.frontier))
    finder.find('frontier_bad', 'the stored frontier is not the one of the entries');
  const newest = ownCheckpoint(row.checkpoint, keys);
  const root = newest.ok ? walk.roots.get(newest.value.size) : undefined;
  const isGood =
    newest.ok &&
    newest.value.origin === originOf(name, row.world) &&
    root !== undefined &&
    equalBytes(newest.value.root, root) &&
    isSigner(walk, newest.value);
  // What is durable and not signed yet has an empty one.
  if (row.checkpoint.length > 0 && !isGood)
    finder.find('checkpoint_bad', 'the newest checkpoint is not of these entries, or not signed by its key');
  walk.signedSize = newest.ok ? newest.value.size : 0;
  for (const { level, n, bytes } of walk.tiles) {
    const [stored] = reads.tiles(row.world, level, n, n + 1);
    if (!stored || !equalBytes(stored, bytes))
      finder.find('tile_bad', `tile ${level}/${n} is missing or another`);
  }
}

/** A log that does not replay names no key; that is another fault. */
function isSigner({ signers }: Walk, { size, key }: OwnCheckpoint): boolean {
  return equalBytes(signers.get(size) ?? key, key);
}

/** Batches and segments cut the log without a gap; each batch ends in a checkpoint that was signed for it. */
function checkBatches({ reads, row, keys, finder }: WorldCheck, walk: Walk): void {
  let end = 0;
  for (const batch of reads.batches(row.world, 0)) {
    const checkpoint = ownCheckpoint(batch.checkpoint, keys);
    const root = walk.roots.get(batch.end);
    const isGood =
      batch.first === end &&
      root !== undefined &&
      (checkpoint.ok
        ? checkpoint.value.size === batch.end &&
          equalBytes(checkpoint.value.root, root) &&
          isSigner(walk, checkpoint.value)
        : batch.checkpoint.length === 0 && batch.end > walk.signedSize);
    if (!isGood)
      finder.find(
        'batch_bad',
        'this batch is out of place, or its checkpoint is not of its entries',
        batch.first,
      );
    end = batch.end;
  }
  if (end !== row.size) finder.find('batch_bad', `the batches end at ${end}, the log at ${row.size}`);
}

function checkEnd({ reads, row, finder }: WorldCheck, { replay, intents, bytes }: Walk): void {
  if (bytes !== row.bytes)
    finder.find('bytes_bad', `the entries take ${bytes} bytes, the store says ${row.bytes}`);
  const segments = reads.segments(row.world);
  const ends = segments.map(({ end }) => end);
  const isCut = segments.every(({ n, first }, i) => n === i && first === (ends[i - 1] ?? 0));
  if (!replay) return;
  const expectedEnd = replay.closed ? replay.size : replay.segmentStart;
  if (!isCut || (ends.at(-1) ?? 0) !== expectedEnd)
    finder.find('segment_bad', 'the segments are not those that the entries make');
  if (row.closed !== (replay.closed !== undefined))
    finder.find('closed_bad', `the store says that the world is ${row.closed ? '' : 'not '}closed`);
  const heads = [...replay.heads.values()].reduce((sum, { seq }) => sum + seq + 1, 0);
  if (heads !== intents) finder.find('index_bad', `${intents} intents, but chains of ${heads}`);
}
