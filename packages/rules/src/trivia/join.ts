/** Coming, going and coming back to the same seat. */
import { bytesToHex, equalBytes, type Intent } from '@fairground/ledger';
import { foldName, isName } from '../names/name.ts';
import type { BodyOf } from './intents.ts';
import { isAbsent } from './absence.ts';
import { closeIfAllAnswered, finish, foundOne, stayInLobby } from './phases.ts';
import type { RefusalCode } from './refusals.ts';
import { newestRevealed } from './scoring.ts';
import { type Seat, seatOf, type State } from './state.ts';
import { joinSmallest } from './teams.ts';

type Join = Intent<BodyOf<'join'>>;

/** Seats that were ever taken, whoever left: a bound on what comes and goes can make of the state. */
const MAX_SEATS_EVER = 20_000;

export function checkJoin(state: State, { key, body }: Join): RefusalCode | undefined {
  const seat = seatOf(state, key);
  if (state.phase === 'over' || state.phase === 'closed') return 'match_over';
  if (seat?.present) return 'already_joined';
  if (seat?.out && state.now < seat.out.until) return 'kicked';
  if (!seat && state.locked) return 'locked';
  if (state.presentCount >= state.config.seats) return 'full';
  if (!seat && state.seats.length >= MAX_SEATS_EVER) return 'full';
  if (!isName(body.name)) return 'name_invalid';
  const holder = state.numberByName.get(foldName(body.name));
  return holder === undefined || holder === seat?.number ? undefined : 'name_taken';
}

export function applyJoin(state: State, intent: Join): void {
  const seat = seatOf(state, intent.key) ?? takeSeat(state, intent);
  const { name, avatar, box, rand } = intent.body;
  if (state.numberByName.get(foldName(seat.name)) === seat.number)
    state.numberByName.delete(foldName(seat.name));
  state.numberByName.set(foldName(name), seat.number);
  Object.assign(seat, { name, avatar, box, rand, present: true, ready: false });
  delete seat.out;
  if (seat.turns.length === 0) beginFairly(state, seat);
  joinSmallest(state, seat);
  state.presentCount += 1;
  updateOutstanding(state, seat, 1);
  state.host = hostOf(state);
  state.derived = {};
  if (state.phase === 'lobby') stayInLobby(state);
}

/** Whoever comes late begins with what the last of those who play has, if the match is set so. */
function beginFairly(state: State, seat: Seat): void {
  delete seat.start;
  seat.points = 0;
  if (state.config.lateStart !== 'lowest' || newestRevealed(state) === -1) return;
  const playing = state.seats.filter(({ present, turns }) => present && turns.length > 0);
  const points = playing.map((one) => one.points);
  if (points.length === 0) return;
  const lowest = points.reduce((a, b) => Math.min(a, b));
  if (lowest > 0) seat.start = lowest;
  seat.points = lowest;
}

export function applyLeave(state: State, seat: Seat): void {
  const question = state.questions[state.current];
  const isFound = question !== undefined && question.missing > 0 && isAbsent(state, question, seat);
  seat.present = false;
  seat.ready = false;
  if (!holdsName(seat)) releaseName(state, seat);
  state.presentCount -= 1;
  updateOutstanding(state, seat, -1);
  state.host = hostOf(state);
  state.derived = {};
  if (state.presentCount === 0 && isRunning(state)) return finish(state, 'abandoned');
  if (state.presentCount === 0 && state.phase === 'lobby') state.by = state.now + state.config.afterMs;
  if (isFound) foundOne(state);
  closeIfAllAnswered(state);
}

/** A name stays with whoever was asked a question, and is free again when others leave. */
export function holdsName({ present, turns }: Seat): boolean {
  return present || turns.length > 0;
}

function releaseName({ numberByName }: State, { name, number }: Seat): void {
  const folded = foldName(name);
  if (numberByName.get(folded) === number) numberByName.delete(folded);
}

function takeSeat(state: State, { key, body }: Join): Seat {
  const { name, avatar, box, rand } = body;
  const id = bytesToHex(key);
  const seat: Seat = { number: state.seats.length, key, id, name, avatar, box, rand, ...newcomer() };
  state.seats.push(seat);
  state.numberById.set(id, seat.number);
  return seat;
}

function newcomer() {
  const nothing = { points: 0, lastPoints: 0, streak: 0, bestStreak: 0, right: 0, asked: 0, sightings: 0 };
  return { present: false, ready: false, turns: [], ...nothing };
}

/** A seat that was asked and has not answered, or may stake and has not, is waited for while it is present. */
function updateOutstanding(state: State, seat: Seat, difference: 1 | -1): void {
  const question = state.questions[state.current];
  if (!question) return;
  const mayStake = state.phase === 'wager' && question.pk !== undefined && !question.stakes.has(seat.number);
  if (mayStake || seat.turns[state.current]?.entry === -1) question.outstanding += difference;
}

/** Who was made it, while seated; else the founder, unless it has left its seat: then the present seat that joined first. */
export function hostOf(state: State) {
  if (state.chosen && seatOf(state, state.chosen)?.present) return state.chosen;
  const founder = seatOf(state, state.founder);
  if (!founder || founder.present) return state.founder;
  return state.seats.find(({ present }) => present)?.key ?? state.founder;
}

export function isHost(state: State, key: Join['key']): boolean {
  return equalBytes(state.host, key);
}

/** Between the start and the end. */
export function isRunning({ phase }: State): boolean {
  return phase !== 'lobby' && phase !== 'over' && phase !== 'closed';
}
