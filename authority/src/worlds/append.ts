/** Puts an entry into a world: applied in memory by the ledger's one stepper, and collected for the next commit. */
import {
  type Bytes,
  type LogEntry,
  type Millis,
  bytesToHex,
  decodeEntry,
  encodeEntry,
  encodeWorld,
  equalBytes,
  leafHash,
  makeClose,
  makeState,
  needsState,
  parseIntent,
  sealedOf,
  step,
  unwrap,
} from '@fairground/ledger';
import { type Committer } from '../log/committer.ts';
import { type PendingWorld, cutBatch, pendingWorld } from '../log/pending.ts';
import { growTree } from '../log/tree.ts';
import { dropStale } from './keepSnapshots.ts';
import type { LiveWorld } from './live.ts';

export interface AppendDeps {
  readonly committer: Pick<Committer, 'collecting' | 'schedule' | 'isStuck'>;
  /** The rules failed on this entry; the world stands still from here on. */
  halt(live: LiveWorld, code: string, message: string, entry: Bytes): void;
}

type WithoutTime<T> = T extends { readonly at: Millis } ? Omit<T, 'at'> : never;
/** An entry of the authority's before its time is stamped. */
export type EntryDraft = WithoutTime<LogEntry>;

const nothing = new Uint8Array(0);

/** Adds an entry, and before it the `state` that ends a segment where one is due. False if the world was halted by it. */
export function appendDraft(deps: AppendDeps, live: LiveWorld, draft: EntryDraft, now: Millis): boolean {
  if (needsState(live.replay) && !appendState(deps, live, now)) return false;
  const at = Math.max(now, live.replay.at);
  const entry = { ...draft, at } as LogEntry;
  return appendBytes(deps, live, encodeEntry(entry));
}

/** Leaf 0, whose secret and plan are durable already. */
export function appendGenesis(deps: AppendDeps, live: LiveWorld): void {
  const pending = collect(deps, live);
  pending.room = live.room;
  const { genesisBytes } = live.replay;
  record(deps, live, unwrap(decodeEntry(genesisBytes)), genesisBytes);
}

/** Adds the `state` that ends a segment, or that a close needs, and keeps the state itself as a snapshot. */
export function appendState(deps: AppendDeps, live: LiveWorld, now: Millis): boolean {
  const endsSegment = needsState(live.replay);
  const first = live.replay.segmentStart;
  const made = guarded(deps, live, () => {
    const entry = makeState(live.family, live.replay, now);
    return { entry, bytes: encodeWorld(live.family, live.replay), index: live.replay.size };
  });
  if (!made || !appendBytes(deps, live, encodeEntry(made.entry))) return false;
  const pending = collect(deps, live);
  pending.snapshots.push({ hash: made.entry.hash, index: made.index, bytes: made.bytes });
  live.snapshots.push({ index: made.index, n: live.segmentCount, at: made.entry.at });
  pending.stale.push(...dropStale(live.snapshots).map(({ index }) => index));
  if (endsSegment) endSegment(live, pending, first);
  return true;
}

/** `state` and `close`. */
export function appendClose(deps: AppendDeps, live: LiveWorld, reason: string, now: Millis): boolean {
  if (!live.replay.stateIsLast && !appendState(deps, live, now)) return false;
  if (!appendBytes(deps, live, encodeEntry(makeClose(live.replay, reason)))) return false;
  endSegment(live, collect(deps, live), live.replay.segmentStart);
  return true;
}

/** Adds an entry that was logged before and was lost. False if it is not what this world makes. */
export function appendAgain(deps: AppendDeps, live: LiveWorld, bytes: Bytes): boolean {
  const entry = unwrap(decodeEntry(bytes));
  if (entry.kind === 'state') {
    const isMade = appendState(deps, live, entry.at);
    return isMade && equalBytes(collect(deps, live).entries.at(-1) ?? nothing, bytes);
  }
  const first = live.replay.segmentStart;
  if (!appendBytes(deps, live, bytes)) return false;
  if (entry.kind === 'close') endSegment(live, collect(deps, live), first);
  return true;
}

