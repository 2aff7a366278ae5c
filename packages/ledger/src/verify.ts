/** Verifies a whole log from its files alone: checkpoint, tree, rules; `full` adds authorship, commitments and openings. */
import type { Aside, AsideWord } from './aside.ts';
import { auditSignatures } from './audit.ts';
import { bytesToBase32 } from './baseText.ts';
import type { BundleSource } from './bundleSource.ts';
import { bundleNames } from './bundle.ts';
import type { Bytes } from './bytes.ts';
import { logVkey, parentWords, worldPolicy } from './genesis.ts';
import { createPace, stopwatch } from './pace.ts';
import type { AnyGame } from './replayable.ts';
import { judgeTrust } from './trust.ts';
import { type Claim, checkClaim, readClaim } from './verifyCheckpoint.ts';
import { type LogRun, createRun, runLog, treeFailure } from './verifyLog.ts';
import { checkBlobs, checkDerived, checkNames, createBlobWatch, needMember } from './verifyMembers.ts';
import {
  type Check,
  type Failure,
  type Trust,
  Verdict,
  type VerifyLevel,
  type VerifyReport,
} from './verifyReport.ts';

export interface VerifyProgress {
  readonly phase: 'entries' | 'signatures';
  readonly done: number;
  readonly total: number;
}

export interface VerifyOptions {
  /** The rules that are built in; code from a bundle is never run. */
  readonly games: readonly AnyGame[];
  readonly level: VerifyLevel;
  /** World ids, vkeys or the authority's did:key, all of which must fit. */
  readonly anchors?: readonly string[];
  /** Authorities that the asker knows. */
  readonly knownKeys?: readonly Bytes[];
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
  /** Entries; 16,777,216 if not given. */
  readonly maxSize?: number;
  /**
   * A second thread, which takes over what needs no rules of a large file at level `full`. Whatever is wrong, with the file or with that
   * thread, is found out by a run in this one alone, so that the report is the same.
   */
  readonly aside?: Aside;
}

const defaultMaxSize = 2 ** 24;

interface Notes {
  readonly checks: Check[];
  trust: Trust;
  run?: LogRun;
  /** What the second thread found, if there is one. */
  word?: AsideWord;
}

interface Job {
  readonly source: BundleSource;
  readonly options: VerifyOptions;
  readonly notes: Notes;
  readonly pace: () => Promise<void>;
  /** A second thread is at work. */
  readonly word?: Promise<AsideWord | undefined>;
}

/** Never rejects for what a bundle holds or a carrier fails to bring; rejects with the signal's reason when it is aborted. */
export async function verify(source: BundleSource, options: VerifyOptions): Promise<VerifyReport> {
  const { aside, level } = options;
  const { file, readUnsummed: read } = source;
  if (!aside || !file || !read || level !== 'full' || file.length < aside.from)
    return examineAll({ source, options });
  const elapsed = stopwatch();
  const word = aside.check(file).catch(() => undefined);
  const report = await examineAll({ source: { ...source, read }, options, word });
  return report.valid ? report : { ...(await examineAll({ source, options })), ms: Math.round(elapsed()) };
}

async function examineAll(work: Omit<Job, 'notes' | 'pace'>): Promise<VerifyReport> {
  const { options } = work;
  const elapsed = stopwatch();
  const notes: Notes = { checks: [], trust: 'self-asserted' };
  let failure: Failure | null = null;
  try {
    await examine({ ...work, notes, pace: createPace() });
  } catch (fault) {
    if (!(fault instanceof Verdict)) throw fault;
    failure = fault.failure;
  }
  return report(notes, options.level, { failure, ms: Math.round(elapsed()) });
}

