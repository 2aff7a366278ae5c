/** Streams a log's entries, bundle after bundle: hashes every leaf, compares every tile, steps the rules, and says who is to blame. */
import { type Audit, auditEntry, createAudit } from './audit.ts';
import type { BundleSource } from './bundleSource.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import type { Genesis, LogEntry } from './entry.ts';
import { originOf, parseGenesis, worldIdOf } from './genesis.ts';
import { leafHash } from './merkle.ts';
import { step } from './replay.ts';
import type { AnyGame } from './replayable.ts';
import { entryBundlePath, tilePath, tileWidth } from './tiles.ts';
import { type TileMismatch, createTreeCheck } from './treeCheck.ts';
import { namedFiles } from './namedFiles.ts';
import type { Claim } from './verifyCheckpoint.ts';
import { needMember, readMember } from './verifyMembers.ts';
import { type Failure, type FailureCode, Verdict, type VerifyLevel } from './verifyReport.ts';
import { findGame, rulesInForce } from './versions.ts';
import { type World, openWorld } from './world.ts';

export interface LogRun {
  readonly claim: Claim;
  /** What the genesis says, as soon as it is read. */
  genesis?: Genesis;
  worldId?: Bytes;
  game?: AnyGame;
  /** Versions whose rules have another hash in the genesis, or in an upgrade, than those that are built in. */
  readonly otherRules: string[];
  world?: World<unknown>;
  audit?: Audit;
  /** The first thing that the rules, the chain or the audit find; weighed against the tree at the end. */
  fault?: Failure;
  mismatch?: TileMismatch | undefined;
  root?: Bytes;
  /** How many entries of each kind. */
  readonly counts: Map<LogEntry['kind'], number>;
  /** SHA-256 in hex of the files that opened values name. */
  readonly named: Set<string>;
  refused: number;
}

export interface LogDeps {
  readonly source: BundleSource;
  readonly games: readonly AnyGame[];
  readonly level: VerifyLevel;
  /** True if another thread looks at the tree and at all that needs no rules: then the entries are only stepped. */
  readonly isHelped: boolean;
  /** Called for every entry, whatever it is. */
  readonly watch: (entry: Bytes) => void;
  /** After each bundle. */
  readonly progress: (done: number) => Promise<void>;
}

export function createRun(claim: Claim): LogRun {
  return { claim, counts: new Map(), named: new Set(), otherRules: [], refused: 0 };
}

export async function runLog(deps: LogDeps, run: LogRun): Promise<void> {
  await (deps.isHelped ? runRules(deps, run) : runAll(deps, run));
}

async function runRules(deps: LogDeps, run: LogRun): Promise<void> {
  const { source, watch, progress } = deps;
  for (const { n, width } of bundlesOf(run.claim.checkpoint.size)) {
    const bytes = await needMember(source, entryBundlePath(n, width));
    const { entries } = splitBundle(bytes, width);
    entries.forEach(watch);
    stepAll(deps, run, entries, n * tileWidth);
    await progress(n * tileWidth + width);
  }
}

async function runAll(deps: LogDeps, run: LogRun): Promise<void> {
  const { size } = run.claim.checkpoint;
  const tree = createTreeCheck((path) => readMember(deps.source, path));
  for (const { n, width } of bundlesOf(size)) {
    const first = n * tileWidth;
    const bytes = await needMember(deps.source, entryBundlePath(n, width));
    const { entries, isWhole } = splitBundle(bytes, width);
    const leaves = entries.map(leafHash);
    if (!isWhole) throw await malformed(deps.source, { n, width, leaves });
    const found = await tree.add(leaves); // also after a mismatch: the root decides who is to blame
    run.mismatch ??= found;
    entries.forEach(deps.watch);
    stepAll(deps, run, entries, first);
    await deps.progress(first + width);
  }
  const { root, mismatch } = await tree.finish();
  run.root = root;
  run.mismatch ??= mismatch;
}

/** Who is to blame: entries before tiles, tiles before rules, because what is stepped after a changed byte means nothing. */
export function treeFailure({ root, mismatch, claim }: LogRun): Failure | undefined {
  if (root && !equalBytes(root, claim.checkpoint.root)) {
    if (mismatch)
      return blame('leaf_mismatch', mismatch.index, 'the entry is not the one that was signed for');
    return blame('checkpoint_root', null, 'the checkpoint is for other entries');
  }
  return mismatch && blame('tile_mismatch', mismatch.index, mismatch.path);
}