/** Adds an entry as it is. The caller has seen to it that no `state` is due. */
export function appendBytes(deps: AppendDeps, live: LiveWorld, bytes: Bytes): boolean {
  if (live.halted) return false;
  const stepped = step(live.family, live.replay, bytes, { trustIntentSignatures: true });
  if (!stepped.ok) {
    deps.halt(live, stepped.code, stepped.message ?? '', bytes);
    return false;
  }
  record(deps, live, stepped.value.entry, bytes);
  return true;
}

/** Runs rules outside of an entry; what they throw halts the world. */
export function guarded<T>(deps: AppendDeps, live: LiveWorld, act: () => T): T | undefined {
  try {
    return act();
  } catch (fault) {
    deps.halt(live, 'rules_fault', fault instanceof Error ? fault.message : String(fault), nothing);
    return undefined;
  }
}

/** The next batch of the tail begins with the next segment. */
function endSegment(live: LiveWorld, pending: PendingWorld, first: number): void {
  cutBatch(pending);
  pending.segments.push({ n: live.segmentCount++, first, end: live.tree.frontier.size });
}

/** The world's part of the commit that is being collected. */
function collect({ committer }: AppendDeps, { world, replay, tree }: LiveWorld): PendingWorld {
  return pendingWorld(committer.collecting, {
    ...{ world, origin: replay.origin, frontier: tree.frontier, key: replay.authorityKey },
  });
}

function record(deps: AppendDeps, live: LiveWorld, entry: LogEntry, bytes: Bytes): void {
  const pending = collect(deps, live);
  const index = live.tree.frontier.size;
  pending.entries.push(bytes);
  live.bytes += bytes.length;
  pending.tiles.push(...growTree(live.tree, leafHash(bytes)));
  pending.frontier = live.tree.frontier;
  pending.key = live.replay.authorityKey;
  noteEntry(live, pending, entry, index);
  deps.committer.schedule();
}

function noteEntry(live: LiveWorld, pending: PendingWorld, entry: LogEntry, index: number): void {
  if (entry.kind !== 'time' && entry.kind !== 'state') live.busyAt = entry.at;
  if (entry.kind === 'time') pending.hasTime = true;
  if (entry.kind === 'seen') pending.hasSeen = true;
  if (entry.kind === 'close') pending.closed = true;
  if (entry.kind === 'lot' && !entry.more) {
    live.sealed.delete(entry.lot);
    pending.opened.push(entry.lot);
  }
  if (entry.kind === 'intent') noteIntent(live, pending, entry, index);
}

function noteIntent(
  live: LiveWorld,
  pending: PendingWorld,
  { bytes, refused }: Extract<LogEntry, { kind: 'intent' }>,
  index: number,
): void {
  const parsed = parseIntent(bytes);
  if (!parsed.ok) throw new Error(`noteIntent: an intent was stepped that does not parse (${parsed.code})`);
  const { key, seq } = parsed.value;
  const hash = live.replay.heads.get(bytesToHex(key))?.hash ?? nothing;
  pending.intents.push({ hash, key, seq, index });
  const sealed = refused === undefined ? sealedOf(parsed.value, index) : undefined;
  if (!sealed) return;
  pending.sealed.push({ lot: sealed.lot, index });
  addSealed(live.sealed, sealed);
}

export function addSealed(
  lots: LiveWorld['sealed'],
  { lot, sealed }: NonNullable<ReturnType<typeof sealedOf>>,
): void {
  const known = lots.get(lot);
  if (known) known.push(sealed);
  else lots.set(lot, [sealed]);
}

/** The sealed intent that an entry holds, if it holds an admitted one. */
export function sealedInEntry(entryBytes: Bytes, index: number): ReturnType<typeof sealedOf> {
  const entry = decodeEntry(entryBytes);
  if (!entry.ok || entry.value.kind !== 'intent' || entry.value.refused !== undefined) return undefined;
  const parsed = parseIntent(entry.value.bytes);
  return parsed.ok ? sealedOf(parsed.value, index) : undefined;
}
