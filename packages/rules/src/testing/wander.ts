/** Whole evenings out of small moves, sensible or not: for properties, and for finding what nobody thought of. */
import type { Player, Signed } from './player.ts';
import type { Cbor } from '@fairground/ledger';
import { answer, joinBody, sealedAnswer, stake, type TriviaTable } from './evening.ts';
import { deliver, pause, playerOf, resume, send, stateOf, vouch, wait, withhold, worldOf } from './table.ts';

export type Move =
  | { readonly kind: 'join' | 'leave' | 'start' | 'next' | 'close'; readonly who: number }
  | { readonly kind: 'ready'; readonly who: number; readonly ready: boolean }
  | { readonly kind: 'rename'; readonly who: number; readonly as: number }
  | { readonly kind: 'configure'; readonly who: number; readonly seats: number }
  | { readonly kind: 'answer'; readonly who: number; readonly choice: number; readonly rtt: number }
  | {
      readonly kind: 'vote';
      readonly who: number;
      readonly question: number;
      readonly vote: 'up' | 'down' | 'flag';
    }
  /** Signs an answer that stays on the device, and has others see it. */
  | {
      readonly kind: 'hold';
      readonly who: number;
      readonly choice: number;
      readonly seenBy: readonly number[];
    }
  /** Sends what was held. */
  | { readonly kind: 'release'; readonly who: number }
  /** What a host does, and what others try. */
  | {
      readonly kind: 'steer';
      readonly who: number;
      readonly what: 'pause' | 'resume' | 'skip' | 'claim' | 'here' | 'lock' | 'unlock';
    }
  | { readonly kind: 'point'; readonly who: number; readonly at: number; readonly what: 'kick' | 'handover' }
  | { readonly kind: 'team'; readonly who: number; readonly team: number }
  | { readonly kind: 'stake'; readonly who: number; readonly amount: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'away'; readonly who: number }
  | { readonly kind: 'withhold'; readonly what: 'nothing' | 'lot' | 'ask' };

const NAMES = ['host', 'ann', 'bob', 'cid', 'dan'] as const;

/** Plays the moves; the codes of what was refused. Stops when the world is closed. */
export function wander(table: TriviaTable, moves: readonly Move[]): readonly string[] {
  const held = new Map<string, Signed>();
  const codes: string[] = [];
  for (const move of moves) {
    if (worldOf(table).closed) break;
    const code = makeMove(table, move, held);
    if (code !== undefined) codes.push(code);
  }
  return codes;
}

function makeMove(table: TriviaTable, move: Move, held: Map<string, Signed>): string | undefined {
  const player = playerOf(table, nameOf('who' in move ? move.who : 0));
  switch (move.kind) {
    case 'join':
      return send(table, player, 'join', joinBody(player, player.name));
    case 'rename':
      return send(table, player, 'join', joinBody(player, nameOf(move.as)));
    case 'leave':
    case 'start':
    case 'next':
    case 'close':
      return send(table, player, move.kind);
    case 'ready':
      return send(table, player, 'ready', { ready: move.ready });
    case 'configure':
      return send(table, player, 'configure', { seats: move.seats });
    case 'answer':
      return answer(table, player, saidFor(table, move.choice), { lot: currentLot(table), rtt: move.rtt });
    case 'vote':
      return send(table, player, 'vote', { question: move.question, vote: move.vote });
    case 'steer':
      return move.what === 'lock' || move.what === 'unlock'
        ? send(table, player, 'lock', { locked: move.what === 'lock' })
        : send(table, player, move.what);
    case 'point':
      return point(table, player, move);
    case 'team':
      return send(table, player, 'team', { team: move.team });
    case 'stake':
      return stake(table, player, move.amount);
    case 'release':
      return release(table, player.name, held);
    case 'wait':
    case 'pause':
    case 'away':
    case 'withhold':
    case 'hold':
      happen(table, move, held);
      return undefined;
  }
}

type Event = Extract<Move, { kind: 'wait' | 'pause' | 'away' | 'withhold' | 'hold' }>;

/** What is no intent. */
function happen(table: TriviaTable, move: Event, held: Map<string, Signed>): void {
  switch (move.kind) {
    case 'wait':
      return wait(table, move.ms);
    case 'pause':
      return rest(table, move.ms);
    case 'hold':
      return hold(table, move, held);
    case 'away':
      table.away.add(nameOf(move.who));
      return;
    case 'withhold':
      return withhold(table, ({ lot, act }) => isWithheld(move.what, act, lot));
  }
}

function point(
  table: TriviaTable,
  player: Player,
  { at, what }: Extract<Move, { kind: 'point' }>,
): string | undefined {
  const { key } = playerOf(table, nameOf(at));
  return what === 'kick'
    ? send(table, player, 'kick', { who: key, forMs: 10_000, why: 'Noise' })
    : send(table, player, 'handover', { to: key });
}

/** Something of the question's kind, or nearly. */
function saidFor(table: TriviaTable, choice: number): Cbor {
  const { ask } = stateOf(table).questions[currentLot(table)] ?? {};
  const places = Array.from({ length: ask?.answers.length ?? 0 }, (_, i) => i);
  switch (ask?.kind) {
    case 'multi':
      return places.filter((place) => ((choice + 1) >> place) & 1);
    case 'order':
      return [...places.slice(choice), ...places.slice(0, choice)];
    case 'text':
      return ['Zola', 'zola', 'Emile Zolla', 'Dumas', '', 'x', 'y'][choice] ?? '';
    case 'number':
      return 1_500 * choice;
    default:
      return choice;
  }
}

function hold(
  table: TriviaTable,
  { who, choice, seenBy }: Extract<Move, { kind: 'hold' }>,
  held: Map<string, Signed>,
): void {
  const player = playerOf(table, nameOf(who));
  const lot = currentLot(table);
  const signed = player.next('answer', sealedAnswer(table, player, saidFor(table, choice), lot));
  held.set(player.name, signed);
  const witnesses = seenBy.map((one) => playerOf(table, nameOf(one)));
  if (witnesses.length > 0) vouch(table, witnesses, lot, signed);
}

function release(table: TriviaTable, name: string, held: Map<string, Signed>): string | undefined {
  const signed = held.get(name);
  held.delete(name);
  return signed && deliver(table, playerOf(table, name), signed);
}

function rest(table: TriviaTable, ms: number): void {
  pause(table);
  table.loop.now += ms;
  resume(table);
}

function isWithheld(
  what: 'nothing' | 'lot' | 'ask',
  act: 'deal' | 'unseal',
  lot: number | undefined,
): boolean {
  if (what === 'nothing') return false;
  return what === 'lot' ? lot !== undefined : act === 'unseal' && lot === undefined;
}

function currentLot(table: TriviaTable): number {
  return Math.max(0, stateOf(table).current);
}

function nameOf(who: number): string {
  return NAMES[who % NAMES.length] ?? 'host';
}