export function blame(code: FailureCode, index: number | null, message: string = code): Failure {
  return { code, index, message };
}

function stepAll(deps: LogDeps, run: LogRun, entries: readonly Bytes[], first: number): void {
  for (const [i, bytes] of entries.entries()) {
    if (run.fault || run.mismatch) return;
    const failure = first + i === 0 ? open(deps, run, bytes) : stepOne(deps, run, bytes, first + i);
    if (failure) run.fault = failure;
  }
}

function open({ games, level, isHelped }: LogDeps, run: LogRun, bytes: Bytes): Failure | undefined {
  const parsed = parseGenesis(bytes);
  if (!parsed.ok) return blame(parsed.code, 0, parsed.message);
  const genesis = parsed.value;
  run.genesis = genesis;
  run.worldId = worldIdOf(bytes);
  if (originOf(genesis.authority.name, run.worldId) !== run.claim.checkpoint.origin)
    return blame('origin_mismatch', 0);
  const game = findGame(games, genesis);
  if (!game) return blame('rules_unknown', null, `${genesis.game} ${genesis.version} is not built in`);
  const opened = openWorld(game, bytes);
  if (!opened.ok) return blame(opened.code, 0, opened.message);
  run.game = game;
  noteRules(run, game, genesis.rules);
  run.world = opened.value;
  if (level === 'full' && !isHelped) run.audit = createAudit(run.worldId, genesis);
  run.counts.set('genesis', 1);
  return undefined;
}

function stepOne({ isHelped }: LogDeps, run: LogRun, bytes: Bytes, index: number): Failure | undefined {
  const { game, world, audit, counts } = run;
  if (!game || !world) return undefined;
  const stepped = step(game, world, bytes, { trustIntentSignatures: true, trustIntentKeys: isHelped });
  if (!stepped.ok) return blame(stepped.code, index, stepped.message);
  const { entry } = stepped.value;
  counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
  if (entry.kind === 'upgrade') noteRules(run, rulesInForce(game, world), entry.rules);
  for (const hash of namedFiles(entry)) run.named.add(hash);
  if (entry.kind === 'intent' && entry.refused !== undefined) run.refused += 1;
  const audited = audit && auditEntry(audit, stepped.value);
  return audited && !audited.ok ? blame(audited.code, index, audited.message) : undefined;
}

function noteRules({ otherRules }: LogRun, { version, rules }: AnyGame, named: Bytes): void {
  if (!equalBytes(rules, named)) otherRules.push(`version ${version}`);
}

/** As many entries as the bytes hold, up to the width; `isWhole` if that is all there is and all there should be. */
export function splitBundle(
  bytes: Bytes,
  width: number,
): { readonly entries: readonly Bytes[]; readonly isWhole: boolean } {
  const entries: Bytes[] = [];
  let at = 0;
  while (entries.length < width && at + 2 <= bytes.length) {
    const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (end > bytes.length) break;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { entries, isWhole: at === bytes.length && entries.length === width };
}

/** A bundle whose lengths do not add up: the first entry that is not what its tile says, or the first that is missing. */
async function malformed(
  source: BundleSource,
  { n, width, leaves }: { readonly n: number; readonly width: number; readonly leaves: readonly Bytes[] },
): Promise<Verdict> {
  const tile = (await readMember(source, tilePath(0, n, width))) ?? new Uint8Array(0);
  const differs = leaves.findIndex((leaf, i) => !equalBytes(tile.subarray(32 * i, 32 * i + 32), leaf));
  const at = differs < 0 ? leaves.length : differs;
  return new Verdict(
    'entry_bundle_malformed',
    n * tileWidth + Math.min(at, width - 1),
    entryBundlePath(n, width),
  );
}

/** One by one: a claimed size must not cost memory before its bundles are there. */
export function* bundlesOf(size: number): Generator<{ readonly n: number; readonly width: number }> {
  for (let n = 0; n * tileWidth < size; n++) yield { n, width: Math.min(tileWidth, size - n * tileWidth) };
}
