/** A world as canonical bytes: what a `state` entry signs the hash of, and where a late joiner starts. */
import { type Bytes, compareBytes, equalBytes } from './bytes.ts';
import { type CborRow, decodeCbor, rowOf, type Writable } from './cbor.ts';
import { withCborOf, writeCbor } from './cborWrite.ts';
import { parsePublicKey } from './ed25519Key.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import type { AnyGame, Replayable } from './replayable.ts';
import { type Result, err, ok, unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import {
  bytesOf,
  isAnyBytes,
  isCode,
  isFlag,
  isUint,
  listOf,
  literal,
  nullable,
  optional,
  shape,
} from './shape.ts';
import { rulesInForce, versionOf } from './versions.ts';
import { type Closing, type Head, type World, openWorld } from './world.ts';

type HeadRow = {
  readonly key: Bytes;
  readonly seq: number;
  readonly hash: Bytes;
};

interface Snapshot {
  readonly v: 1;
  readonly genesis: Bytes;
  readonly size: number;
  readonly at: number;
  /** Of the rules in force, where an upgrade has left that of the genesis. */
  readonly version?: number;
  readonly authorityKey: Bytes;
  readonly paused: boolean;
  readonly segmentStart: number;
  readonly segmentBytes: number;
  readonly stateIsLast: boolean;
  readonly closed: Closing | null;
  /** Sorted by key. */
  readonly heads: readonly HeadRow[];
  readonly state: Bytes;
}

type AnyReplayable<State> = Pick<Replayable<never, State, never>, 'encode' | 'version' | 'later'>;

const isSnapshot = shape<Snapshot>({
  v: literal(1),
  genesis: isAnyBytes,
  size: isUint,
  at: isUint,
  version: optional(isUint),
  authorityKey: bytesOf(32),
  paused: isFlag,
  segmentStart: isUint,
  segmentBytes: isUint,
  stateIsLast: isFlag,
  closed: nullable(shape<Closing>({ at: isUint, finalSize: isUint, reason: isCode })),
  heads: listOf(shape<HeadRow>({ key: bytesOf(32), seq: isUint, hash: bytesOf(32) })),
  state: isAnyBytes,
});

export function encodeWorld<State>(game: AnyReplayable<State>, world: World<State>): Uint8Array<ArrayBuffer> {
  return writeCbor(worldToData(game, world));
}

/** SHA-256 of `encodeWorld`. */
export function stateHash<State>(game: AnyReplayable<State>, world: World<State>): Uint8Array<ArrayBuffer> {
  return withCborOf(worldToData(game, world), sha256);
}

function worldToData<State>(game: AnyReplayable<State>, world: World<State>): Writable {
  const { size, at, version, authorityKey, paused, segmentStart, segmentBytes, stateIsLast } = world;
  return {
    v: 1,
    genesis: world.genesisBytes,
    size,
    at,
    ...(version !== world.opening.genesis.version && { version }),
    authorityKey,
    paused,
    segmentStart,
    segmentBytes,
    stateIsLast,
    closed: world.closed ? { ...world.closed } : null,
    heads: sortedHeads(world.heads),
    state: rulesInForce<Pick<AnyGame, 'encode' | 'version' | 'later'>>(game, world).encode(world.state),
  };
}

/** The genesis that a snapshot holds, for whoever has to find out first what is played; undefined if it is no snapshot. */
export function genesisIn(snapshot: Bytes): Bytes | undefined {
  const decoded = decodeCbor(snapshot);
  const value: unknown = decoded.ok ? decoded.value : undefined;
  return isSnapshot(value) ? value.genesis : undefined;
}

/** For snapshots of one's own: throws on what `parseWorld` refuses. */
export function decodeWorld<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  bytes: Bytes,
): World<State> {
  return unwrap(parseWorld(game, bytes));
}

/** For snapshots of others: never throws, and refuses bytes that this world would not be encoded to. */
export function parseWorld<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  bytes: Bytes,
): Result<World<State>, 'snapshot_malformed' | 'rules_unknown'> {
  const decoded = decodeCbor(bytes);
  const snapshot: unknown = decoded.ok ? decoded.value : undefined;
  if (!isSnapshot(snapshot) || !areSorted(snapshot.heads) || !parsePublicKey(snapshot.authorityKey).ok) {
    return err('snapshot_malformed');
  }
  const opened = openWorld(game, snapshot.genesis);
  if (!opened.ok)
    return err(opened.code === 'rules_unknown' ? 'rules_unknown' : 'snapshot_malformed', opened.code);
  const { version } = opened.value;
  // The version of the genesis has one spelling: none.
  if (snapshot.version !== undefined && snapshot.version <= version)
    return err('snapshot_malformed', 'version');
  const inForce = versionOf<AnyGame>(game, snapshot.version ?? version);
  if (!inForce) return err('rules_unknown', `${game.name} ${snapshot.version}`);
  return restore(inForce, opened.value, snapshot);
}

function restore<Config, State, Body>(
  game: Replayable<Config, State, Body>,
  world: World<State>,
  snapshot: Snapshot,
): Result<World<State>, 'snapshot_malformed'> {
  const { size, at, authorityKey, paused, segmentStart, segmentBytes, stateIsLast, closed } = snapshot;
  const heads = new Map<string, Head>(
    snapshot.heads.map(({ key, seq, hash }) => [bytesToHex(key), { seq, hash }]),
  );
  try {
    const state = game.decode(snapshot.state);
    if (!equalBytes(game.encode(state), snapshot.state))
      return err('snapshot_malformed', 'state has a second spelling');
    Object.assign(world, {
      size,
      at,
      version: game.version,
      authorityKey,
      paused,
      segmentStart,
      segmentBytes,
      stateIsLast,
      state,
      heads,
      isRestored: true,
    });
    if (closed) world.closed = closed;
    return ok(world);
  } catch (fault) {
    return err('snapshot_malformed', fault instanceof Error ? fault.message : String(fault));
  }
}

/** Keys only ever come, so that as many as before are the same ones. */
const sortedKeys = new WeakMap<ReadonlyMap<string, Head>, readonly (readonly [hex: string, key: Bytes])[]>();

const headRow = rowOf('key', 'seq', 'hash');

function sortedHeads(heads: ReadonlyMap<string, Head>): readonly CborRow[] {
  const known = sortedKeys.get(heads);
  const keys = known?.length === heads.size ? known : sortKeys(heads);
  return keys.map(([hex, key]) => {
    const head = heads.get(hex);
    if (!head) throw new Error('sortedHeads: a head is gone');
    return headRow(key, head.seq, head.hash);
  });
}

/** Hex of equal length sorts as the bytes do. */
function sortKeys(heads: ReadonlyMap<string, Head>): readonly (readonly [string, Bytes])[] {
  const sorted = [...heads.keys()].sort((a, b) => (a < b ? -1 : 1));
  const keys = sorted.map((hex) => [hex, hexToBytes(hex) ?? new Uint8Array(0)] as const);
  sortedKeys.set(heads, keys);
  return keys;
}

function areSorted(rows: readonly HeadRow[]): boolean {
  return rows.every((row, i) => {
    const before = rows[i - 1];
    return !before || compareBytes(before.key, row.key) < 0;
  });
}
