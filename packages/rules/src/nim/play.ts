/** Nim: two seats take one to three stones in turn; whoever takes the last one wins. */
import {
  type Bytes,
  type Entry,
  type Intent,
  type RevealEntry,
  RulesFault,
  shuffled,
} from '@fairground/ledger';
import {
  applyDice,
  applyLock,
  applyShare,
  checkShare,
  type Draw,
  openDraw,
  type ShareRefusal,
} from '../dice/draw.ts';
import { foldName, isName } from '../names/name.ts';
import { type NimBody, type NimState, nimSeatOf, other, TABLE_MS } from './state.ts';
import { finishNim, letTimePass, resumeNim } from './time.ts';

export type NimRefusal =
  | 'game_over'
  | 'already_joined'
  | 'full'
  | 'name_invalid'
  | 'name_taken'
  | 'not_seated'
  | 'not_playing'
  | 'not_your_turn'
  | 'too_few_stones'
  | ShareRefusal;

export function checkNim(
  state: NimState,
  intent: Intent<NimBody>,
): { readonly code: NimRefusal } | undefined {
  const code = refusalOf(state, intent);
  return code && { code };
}

export function applyNim(state: NimState, entry: Entry<NimBody>): NimState {
  switch (entry.kind) {
    case 'time':
      return letTimePass(state, entry.at);
    case 'intent':
      return applyIntent(state, entry.intent);
    case 'pause':
      return { ...state, pausedAt: entry.at };
    case 'resume':
      return resumeNim(state, entry.at);
    case 'lock':
      return { ...state, draw: applyLock(drawOf(state), entry, state.now) };
    case 'reveal':
      return begin(state, entry);
    case 'seen':
      return state;
    case 'commit':
    case 'key':
    case 'lot':
    case 'think':
      throw new RulesFault(`${entry.kind}_unexpected`);
  }
}

function refusalOf(state: NimState, { key, body }: Intent<NimBody>): NimRefusal | undefined {
  if (state.phase === 'over') return 'game_over';
  if (body.kind === 'join') return refuseJoin(state, key, body.name);
  const seat = nimSeatOf(state, key);
  if (seat < 0) return 'not_seated';
  if (body.kind === 'share') return checkShare(state.draw, key, body);
  return body.kind === 'take' ? refuseTake(state, seat, body.count) : undefined;
}

function refuseJoin(state: NimState, key: Bytes, name: string): NimRefusal | undefined {
  if (nimSeatOf(state, key) >= 0) return 'already_joined';
  if (state.seats.length === 2) return 'full';
  if (!isName(name)) return 'name_invalid';
  return state.seats.some((seat) => foldName(seat.name) === foldName(name)) ? 'name_taken' : undefined;
}

function refuseTake(state: NimState, seat: number, count: number): NimRefusal | undefined {
  if (state.phase !== 'playing') return 'not_playing';
  if (seat !== state.turn) return 'not_your_turn';
  return count > state.stones ? 'too_few_stones' : undefined;
}

function applyIntent(state: NimState, { key, body }: Intent<NimBody>): NimState {
  switch (body.kind) {
    case 'join':
      return join(state, { key, name: body.name, rand: body.rand });
    case 'share':
      return { ...state, draw: applyShare(drawOf(state), key, body, state.now) };
    case 'take':
      return take(state, body.count);
    case 'leave':
      return leave(state, nimSeatOf(state, key));
  }
}

/** With the second player the dice are drawn: they say who begins. */
function join(state: NimState, seat: NimState['seats'][number]): NimState {
  const seats = [...state.seats, seat];
  const { world, authority, rand, now } = state;
  if (seats.length < 2) return { ...state, seats, by: now + TABLE_MS };
  const players = seats.map(({ key, rand: commit }) => ({ who: key, commit }));
  const draw = openDraw({ world, authority: { who: authority, commit: rand }, players, now });
  return { ...state, seats, phase: 'drawing', draw };
}

function begin(state: NimState, entry: RevealEntry): NimState {
  if (entry.what !== 'dice') throw new RulesFault('reveal_unexpected', entry.what);
  const draw = applyDice(drawOf(state), entry);
  const [turn = 0] = shuffled(draw.seed, 'nim/first', 2);
  return { ...state, draw, phase: 'playing', turn, by: state.now + state.config.turnMs };
}

function take(state: NimState, count: number): NimState {
  const { turn = 0 } = state;
  const stones = state.stones - count;
  if (stones === 0) return finishNim({ ...state, stones }, 'last_stone', turn);
  return { ...state, stones, turn: other(turn), by: state.now + state.config.turnMs };
}

/** Before the dice a seat is simply free again; after them the other one has won. */
function leave(state: NimState, seat: number): NimState {
  if (state.phase === 'lobby') return { ...state, seats: state.seats.toSpliced(seat, 1) };
  return finishNim(state, 'left', other(seat));
}

function drawOf({ draw, phase }: NimState): Draw {
  if (!draw || phase !== 'drawing') throw new RulesFault('draw_unexpected');
  return draw;
}
