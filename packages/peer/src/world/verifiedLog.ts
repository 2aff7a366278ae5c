/** A world as this device has verified it: every entry hashed into the tree, every checkpoint checked, every rule run again. */
import {
  type AnyGame, appendLeaf, type Bytes, emptyFrontier, equalBytes, type Frontier, frontierRoot,
  type Genesis, leafHash, logVkey, openWorld, parseGenesis, step, type Stepped, verifyCheckpoint, verifyPair, type World, worldIdOf,
} from '@fairground/ledger';
import type { Batch } from './tail.ts';

/** `transport`: the bytes on the way were bad, ask elsewhere. `authority`: it signed what cannot be. `unknown`: we do not have these rules. */
export interface LogFault {
  readonly blame: 'transport' | 'authority' | 'unknown';
  readonly code: string;
  /** The entry at which it shows. */
  readonly index: number;
  readonly message: string;
}

export type Extended = { readonly ok: true; readonly steps: readonly Stepped<unknown>[] } | { readonly ok: false; readonly fault: LogFault };
export type GameLookup = (name: string, version: number) => AnyGame | undefined;

export interface VerifiedLog {
  readonly world: Bytes;
  /** Every entry's bytes, from the genesis. */
  readonly entries: readonly Bytes[];
  /** The newest verified checkpoint, as signed. */
  readonly checkpoint: Bytes | undefined;
  readonly root: Bytes;
  readonly opened: { readonly genesis: Genesis; readonly game: AnyGame; readonly replayed: World<unknown> } | undefined;
  /** X25519 keys of the lots that the ledger opened. */
  readonly lotKeys: ReadonlyMap<number, Bytes>;
  /** Extends by a batch that begins at or before the end and goes past it. Not re-entrant. */
  extend(batch: Batch): Promise<Extended>;
}

export function createVerifiedLog(world: Bytes, gameFor: GameLookup): VerifiedLog {
  const entries: Bytes[] = [];
  const lotKeys = new Map<number, Bytes>();
  let frontier: Frontier = emptyFrontier();
  let checkpoint: Bytes | undefined;
  let opened: VerifiedLog['opened'];
  const fail = (blame: LogFault['blame'], code: string, index = entries.length, message = code): Extended => ({ ok: false, fault: { blame, code, index, message } });

  /** The world's id is the hash of its first entry: that is the whole root of trust. */
  function open(first: Bytes): Extended | undefined {
    if (!equalBytes(worldIdOf(first), world)) return fail('transport', 'genesis_mismatch', 0);
    const parsed = parseGenesis(first);
    if (!parsed.ok) return fail('authority', parsed.code, 0);
    const genesis = parsed.value;
    const game = gameFor(genesis.game, genesis.version);
    if (!game) return fail('unknown', 'rules_unknown', 0, `${genesis.game} version ${genesis.version} is not built into this app`);
    const replayed = openWorld(game, first);
    if (!replayed.ok) return fail('authority', replayed.code, 0);
    opened = { genesis, game, replayed: replayed.value };
    return undefined;
  }

  async function extend(batch: Batch): Promise<Extended> {
    const fresh = batch.entries.slice(entries.length - batch.first);
    if (batch.first > entries.length) return fail('transport', 'gap', batch.first);
    if (fresh.length === 0) return { ok: true, steps: [] };
    let rest = fresh;
    if (!opened) {
      const problem = open(fresh[0] as Bytes);
      if (problem) return problem;
      rest = fresh.slice(1);
    }
    if (!opened) throw new Error('a world that opened is open');
    const { game, replayed } = opened;
    const next = fresh.reduce((tree, entry) => appendLeaf(tree, leafHash(entry)), frontier);
    const signed = await verifyCheckpoint(batch.checkpoint, logVkey(replayed.origin, replayed.authorityKey));
    if (!signed.ok) return reset(fail('transport', signed.code));
    if (signed.value.size !== next.size) return reset(fail('transport', 'checkpoint_size'));
    if (!equalBytes(signed.value.root, frontierRoot(next))) return reset(fail('transport', 'checkpoint_root'));
    // From here on the authority has signed exactly these entries: what fails now is its fault.
    const steps: Stepped<unknown>[] = [];
    for (const entry of rest) {
      const stepped = step(game, replayed, entry);
      if (!stepped.ok) return fail('authority', stepped.code, entries.length + fresh.length - rest.length + steps.length, stepped.message);
      steps.push(stepped.value);
    }
    const forged = await firstForged(steps);
    if (forged !== undefined) return fail('authority', 'intent_signature', forged);
    for (const { entry } of steps) if (entry.kind === 'key') lotKeys.set(entry.lot, entry.pk);
    entries.push(...fresh);
    frontier = next;
    checkpoint = batch.checkpoint;
    return { ok: true, steps };
  }

  /** Nothing is kept of a world whose first batch was not signed. */
  function reset(result: Extended): Extended {
    if (entries.length === 0) opened = undefined;
    return result;
  }

  return {
    world,
    entries,
    get checkpoint() {
      return checkpoint;
    },
    get root() {
      return frontierRoot(frontier);
    },
    get opened() {
      return entries.length > 0 ? opened : undefined;
    },
    lotKeys,
    extend,
  };
}

/** The index of the first intent whose signature is not its key's. */
async function firstForged(steps: readonly Stepped<unknown>[]): Promise<number | undefined> {
  const checks = steps.map(async ({ index, entry, intent }) => {
    if (entry.kind !== 'intent' || !intent) return undefined;
    return (await verifyPair('intent', intent.key, entry)) ? undefined : index;
  });
  return (await Promise.all(checks)).find((index) => index !== undefined);
}
