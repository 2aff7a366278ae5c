/** A table in memory: the authority's loop with a virtual clock, and players by script. */
import { type Bytes, makeSeen, type Millis, signedBytes, signEd25519, type World } from '@fairground/ledger';
import type { Owed } from '../game.ts';
import {
  admitIntent,
  appendEntry,
  type AuthorityOptions,
  createLoop,
  letTimePass,
  type Loop,
  payDebt,
} from './authority.ts';
import {
  type BodyFields,
  createPlayer,
  type Player,
  type PlayerBody,
  secretOf,
  type Signed,
} from './player.ts';

export interface Table<State> {
  readonly seed: string;
  readonly loop: Loop<State>;
  readonly players: Map<string, Player>;
  /** Devices that are away: their chores are not done. */
  readonly away: Set<string>;
}

export interface Arrival {
  /** As the authority measured it. */
  readonly rtt?: Millis;
  /** Nothing is done after it: more arrives in the same commit. */
  readonly quiet?: boolean;
}

export function createTable<Config, State, Body extends { readonly kind: string }>(
  options: AuthorityOptions<Config, State, Body>,
): Table<State> {
  return { seed: options.seed, loop: createLoop(options), players: new Map(), away: new Set() };
}

export function worldOf<State>({ loop }: Table<State>): World<State> {
  return loop.world;
}

export function stateOf<State>({ loop }: Table<State>): State {
  return loop.world.state;
}

export function entriesOf<State>({ loop }: Table<State>): readonly Bytes[] {
  return loop.entries;
}

/** The device of this name; `host` is the one that opened the world. */
export function playerOf<State>({ players, loop, seed }: Table<State>, name: string): Player {
  const player = players.get(name) ?? createPlayer({ world: loop.world.opening.world, seed }, name);
  players.set(name, player);
  return player;
}

/** Sends an intent; the code of its refusal, by the rules or before them. */
export function send<State>(
  table: Table<State>,
  player: Player,
  kind: string,
  body: PlayerBody = {},
  arrival: Arrival = {},
): string | undefined {
  return deliver(table, player, player.next(kind, body), arrival);
}

/** The same for an intent that was signed before. */
export function deliver<State>(
  table: Table<State>,
  player: Player,
  signed: Signed,
  { rtt, quiet = false }: Arrival = {},
): string | undefined {
  const { logged, code } = admitIntent(table.loop, signed, rtt);
  if (logged) player.took(signed);
  if (!quiet) settle(table);
  return code;
}

/** These devices have seen the intent of a lot, and say so. */
export function vouch<State>(
  { loop, seed }: Table<State>,
  witnesses: readonly Player[],
  lot: number,
  { hash }: Pick<Signed, 'hash'>,
): void {
  const { world, now } = loop;
  const seen = witnesses.map(({ name, key }) => {
    const head = { headSize: world.size, headRoot: new Uint8Array(32) };
    const bytes = makeSeen({
      world: world.opening.world,
      lot,
      intentHash: hash,
      witness: key,
      at: now,
      ...head,
    });
    return { bytes, sig: signEd25519(secretOf(seed, `player/${name}`), signedBytes('seen', bytes)) };
  });
  appendEntry(loop, { kind: 'seen', at: now, seen });
}

/** Lets the clock run; the authority acts whenever something is due. */
export function wait<State>(table: Table<State>, ms: Millis): void {
  const { loop } = table;
  const until = loop.now + ms;
  for (settle(table); ; settle(table)) {
    const due = dueOf(table);
    if (due === undefined || due > until) break;
    loop.now = Math.max(due, loop.now);
  }
  loop.now = until;
}

/** Until the world is closed. Throws if that is not to be waited for. */
export function playOut<State>(table: Table<State>): void {
  const { loop } = table;
  for (settle(table); !loop.world.closed;) {
    const due = dueOf(table);
    if (due === undefined) throw new Error('nothing is due, and the world is not closed');
    wait(table, Math.max(0, due - loop.now));
  }
}

export function pause<State>({ loop }: Table<State>): void {
  appendEntry(loop, { kind: 'pause', at: loop.now, reason: 'away' });
}

export function resume<State>(table: Table<State>): void {
  appendEntry(table.loop, { kind: 'resume', at: table.loop.now });
  settle(table);
}

/** The authority fails to do this from now on. */
export function withhold<State>(table: Table<State>, withheld: (owed: Owed) => boolean): void {
  table.loop.withheld = withheld;
}

/** What is due, what is owed, and what devices do by themselves, until all is quiet. */
export function settle<State>(table: Table<State>): void {
  const { loop } = table;
  while (isRunning(table) && (letTimePass(loop) || payDebt(loop) || doChore(table)));
}

function dueOf<State>(table: Table<State>): Millis | undefined {
  return isRunning(table) ? table.loop.options.game.due(table.loop.world.state) : undefined;
}

function isRunning<State>({ loop }: Table<State>): boolean {
  return !loop.world.closed && !loop.world.paused;
}

function doChore<State>(table: Table<State>): boolean {
  const { game } = table.loop.options;
  for (const player of table.players.values()) {
    if (table.away.has(player.name)) continue;
    const [chore] = game.chores(table.loop.world.state, { key: player.key }, player.secret);
    if (!chore) continue;
    const { kind, ...body } = chore;
    const refused = send(table, player, kind, body as BodyFields, { quiet: true });
    if (refused !== undefined) throw new Error(`a chore was refused: ${refused}`);
    return true;
  }
  return false;
}
