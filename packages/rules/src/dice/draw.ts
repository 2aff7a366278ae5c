/** A draw that nobody alone decides: lock the commits, collect the shares, restart without whoever is missing, the authority last. */
import {
  type Bytes,
  compareBytes,
  equalBytes,
  type LockEntry,
  type Millis,
  randCommit,
  type RevealEntry,
  RulesFault,
  seedFrom,
} from '@fairground/ledger';
import type { DiceShare } from './secret.ts';

/** Who takes part, and what it has committed to. */
export interface Contender {
  readonly who: Bytes;
  readonly commit: Bytes;
  /** Once it has shown its share. */
  readonly secret?: Bytes;
}

export interface Draw {
  readonly world: Bytes;
  readonly authority: Contender;
  readonly round: number;
  /** In ascending order of keys; without the authority. */
  readonly contenders: readonly Contender[];
  readonly locked: boolean;
  /** Until when the lock, then the shares, then the authority's share must be in. */
  readonly by: Millis;
  /** Whoever did not show its share in time, in the order of the rounds. */
  readonly missed: readonly Bytes[];
  readonly seed?: Bytes;
}

export interface DrawOpening {
  readonly world: Bytes;
  readonly authority: Contender;
  /** In the order in which they joined: the first `MAX_CONTENDERS` take part. */
  readonly players: readonly Contender[];
  readonly now: Millis;
}

export type ShareRefusal = 'no_draw' | 'not_in_draw' | 'wrong_round' | 'already_shared' | 'share_mismatch';

/** So many commits fit one `lock` entry; one honest share among them is enough. */
export const MAX_CONTENDERS = 64;
/** After so many rounds the authority's share decides alone: the draw is bounded, and who looks sees it. */
export const MAX_ROUNDS = 4;
/** How long a device has to show its share. */
export const SHARE_MS = 5_000;
/** How long the authority has for its part. */
export const AUTHORITY_MS = 30_000;

export function openDraw({ world, authority, players, now }: DrawOpening): Draw {
  const contenders = players.slice(0, MAX_CONTENDERS).toSorted((a, b) => compareBytes(a.who, b.who));
  return { world, authority, round: 0, contenders, locked: false, by: now + AUTHORITY_MS, missed: [] };
}

/** Players and the authority as one list in key order, as the lock fixes it. */
export function lockedCommits({ contenders, authority }: Draw): LockEntry['commits'] {
  return inKeyOrder(contenders, authority).map(({ who, commit }) => ({ who, commit }));
}

export function applyLock(draw: Draw, entry: LockEntry, now: Millis): Draw {
  const expected = lockedCommits(draw);
  const isSame =
    !draw.locked &&
    entry.round === draw.round &&
    entry.commits.length === expected.length &&
    entry.commits.every((given, i) => isSameCommit(given, expected[i]));
  if (!isSame) throw new RulesFault('lock_unexpected');
  const locked = { ...draw, locked: true };
  return { ...locked, by: now + (isShared(locked) ? AUTHORITY_MS : SHARE_MS) };
}

export function checkShare(
  draw: Draw | undefined,
  who: Bytes,
  share: DiceShare & { readonly round: number },
): ShareRefusal | undefined {
  if (!draw?.locked || draw.seed) return 'no_draw';
  const contender = draw.contenders.find((one) => equalBytes(one.who, who));
  if (!contender) return 'not_in_draw';
  if (share.round !== draw.round) return 'wrong_round';
  if (contender.secret) return 'already_shared';
  return equalBytes(randCommit(share.nonce, who, share.secret), contender.commit)
    ? undefined
    : 'share_mismatch';
}

export function applyShare(draw: Draw, who: Bytes, { secret }: DiceShare, now: Millis): Draw {
  const contenders = draw.contenders.map((one) => (equalBytes(one.who, who) ? { ...one, secret } : one));
  const shared = { ...draw, contenders };
  return isShared(shared) ? { ...shared, by: now + AUTHORITY_MS } : shared;
}

/** True when only the authority's share is missing. */
export function isShared({ contenders }: Draw): boolean {
  return contenders.every(({ secret }) => secret);
}

/** Past the deadline: a new round without whoever is missing; undefined if it is the authority that is. */
export function restartDraw(draw: Draw, now: Millis): Draw | undefined {
  if (!draw.locked || isShared(draw)) return undefined;
  const round = draw.round + 1;
  const missing = draw.contenders.filter(({ secret }) => !secret).map(({ who }) => who);
  const remaining = draw.contenders
    .filter(({ secret }) => secret)
    .map(({ who, commit }) => ({ who, commit }));
  const contenders = round + 1 < MAX_ROUNDS ? remaining : [];
  return {
    ...draw,
    round,
    contenders,
    locked: false,
    by: now + AUTHORITY_MS,
    missed: [...draw.missed, ...missing],
  };
}

/** The authority's share is the last one: with it the seed is known. */
export function applyDice(draw: Draw, entry: RevealEntry): Draw & { readonly seed: Bytes } {
  const { authority } = draw;
  const secret = entry.value instanceof Uint8Array ? entry.value : undefined;
  const isDue = draw.locked && isShared(draw) && !draw.seed && entry.index === draw.round;
  if (!isDue || !secret || secret.length !== 32) throw new RulesFault('dice_unexpected');
  if (!equalBytes(randCommit(entry.nonce, authority.who, secret), authority.commit)) {
    throw new RulesFault('dice_mismatch');
  }
  const all = inKeyOrder(draw.contenders, { ...authority, secret });
  const secretsInKeyOrder = all.flatMap((one) => one.secret ?? []);
  const seed = seedFrom({ world: draw.world, secretsInKeyOrder, commits: all.map(({ commit }) => commit) });
  return { ...draw, seed };
}

/** The share that this key owes now. */
export function owesShare(draw: Draw | undefined, who: Bytes): boolean {
  if (!draw?.locked || draw.seed) return false;
  return draw.contenders.some((one) => !one.secret && equalBytes(one.who, who));
}

function inKeyOrder(contenders: readonly Contender[], authority: Contender): readonly Contender[] {
  return [...contenders, authority].sort((a, b) => compareBytes(a.who, b.who));
}

function isSameCommit(given: Contender, expected: Contender | undefined): boolean {
  return !!expected && equalBytes(given.who, expected.who) && equalBytes(given.commit, expected.commit);
}
