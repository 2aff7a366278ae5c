/** Drives a world's game: deals and opens what it owes, lets time pass when it is due, closes it when it says so. Knows no game. */
import type { Cbor, Millis } from '@fairground/ledger';
import { type Draft, type Owed, deriveSecret } from '@fairground/rules';
import type { Clock } from '../ports.ts';
import { type AppendDeps, appendClose, appendDraft, guarded } from './append.ts';
import type { LiveWorld } from './live.ts';
import { supplyKey } from './supply.ts';
import { logSightings } from './vouch.ts';

export interface DriveDeps extends AppendDeps {
  readonly clock: Clock;
  /** Asks a supplier; the world is driven again when its answer is durable. */
  fetchSupply(live: LiveWorld, owed: Owed): void;
}

/** Turns of one drive: a game that owes for longer owes for ever. */
export const MAX_TURNS = 1024;
/** A world where nothing but time happens for this long … */
const idleAfterMs = 60_000;
/** … gets its `time` entries at most this often. */
const idleTickMs = 1000;
/** Node's timers end at 2^31 ms. */
const longestTimerMs = 2 ** 31 - 1;

/** Does everything that is owed now, then sets the timer for what is due next. To be called after whatever changed the world. */
export function drive(deps: DriveDeps, live: LiveWorld): void {
  const now = deps.clock.now();
  if (isDriven(live)) logSightings(deps, live, now, () => drive(deps, live));
  if (isDriven(live) && now >= live.heldUntil) settleOwed(deps, live, now);
  setTimer(deps, live);
}

/** Lets time pass if it is due, then drives. */
export function tick(deps: DriveDeps, live: LiveWorld): void {
  const now = deps.clock.now();
  const due = isDriven(live) ? nextDue(deps, live) : undefined;
  if (due !== undefined && due <= now) letTimePass(deps, live, now);
  drive(deps, live);
}

/** False if it must wait for the next commit: one `time` of a world in each. */
function letTimePass(deps: DriveDeps, live: LiveWorld, now: Millis): boolean {
  return !isTimeCollected(deps, live) && appendDraft(deps, live, { kind: 'time' }, now);
}

function isDriven({ halted, replay }: LiveWorld): boolean {
  return !halted && !replay.closed && !replay.paused;
}

function settleOwed(deps: DriveDeps, live: LiveWorld, now: Millis): void {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    if (!isDriven(live)) return;
    const [owed] = guarded(deps, live, () => live.game.owes(live.replay.state)) ?? [];
    if (!owed) return;
    if (isOverdue(deps, live, now)) {
      // What is owed may be void by now; the timer comes back for what has to wait.
      if (letTimePass(deps, live, now)) continue;
      return;
    }
    const things = live.supplies.get(supplyKey(owed));
    if (owed.needs && things === undefined) return deps.fetchSupply(live, owed);
    if (!settle(deps, live, owed, things, now)) return;
  }
  deps.halt(live, 'owes_without_end', `still owing after ${MAX_TURNS} turns`, new Uint8Array(0));
}

/** An entry at `now` would change the state that is owed for: a timer was late, or the machine slept. */
function isOverdue(deps: DriveDeps, live: LiveWorld, now: Millis): boolean {
  if (live.replay.at >= now) return false;
  const due = guarded(deps, live, () => live.game.due(live.replay.state));
  return due !== undefined && due <= now;
}

function settle(
  deps: DriveDeps,
  live: LiveWorld,
  owed: Owed,
  things: Cbor | undefined,
  now: Millis,
): boolean {
  const secret = deriveSecret(live.secret, owed.what, owed.index);
  const sealed = owed.lot === undefined ? [] : (live.sealed.get(owed.lot) ?? []);
  const supply = things === undefined ? { sealed } : { sealed, things };
  const drafts = guarded(deps, live, () => live.game[owed.act](live.replay.state, owed, secret, supply));
  if (!drafts) return false;
  if (drafts.length === 0) {
    deps.halt(
      live,
      'owes_nothing',
      `${owed.act} ${owed.what} ${owed.index} made no entry`,
      new Uint8Array(0),
    );
    return false;
  }
  return drafts.every((draft) => append(deps, live, draft, now));
}

function append(deps: DriveDeps, live: LiveWorld, draft: Draft, now: Millis): boolean {
  return draft.kind === 'close'
    ? appendClose(deps, live, draft.reason, now)
    : appendDraft(deps, live, draft, now);
}

function setTimer(deps: DriveDeps, live: LiveWorld): void {
  live.cancelTimer?.();
  delete live.cancelTimer;
  if (!isDriven(live)) return;
  const now = deps.clock.now();
  const due = nextDue(deps, live);
  const held = live.heldUntil > now ? live.heldUntil : undefined;
  const next = Math.min(due ?? Infinity, held ?? Infinity);
  if (next === Infinity) return;
  const wait = Math.min(longestTimerMs, Math.max(isTimeCollected(deps, live) ? 1 : 0, next - now));
  live.cancelTimer = deps.clock.setTimer(wait, () => tick(deps, live));
}

function nextDue(deps: DriveDeps, live: LiveWorld): Millis | undefined {
  const due = guarded(deps, live, () => live.game.due(live.replay.state));
  if (due === undefined) return undefined;
  const isIdle = live.replay.at - live.busyAt >= idleAfterMs;
  return isIdle ? Math.max(due, live.replay.at + idleTickMs) : due;
}

/** At most one `time` of a world in a commit: the next one can say all that this one would. */
function isTimeCollected({ committer }: DriveDeps, { id }: LiveWorld): boolean {
  return committer.collecting.worlds.get(id)?.hasTime ?? false;
}