async function examine(job: Job): Promise<void> {
  const { source, options, notes } = job;
  await check(notes, 'members', async () => {
    notes.run = createRun(await claimOf(job));
    return source.names ? `${source.names.length} members, each of them named` : 'read by address';
  });
  const { run } = notes;
  if (!run) throw new Error('verify: a claim without a fault makes a run');
  const blobs = createBlobWatch(source.names ?? []);
  await check(notes, 'tree', () => checkTree(job, run, blobs.watch));
  await check(notes, 'checkpoint', () => checkSigned(run));
  await checkRules(notes, run);
  if (!run.world) throw new Error('verify: a world without a fault is open');
  const { world } = run;
  await check(
    notes,
    'files',
    async () =>
      `${await checkDerived(source, world)}; ${await checkBlobs(source, blobs.unnamed(), run.named)}`,
  );
  await check(notes, 'container', async () => checkContainer(source));
  await check(notes, 'authorship', () => checkAuthorship(job, run));
  await check(notes, 'trust', async () => checkTrust(options, notes, run));
}

/** Runs one check, which resolves to what there is to say, and writes down how it ended. */
async function check(notes: Notes, name: string, act: () => Promise<string>): Promise<void> {
  try {
    notes.checks.push({ name, ok: true, detail: await act() });
  } catch (fault) {
    if (fault instanceof Verdict) notes.checks.push({ name, ok: false, detail: fault.failure.message });
    throw fault;
  }
}

async function claimOf({ source, options }: Job): Promise<Claim> {
  const claim = readClaim(await needMember(source, bundleNames.checkpoint));
  const { size } = claim.checkpoint;
  if (size === 0) throw new Verdict('checkpoint_empty', null);
  if (size > (options.maxSize ?? defaultMaxSize)) throw new Verdict('log_too_large', null, `${size} entries`);
  if (source.names) checkNames(source.names, size);
  return claim;
}

async function checkTree(
  { source, options, pace, notes, word }: Job,
  run: LogRun,
  watch: (entry: Bytes) => void,
): Promise<string> {
  const { games, level, onProgress, signal } = options;
  const { size } = run.claim.checkpoint;
  const progress = async (done: number) => {
    onProgress?.({ phase: 'entries', done, total: size });
    await pace();
    signal?.throwIfAborted();
  };
  await runLog({ source, games, level, isHelped: word !== undefined, watch, progress }, run);
  if (word) {
    const found = await word;
    // What is wrong, the one thread says that is asked after this.
    if (!found) throw new Verdict('source_unreadable', null);
    notes.word = found;
    run.root = found.root;
  }
  const failure = treeFailure(run);
  // A root that nothing in the tree contradicts may be a checkpoint that somebody changed: its signature is asked first.
  if (failure?.code === 'checkpoint_root' && run.genesis) await checkSigned(run);
  if (failure) throw new Verdict(failure.code, failure.index, failure.message);
  return `${size} entries have the checkpoint's root, and every tile is theirs`;
}

async function checkSigned({ claim, genesis, world, fault }: LogRun): Promise<string> {
  if (!genesis || fault?.code === 'rules_unknown' || fault?.code === 'origin_mismatch')
    throw toVerdict(fault);
  const key = world?.authorityKey ?? genesis.authority.key;
  try {
    return await checkClaim(claim, worldPolicy(genesis, claim.checkpoint.origin, key));
  } catch (unsigned) {
    // The rules stopped early, so the key may have been rotated after that.
    if (fault && unsigned instanceof Verdict && unsigned.failure.code === 'note_unsigned')
      throw toVerdict(fault);
    throw unsigned;
  }
}

async function checkRules(
  notes: Notes,
  { fault, genesis, counts, refused, audit, otherRules }: LogRun,
): Promise<void> {
  const audited = notes.word ?? audit?.counts;
  const blamed = fault && (ruleChecks[fault.code] ?? 'rules');
  const details: Readonly<Record<string, string>> = {
    rules: `${counts.get('intent') ?? 0} intents, ${refused} of them refused exactly as the log says; ${rulesWords(counts.get('upgrade') ?? 0, otherRules)}`,
    states: `${counts.get('state') ?? 0} state hashes`,
    commitments: audited ? `${audited.commitments} opened as committed` : unchecked,
    openings: audited ? `${audited.openings} sealed values opened, or void as claimed` : unchecked,
  };
  for (const [name, detail] of Object.entries(details)) {
    await check(notes, name, async () => {
      if (name === blamed) throw toVerdict(fault);
      return detail;
    });
  }
  const parent = genesis && parentWords(genesis);
  if (parent !== undefined) await check(notes, 'parent', async () => parent);
}

