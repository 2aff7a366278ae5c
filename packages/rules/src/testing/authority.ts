/** The authority's loop in memory: what it admits, what it owes, and the time it lets pass. */
import {
  admit,
  type Bytes,
  type Cbor,
  encodeEntry,
  type Genesis,
  genesisPolicy,
  type LogEntry,
  makeClose,
  makeState,
  type Millis,
  needsState,
  openWorld,
  parseIntent,
  publicKeyFromSeed,
  type SealedIntent,
  sealedOf,
  step,
  type Stepped,
  unwrap,
  type World,
} from '@fairground/ledger';
import { deriveSecret, diceCommit } from '../dice/secret.ts';
import type { Draft, Game, Owed } from '../game.ts';
import { secretOf, type Signed } from './player.ts';

export interface AuthorityOptions<Config, State, Body extends { readonly kind: string }> {
  readonly game: Game<Config, State, Body>;
  /** Defaults are filled in. */
  readonly config: unknown;
  /** Everything random follows from it. */
  readonly seed: string;
  /** What a supplier gives. */
  readonly supply?: (request: Cbor) => Cbor;
  /** Called after every entry. */
  readonly onStep?: (world: World<State>, stepped: Stepped<unknown>) => void;
}

export interface Authority<State> {
  readonly world: World<State>;
  /** Verbatim, the genesis first. */
  readonly entries: Bytes[];
  /** The virtual clock. */
  now: Millis;
  /** What it does not do, though it owes it. */
  withheld: (owed: Owed) => boolean;
}

export type Loop<State> = Authority<State> & {
  readonly options: AuthorityOptions<unknown, State, { readonly kind: string }>;
  readonly secret: Bytes;
  readonly supplies: Map<string, Cbor>;
  readonly sealed: { readonly lot: number; readonly sealed: SealedIntent }[];
};

/** When every simulated world begins. */
export const TABLE_EPOCH: Millis = 1_750_000_000_000;

export function createLoop<Config, State, Body extends { readonly kind: string }>(
  options: AuthorityOptions<Config, State, Body>,
): Loop<State> {
  const secret = secretOf(options.seed, 'world');
  const genesis = encodeEntry(makeGenesis(options, secret));
  return {
    world: unwrap(openWorld(options.game, genesis)),
    entries: [genesis],
    now: TABLE_EPOCH,
    withheld: () => false,
    options: options as unknown as Loop<State>['options'],
    secret,
    supplies: new Map(),
    sealed: [],
  };
}

/** Logs an authority's entry; `close` comes with its `state`. */
export function append<State>(loop: Loop<State>, draft: Draft): void {
  if (draft.kind !== 'close') return appendEntry(loop, { ...draft, at: loop.now });
  const { world, options } = loop;
  if (!world.stateIsLast) appendBytes(loop, encodeEntry(makeState(options.game, world, loop.now)));
  appendEntry(loop, makeClose(world, draft.reason));
}

export function appendEntry<State>(loop: Loop<State>, entry: LogEntry): void {
  appendBytes(loop, encodeEntry(entry));
}

/** The refusal's code, by the rules or before them, and whether it was logged. */
export function admitIntent<State>(
  loop: Loop<State>,
  { bytes, sig }: Pick<Signed, 'bytes' | 'sig'>,
  rtt: Millis | undefined,
): { readonly logged: boolean; readonly code?: string } {
  const arrival = { bytes, sig, at: loop.now, via: 'local', ...(rtt === undefined ? {} : { rtt }) };
  const admitted = admit(loop.options.game, loop.world, arrival);
  if (!admitted.ok && admitted.code === 'time_due') {
    appendEntry(loop, { kind: 'time', at: loop.now });
    return admitIntent(loop, { bytes, sig }, rtt);
  }
  if (!admitted.ok) {
    return {
      logged: false,
      code: admitted.code === 'first_refused' ? (admitted.message ?? '') : admitted.code,
    };
  }
  appendBytes(loop, admitted.value.entryBytes);
  const { refused } = admitted.value;
  return refused === undefined ? { logged: true } : { logged: true, code: refused };
}

/** Logs a `time` if the game wants one by now. */
export function letTimePass<State>(loop: Loop<State>): boolean {
  const due = loop.options.game.due(loop.world.state);
  if (due === undefined || due > loop.now) return false;
  appendEntry(loop, { kind: 'time', at: loop.now });
  return true;
}

/** Does the first thing that is owed; false if nothing is. */
export function payDebt<State>(loop: Loop<State>): boolean {
  const drafts = draftsOwed(loop);
  if (!drafts) return false;
  for (const draft of drafts) append(loop, draft);
  return true;
}

/** What answers the first thing that is owed; undefined if nothing is. */
export function draftsOwed<State>(loop: Loop<State>): readonly Draft[] | undefined {
  const { game } = loop.options;
  const owed = game.owes(loop.world.state).find((one) => !loop.withheld(one));
  if (!owed) return undefined;
  const secret = deriveSecret(loop.secret, owed.what, owed.index);
  const sealed = loop.sealed.filter(({ lot }) => lot === owed.lot).map((one) => one.sealed);
  const things = thingsFor(loop, owed);
  const supply = things === undefined ? { sealed } : { things, sealed };
  const drafts = (owed.act === 'deal' ? game.deal : game.unseal)(loop.world.state, owed, secret, supply);
  if (drafts.length === 0) throw new Error(`nothing was dealt for ${owed.what} ${owed.index}`);
  return drafts;
}

function appendBytes<State>(loop: Loop<State>, bytes: Bytes): void {
  const { world, options } = loop;
  const stepped = unwrap(step(options.game, world, bytes, { trustIntentSignatures: true }));
  loop.entries.push(bytes);
  keepSealed(loop, stepped);
  options.onStep?.(world, stepped);
  if (needsState(world)) appendBytes(loop, encodeEntry(makeState(options.game, world, loop.now)));
}

function keepSealed<State>(loop: Loop<State>, { entry, index }: Stepped<unknown>): void {
  if (entry.kind !== 'intent' || entry.refused !== undefined) return;
  const found = sealedOf(unwrap(parseIntent(entry.bytes)), index);
  if (found) loop.sealed.push(found);
}

/** Supplied once and found again by what it was for. */
function thingsFor<State>(
  { supplies, options }: Loop<State>,
  { needs, what, index }: Owed,
): Cbor | undefined {
  const name = `${what} ${index}`;
  if (needs && !supplies.has(name)) supplies.set(name, options.supply?.(needs.request) ?? []);
  return supplies.get(name);
}

function makeGenesis<Config, State, Body extends { readonly kind: string }>(
  { game, config, seed }: AuthorityOptions<Config, State, Body>,
  worldSecret: Bytes,
): Genesis {
  const key = publicKeyFromSeed(secretOf(seed, 'authority'));
  const parsed = game.config.safeParse(config);
  if (!parsed.success) throw new Error(parsed.error.message);
  return {
    kind: 'genesis',
    v: 1,
    at: TABLE_EPOCH,
    nonce: secretOf(seed, 'nonce').slice(0, 16),
    authority: { name: 'table.example', key },
    successors: [],
    host: publicKeyFromSeed(secretOf(seed, 'player/host')),
    game: game.name,
    version: game.version,
    rules: game.rules,
    config: parsed.data as Cbor,
    policy: genesisPolicy(),
    rand: diceCommit(worldSecret, key),
  };
}
