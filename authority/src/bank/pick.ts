/** Which of the questions that could be asked are: fresh, good and rising from easy to hard, all topics alike. */
import type { DrawStream } from '@fairground/ledger';
import { isCruel, shareWanted, stepOf } from './difficulty.ts';

export interface Candidate {
  readonly id: string;
  readonly topic: string;
  readonly quality: number;
  /** How many of a thousand are expected to get it right. */
  readonly share: number;
  /** When the last of the players saw it; undefined if none ever did. */
  readonly seen: number | undefined;
  /** In the language that was asked for, not in the one that stands in for it. */
  readonly own: boolean;
}

/** Of this many at random the best is taken: quality weighs, and nothing is asked always or never. */
const TRIES = 3;
/** Of this many good ones the one is taken whose difficulty fits best. */
const CHOICES = 8;

/** In the order in which they are asked: the easier first. All candidates, if they are fewer than `count`. */
export function pickQuestions(all: readonly Candidate[], count: number, stream: DrawStream): Candidate[] {
  const chosen: Candidate[] = [];
  // What nobody has seen, then what was seen, both rather in the language of the room.
  for (const own of [true, false]) {
    const of = all.filter((one) => one.own === own);
    const fresh = of.filter(({ seen }) => seen === undefined);
    for (const cruel of [false, true]) {
      const pool = fresh.filter(({ share }) => isCruel(share) === cruel);
      pickFresh(pool, { chosen, count, stream });
    }
    chosen.push(...shuffled(pickStale(of, count - chosen.length), stream));
  }
  return chosen.toSorted((a, b) => stepOf(b.share) - stepOf(a.share));
}

interface Picking {
  readonly chosen: Candidate[];
  readonly count: number;
  readonly stream: DrawStream;
}

/** Topics take turns, in a drawn order, until enough are chosen or none is left. */
function pickFresh(fresh: readonly Candidate[], { chosen, count, stream }: Picking): void {
  const pools = [...Map.groupBy(fresh, ({ topic }) => topic).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pool]) => pool);
  let turns = shuffled(pools, stream);
  while (turns.length > 0 && chosen.length < count) {
    for (const pool of turns.slice(0, count - chosen.length))
      chosen.push(takeOne(pool, shareWanted(chosen.length, count), stream));
    turns = turns.filter(({ length }) => length > 0);
  }
}

/** Takes it out of the pool, which must not be empty. */
function takeOne(pool: Candidate[], wanted: number, stream: DrawStream): Candidate {
  const gapAt = (index: number): number => Math.abs((pool[index]?.share ?? 0) - wanted);
  const good = Array.from({ length: CHOICES }, () => findGood(pool, stream));
  const fitting = good.reduce((a, b) => (gapAt(b) < gapAt(a) ? b : a));
  const [taken] = pool.splice(fitting, 1);
  if (taken === undefined) throw new Error('takeOne: the pool is empty');
  return taken;
}

function findGood(pool: readonly Candidate[], stream: DrawStream): number {
  const tries = Array.from({ length: TRIES }, () => stream.below(pool.length));
  const qualityAt = (index: number): number => pool[index]?.quality ?? -1;
  return tries.reduce((a, b) => (qualityAt(b) > qualityAt(a) ? b : a));
}

/** What was seen longest ago. */
function pickStale(candidates: readonly Candidate[], count: number): Candidate[] {
  const seen = candidates.flatMap((one) => (one.seen === undefined ? [] : [{ ...one, seen: one.seen }]));
  return seen
    .toSorted((a, b) => a.seen - b.seen || b.quality - a.quality || (a.id < b.id ? -1 : 1))
    .slice(0, Math.max(0, count));
}

function shuffled<T>(list: readonly T[], stream: DrawStream): T[] {
  return stream.shuffle(list.length).flatMap((index) => list.slice(index, index + 1));
}
