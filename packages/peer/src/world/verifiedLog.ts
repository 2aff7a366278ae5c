/** A world as this device has verified it: every entry hashed into the tree, every checkpoint checked, every rule run again. */
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
  type Frontier,
  frontierRoot,
  type Genesis,
  type HashTree,
  keyAfter,
  leafHash,
  logVkey,
  openWorld,
  parseGenesis,
  step,
  type Stepped,
  verifyCheckpoint,
  type Vkey,
  type World,
  worldIdOf,
} from '@fairground/ledger';
import type { Drawings } from './drawings.ts';
import type { Batch } from './tail.ts';

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
  /** What the authority has signed, where it is to blame: the whole log up to it. */
  readonly signed?: { readonly entries: readonly Bytes[]; readonly checkpoint: Bytes };
};
export type Extended = { readonly ok: true; readonly steps: readonly Stepped<unknown>[] } | Failed;
/** `audited`: all that a full verification checks. `replayed`: the rules alone, from a snapshot on. `signed`: nothing but signatures. */
export type VerifiedLevel = 'signed' | 'replayed' | 'audited';
export type GameLookup = (name: string, version: number) => AnyGame | undefined;

export interface VerifiedLog {
  readonly world: Bytes;
  /** Every entry's bytes, from the genesis. */
  readonly entries: readonly Bytes[];
  /** The newest verified checkpoint, as signed. */
  readonly checkpoint: Bytes | undefined;
  readonly root: Bytes;
  /** The key that signs this log, once it is open. */
  readonly vkey: Vkey | undefined;
  /** Of all the entries: roots and proofs at every size. Made when it is first asked for. */
  readonly hashes: HashTree;
  /** How far what is here has been checked. */
  readonly level: VerifiedLevel;
  readonly opened:
    | { readonly genesis: Genesis; readonly game: AnyGame; readonly replayed: World<unknown> }
    | undefined;
  /** X25519 keys of the lots that the ledger opened. */
  readonly lotKeys: ReadonlyMap<number, Bytes>;
  /** Extends by a batch that begins at or before the end and goes past it. Not re-entrant. */
  extend(batch: Batch): Promise<Extended>;
}

/** `drawings`: of whoever compares what it is shown with what it would draw itself. */
export function createVerifiedLog(world: Bytes, gameFor: GameLookup, drawings?: Drawings): VerifiedLog {
  return new Log(world, gameFor, drawings);
}

class Log implements VerifiedLog {
  readonly world: Bytes;
  readonly entries: Bytes[] = [];
  readonly lotKeys = new Map<number, Bytes>();
  readonly #gameFor: GameLookup;
  readonly #drawings: Drawings | undefined;
  #frontier: Frontier = emptyFrontier();
  #checkpoint: Bytes | undefined;
  #hashes: HashTree | undefined;
  #opened: VerifiedLog['opened'];
  /** Kept from the genesis on: what is opened late was bound early. */
  #audit: Audit | undefined;

  constructor(world: Bytes, gameFor: GameLookup, drawings: Drawings | undefined) {
    this.world = world;
    this.#gameFor = gameFor;
    this.#drawings = drawings;
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
    return this.#audit && this.entries.length > 0 ? 'audited' : 'signed';
  }

  get opened(): VerifiedLog['opened'] {
    return this.entries.length > 0 ? this.#opened : undefined;
  }

  async extend(batch: Batch): Promise<Extended> {
    if (batch.first > this.entries.length) return fail('transport', 'gap', batch.first);
    const fresh = batch.entries.slice(this.entries.length - batch.first);
    const [first] = fresh;
    if (!first) return { ok: true, steps: [] };
    const isNew = this.entries.length === 0;
    const problem = isNew ? this.#open(first) : undefined;
    if (problem) return problem;
    const next = fresh.reduce((tree, entry) => appendLeaf(tree, leafHash(entry)), this.#frontier);
    const unsigned = await this.#checkSigned(batch.checkpoint, next, isNew ? fresh.slice(1) : fresh);
    if (unsigned !== undefined) return fail('transport', unsigned, this.entries.length);
    // From here on the authority has signed exactly these entries: what fails now is its fault.
    const signed = () => ({ entries: [...this.entries, ...fresh], checkpoint: batch.checkpoint });
    const stepped = this.#stepAll(isNew ? fresh.slice(1) : fresh, this.entries.length + (isNew ? 1 : 0));
    if (!stepped.ok) return { ...stepped, signed: signed() };
    const unfair = await this.#auditAll(stepped.steps);
    if (unfair) return { ...unfair, signed: signed() };
    for (const { entry } of stepped.steps) if (entry.kind === 'key') this.lotKeys.set(entry.lot, entry.pk);
    this.entries.push(...fresh);
    this.#frontier = next;
    this.#checkpoint = batch.checkpoint;
    return stepped;
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

  /** Why the checkpoint is not the authority's word for exactly this tree; the key may have been handed on among its entries. */
  async #checkSigned(note: Bytes, tree: Frontier, entries: readonly Bytes[]): Promise<string | undefined> {
    const { replayed } = this.#opened ?? neverOpened();
    const signed = await verifyCheckpoint(note, logVkey(replayed.origin, keyAfter(replayed, entries)));
    if (!signed.ok) return signed.code;
    if (signed.value.size !== tree.size) return 'checkpoint_size';
    return equalBytes(signed.value.root, frontierRoot(tree)) ? undefined : 'checkpoint_root';
  }

  #stepAll(entries: readonly Bytes[], first: number): Extended {
    const { game, replayed } = this.#opened ?? neverOpened();
    const steps: Stepped<unknown>[] = [];
    for (const entry of entries) {
      // Signatures come after, one a chain and by the engine's own code: each by itself would hold up a page.
      const stepped = step(game, replayed, entry, { trustIntentSignatures: true });
      if (!stepped.ok) return fail('authority', stepped.code, first + steps.length, stepped.message);
      steps.push(stepped.value);
      this.#drawings?.passed(game, replayed, steps.length === entries.length);
    }
    return { ok: true, steps };
  }

  /** What verification checks beyond the rules: signatures, and that all that is opened is what was bound. */
  async #auditAll(steps: readonly Stepped<unknown>[]): Promise<Failed | undefined> {
    const audit = this.#audit ?? neverOpened();
    let unfair: Failed | undefined;
    for (const stepped of steps) {
      const audited = auditEntry(audit, stepped);
      if (audited.ok) continue;
      unfair = fail('authority', audited.code, stepped.index, audited.message);
      break;
    }
    const { fault } = await auditSignatures(audit);
    // The earlier one: what comes after a forged entry follows from nothing.
    if (fault && (!unfair || fault.index <= unfair.fault.index))
      return fail('authority', fault.code, fault.index);
    return unfair;
  }
}

function fail(blame: LogFault['blame'], code: string, index: number, message = code): Failed {
  return { ok: false, fault: { blame, code, index, message } };
}

function neverOpened(): never {
  throw new Error('a world is opened by its first entry');
}
