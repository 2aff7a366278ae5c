/**
 * A world as this device has verified it, from its genesis or from a snapshot on: every entry hashed into the tree, every checkpoint
 * checked, every rule run again.
 */
import {
  type AnyGame,
  appendLeaf,
  type Audit,
  auditEntry,
  auditSignatures,
  type Bytes,
  createAudit,
  createHashTree,
  emptyFrontier,
  equalBytes,
  err,
  type Frontier,
  frontierRoot,
  type Genesis,
  type HashTree,
  keyAfter,
  leafHash,
  logVkey,
  type makeStateFaultProof,
  ok,
  openWorld,
  parseGenesis,
  type Result,
  rulesInForce,
  step,
  type Stepped,
  verifyCheckpoint,
  type Vkey,
  type World,
  worldIdOf,
} from '@fairground/ledger';
import type { Drawings } from './drawings.ts';
import type { Batch } from './tail.ts';

type Breathe = () => Promise<void>;
type Evidence = Parameters<typeof makeStateFaultProof>[1];

/** Entries that are hashed, stepped or audited before somebody else gets a turn: some milliseconds on a phone. */
const IN_ONE_BREATH = 64;

/** `transport`: the bytes on the way were bad, ask elsewhere. `authority`: it signed what cannot be. `unknown`: we do not have these rules. */
export interface LogFault {
  readonly blame: 'transport' | 'authority' | 'unknown';
  readonly code: string;
  /** The entry at which it shows. */
  readonly index: number;
  readonly message: string;
}

export type Failed = {
  readonly ok: false;
  readonly fault: LogFault;
  /** What the authority has signed, where it is to blame: the log from where we began, up to it. */
  readonly signed?: Evidence & { readonly vkey: Vkey };
};
export type Extended = { readonly ok: true; readonly steps: readonly Stepped<unknown>[] } | Failed;
/** `audited`: all that a full verification checks. `replayed`: the rules alone, from a snapshot on. `signed`: nothing but signatures. */
export type VerifiedLevel = 'signed' | 'replayed' | 'audited';
export type GameLookup = (name: string, version: number) => AnyGame | undefined;

export interface FollowedLog {
  readonly world: Bytes;
  /** Where `entries` begins: at the genesis, or at the `state` whose snapshot was the start. */
  readonly first: number;
  /** How many entries the log has, those before `first` included. */
  readonly size: number;
  readonly entries: readonly Bytes[];
  /** The newest verified checkpoint, as signed. */
  readonly checkpoint: Bytes | undefined;
  /** The key that signs this log, once it is open. */
  readonly vkey: Vkey | undefined;
  /** How far what is here has been checked. */
  readonly level: VerifiedLevel;
  readonly opened:
    | { readonly genesis: Genesis; readonly game: AnyGame; readonly replayed: World<unknown> }
    | undefined;
  /** X25519 keys of the lots that the ledger opened. */
  readonly lotKeys: ReadonlyMap<number, Bytes>;
  /**
   * Extends by a batch that begins at or before the end and goes past it. Not re-entrant. `breathe` is awaited now and then, for a batch
   * that would hold up a page.
   */
  extend(batch: Batch, breathe?: () => Promise<void>): Promise<Extended>;
}

/** One that began at the genesis. */
export interface VerifiedLog extends FollowedLog {
  readonly root: Bytes;
  /** Of all the entries: roots and proofs at every size. Made when it is first asked for. */
  readonly hashes: HashTree;
}

/** A world in its middle, not believed before a batch from there on is. */
export interface Middle {
  /** Of all that comes before. */
  readonly frontier: Frontier;
  /** `encodeWorld` there. */
  readonly snapshot: Bytes;
  /** The `rotate` entries before it, which lead from the key of the genesis to the snapshot's. */
  readonly rotations: readonly Bytes[];
  readonly opened: NonNullable<FollowedLog['opened']>;
}

/** `drawings`: of whoever compares what it is shown with what it would draw itself. */
export function createVerifiedLog(world: Bytes, gameFor: GameLookup, drawings?: Drawings): VerifiedLog {
  return new Log(world, gameFor, { drawings });
}