const unchecked = 'not checked at this level';

/** Which check a fault of the stepper or the audit belongs to; `rules` for all others. */
const ruleChecks: Readonly<Record<string, string>> = {
  state_mismatch: 'states',
  state_missing: 'states',
  commit_again: 'commitments',
  reveal_uncommitted: 'commitments',
  reveal_mismatch: 'commitments',
  lot_key: 'openings',
  lot_opening: 'openings',
  lot_void_false: 'openings',
  lot_incomplete: 'openings',
};

function rulesWords(upgrades: number, other: readonly string[]): string {
  const went = upgrades === 0 ? '' : `, over ${upgrades} ${upgrades === 1 ? 'upgrade' : 'upgrades'}`;
  if (other.length === 0)
    return `by the very rules that the ${upgrades === 0 ? 'genesis names' : 'log names'}${went}`;
  const which = upgrades === 0 ? 'the same version' : other.join(' and ');
  return `warning: other sources of ${which}${went}; the state hashes decide`;
}

function checkContainer(source: BundleSource): string {
  const [damaged] = source.damaged ?? [];
  if (damaged !== undefined) throw new Verdict('checksum_mismatch', null, damaged);
  const packing = source.packing?.();
  switch (packing?.kind) {
    case undefined:
      return 'not a file';
    case 'canonical':
      return 'the one file of its members';
    case 'other':
      return 'a ZIP of the same members that somebody else has packed';
    case 'damaged':
      throw new Verdict('container_damaged', null, `byte ${packing.at} of the file was changed`);
  }
}

async function checkAuthorship({ options, pace, notes }: Job, { audit }: LogRun): Promise<string> {
  if (notes.word) return signed(notes.word.signatures);
  if (!audit) return 'authorship not checked';
  const { onProgress, signal } = options;
  const { checked, fault } = await auditSignatures(audit, async (done, total) => {
    onProgress?.({ phase: 'signatures', done, total });
    await pace();
    signal?.throwIfAborted();
  });
  if (fault) throw new Verdict(fault.code, fault.index);
  return signed(checked);
}

function signed(count: number): string {
  return `${count} signatures: one for each chain of intents, and each sighting`;
}

function checkTrust(
  { anchors = [], knownKeys = [] }: VerifyOptions,
  notes: Notes,
  { worldId, genesis, world }: LogRun,
): string {
  if (!worldId || !genesis || !world) return notes.trust;
  const identity = {
    world: worldId,
    authorityKey: genesis.authority.key,
    vkey: logVkey(world.origin, world.authorityKey),
  };
  const trust = judgeTrust(identity, { anchors, knownKeys });
  if (!trust.ok) throw new Verdict(trust.code, null, trust.message);
  notes.trust = trust.value;
  return trust.value;
}

function toVerdict(failure: Failure | undefined): Verdict {
  return new Verdict(failure?.code ?? 'genesis_missing', failure?.index ?? null, failure?.message);
}

function report(
  { checks, trust, run }: Notes,
  level: VerifyLevel,
  { failure, ms }: { readonly failure: Failure | null; readonly ms: number },
): VerifyReport {
  return {
    valid: failure === null,
    level,
    trust,
    world: run?.worldId ? bytesToBase32(run.worldId) : '',
    origin: run?.claim.checkpoint.origin ?? '',
    game: run?.genesis?.game ?? '',
    version: run?.genesis?.version ?? 0,
    size: run?.claim.checkpoint.size ?? 0,
    players: run?.world?.heads.size ?? 0,
    ms,
    checks,
    failure,
  };
}