/** Its first batch begins with the `state` that holds the snapshot's hash. */
export function createLogFrom(middle: Middle, gameFor: GameLookup): FollowedLog {
  return new Log(middle.opened.replayed.opening.world, gameFor, { middle });
}

class Log implements VerifiedLog {
  readonly world: Bytes;
  readonly entries: Bytes[] = [];
  readonly lotKeys = new Map<number, Bytes>();
  readonly #gameFor: GameLookup;
  readonly #drawings: Drawings | undefined;
  readonly #middle: Middle | undefined;
  #frontier: Frontier;
  #checkpoint: Bytes | undefined;
  #hashes: HashTree | undefined;
  #opened: VerifiedLog['opened'];
  /** Kept from the genesis on: what is opened late was bound early. */
  #audit: Audit | undefined;

  constructor(
    world: Bytes,
    gameFor: GameLookup,
    { drawings, middle }: { readonly drawings?: Drawings | undefined; readonly middle?: Middle },
  ) {
    this.world = world;
    this.#gameFor = gameFor;
    this.#drawings = drawings;
    this.#middle = middle;
    this.#frontier = middle?.frontier ?? emptyFrontier();
    this.#opened = middle?.opened;
    if (middle) this.#audit = createAudit(world, middle.opened.genesis);
  }

  get first(): number {
    return this.#middle?.frontier.size ?? 0;
  }

  get size(): number {
    return this.first + this.entries.length;
  }

  get checkpoint(): Bytes | undefined {
    return this.#checkpoint;
  }

  get root(): Bytes {
    return frontierRoot(this.#frontier);
  }

  get vkey(): Vkey | undefined {
    if (!this.#opened) return undefined;
    const { origin, authorityKey } = this.#opened.replayed;
    return logVkey(origin, authorityKey);
  }

  get hashes(): HashTree {
    const tree = (this.#hashes ??= createHashTree());
    for (const entry of this.entries.slice(tree.size)) tree.push(leafHash(entry));
    return tree;
  }

  get level(): VerifiedLevel {
    if (this.entries.length === 0) return 'signed';
    return this.#middle ? 'replayed' : 'audited';
  }

  get opened(): VerifiedLog['opened'] {
    return this.entries.length > 0 ? this.#opened : undefined;
  }

  async extend(batch: Batch, breathe?: Breathe): Promise<Extended> {
    if (batch.first > this.size) return fail('transport', 'gap', batch.first);
    const fresh = batch.entries.slice(this.size - batch.first);
    const [first] = fresh;
    if (!first) return { ok: true, steps: [] };
    const isNew = this.size === 0;
    const problem = isNew ? this.#open(first) : undefined;
    if (problem) return problem;
    const next = await grow(this.#frontier, fresh, breathe);
    const rest = isNew ? fresh.slice(1) : fresh;
    const signer = await this.#checkSigned(batch.checkpoint, next, rest);
    if (!signer.ok) return fail('transport', signer.code, this.size);
    // From here on the authority has signed exactly these entries: what fails now is its fault, unless we lack the rules.
    const signed = () => ({ vkey: signer.value, ...this.#evidence(fresh, batch.checkpoint) });
    const stepped = await this.#stepAll(rest, this.size + (isNew ? 1 : 0), breathe);
    if (!stepped.ok) return stepped.fault.blame === 'authority' ? { ...stepped, signed: signed() } : stepped;
    const unfair = await this.#auditAll(stepped.steps, breathe);
    if (unfair) return { ...unfair, signed: signed() };
    for (const { entry } of stepped.steps) if (entry.kind === 'key') this.lotKeys.set(entry.lot, entry.pk);
    for (const entry of fresh) this.entries.push(entry);
    this.#frontier = next;
    this.#checkpoint = batch.checkpoint;
    return stepped;
  }

  #evidence(fresh: readonly Bytes[], checkpoint: Bytes): Evidence {
    const entries = [...this.entries, ...fresh];
    if (!this.#middle) return { checkpoint, frontier: emptyFrontier(), entries };
    const { frontier, snapshot, rotations } = this.#middle;
    return { checkpoint, frontier, snapshot, rotations, entries };
  }

  /** The world's id is the hash of its first entry: that is the whole root of trust. */
  #open(first: Bytes): Extended | undefined {
    if (!equalBytes(worldIdOf(first), this.world)) return fail('transport', 'genesis_mismatch', 0);
    const parsed = parseGenesis(first);
    if (!parsed.ok) return fail('authority', parsed.code, 0);
    const genesis = parsed.value;
    const game = this.#gameFor(genesis.game, genesis.version);
    const missing = `${genesis.game} version ${genesis.version} is not built into this app`;
    if (!game) return fail('unknown', 'rules_unknown', 0, missing);
    const replayed = openWorld(game, first);
    if (!replayed.ok) return fail('authority', replayed.code, 0);
    this.#opened = { genesis, game, replayed: replayed.value };
    this.#audit = createAudit(this.world, genesis);
    return undefined;
  }

  /** The key whose word the checkpoint is for exactly this tree; it may have been handed on among its entries. */
  async #checkSigned(note: Bytes, tree: Frontier, entries: readonly Bytes[]): Promise<Result<Vkey, string>> {
    const { replayed } = this.#opened ?? neverOpened();
    const vkey = logVkey(replayed.origin, keyAfter(replayed, entries));
    const signed = await verifyCheckpoint(note, vkey);
    if (!signed.ok) return signed;
    if (signed.value.size !== tree.size) return err('checkpoint_size');
    return equalBytes(signed.value.root, frontierRoot(tree)) ? ok(vkey) : err('checkpoint_root');
  }

  async #stepAll(entries: readonly Bytes[], first: number, breathe?: Breathe): Promise<Extended> {
    const { game, replayed } = this.#opened ?? neverOpened();
    const steps: Stepped<unknown>[] = [];
    for (const entry of entries) {
      // Signatures come after, one a chain and by the engine's own code: each by itself would hold up a page.
      const stepped = step(game, replayed, entry, { trustIntentSignatures: true });
      if (!stepped.ok) {
        // An older app than the world's rules accuses nobody.
        const blame = stepped.code === 'rules_unknown' ? 'unknown' : 'authority';
        return fail(blame, stepped.code, first + steps.length, stepped.message);
      }
      steps.push(stepped.value);
      this.#drawings?.passed(rulesInForce(game, replayed), replayed, steps.length === entries.length);
      if (breathe && steps.length % IN_ONE_BREATH === 0) await breathe();
    }
    return { ok: true, steps };
  }

  /** What verification checks beyond the rules: signatures, and, from the genesis on, that all that is opened is what was bound. */
  async #auditAll(steps: readonly Stepped<unknown>[], breathe?: Breathe): Promise<Failed | undefined> {
    const audit = this.#audit ?? neverOpened();
    let unfair: Failed | undefined;
    for (const [i, stepped] of steps.entries()) {
      if (breathe && i % IN_ONE_BREATH === 0) await breathe();
      if (this.#middle && !isSaid(stepped)) continue;
      const audited = auditEntry(audit, stepped);
      if (audited.ok) continue;
      unfair = fail('authority', audited.code, stepped.index, audited.message);
      break;
    }
    const { fault } = await auditSignatures(audit, breathe);
    // The earlier one: what comes after a forged entry follows from nothing.
    if (fault && (!unfair || fault.index <= unfair.fault.index))
      return fail('authority', fault.code, fault.index);
    return unfair;
  }
}

/** Whose signature it bears is known without what was bound before. */
function isSaid({ entry }: Stepped<unknown>): boolean {
  return entry.kind === 'intent' || entry.kind === 'seen';
}

async function grow(frontier: Frontier, entries: readonly Bytes[], breathe?: Breathe): Promise<Frontier> {
  let tree = frontier;
  for (const [i, entry] of entries.entries()) {
    tree = appendLeaf(tree, leafHash(entry));
    if (breathe && i % IN_ONE_BREATH === IN_ONE_BREATH - 1) await breathe();
  }
  return tree;
}

function fail(blame: LogFault['blame'], code: string, index: number, message = code): Failed {
  return { ok: false, fault: { blame, code, index, message } };
}

function neverOpened(): never {
  throw new Error('a world is opened by its first entry');
}
