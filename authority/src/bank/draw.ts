/** Which questions a match asks: fresh for its players, good ones rather than bad ones, all its topics alike. */
import type { DatabaseSync } from 'node:sqlite';
import { bytesToHex, drawStream } from '@fairground/ledger';
import type { Bytes, DrawStream } from '@fairground/ledger';
import type { Question } from '@fairground/questions';
import { rowToQuestion } from './row.ts';
import type { Row } from './row.ts';

/** What a game can ask. */
export interface Playable {
  readonly kinds: readonly string[];
  /** Whether it can show a picture: without it a question that has one makes no sense. */
  readonly pictures: boolean;
}

export interface DrawRequest extends Playable {
  /** None means all. */
  readonly topics: readonly string[];
  /** `en` finds `en-GB`, too. */
  readonly language: string;
  readonly count: number;
  /** Keys of those who will be asked. */
  readonly players: readonly Bytes[];
  /** 32 secret random bytes: seed and bank decide the draw, and nothing else. */
  readonly seed: Bytes;
}

interface Candidate {
  readonly id: string;
  readonly topic: string;
  readonly quality: number;
  /** When the last of the players saw it; undefined if none ever did. */
  readonly seen: number | undefined;
}

/** Of this many at random the best is taken: quality weighs, and nothing is asked always or never. */
const TRIES = 3;

/** Fewer than `count` only when the bank has no more of the kind. */
export function drawQuestions(db: DatabaseSync, request: DrawRequest): Question[] {
  const stream = drawStream(request.seed, 'bank');
  const candidates = candidatesFor(db, request);
  const fresh = pickFresh(candidates, request.count, stream);
  const stale = pickStale(candidates, request.count - fresh.length);
  const chosen = [...fresh, ...stale];
  const find = db.prepare('SELECT body, quality FROM question WHERE id = ?');
  return stream.shuffle(chosen.length).map((index) => rowToQuestion(find.get(chosen[index]?.id ?? '') ?? {}));
}

function candidatesFor(
  db: DatabaseSync,
  { topics, language, kinds, pictures, players }: DrawRequest,
): Candidate[] {
  const rows = db
    .prepare(
      `WITH seen AS (
         SELECT question, max(at) AS at FROM asked
         WHERE player IN (SELECT unhex(value) FROM json_each(:players)) GROUP BY question)
       SELECT id, topic, quality, seen.at AS at FROM question LEFT JOIN seen ON seen.question = id
       WHERE state = 'open'
         AND (json_array_length(:topics) = 0 OR topic IN (SELECT value FROM json_each(:topics)))
         AND kind IN (SELECT value FROM json_each(:kinds)) AND picture <= :pictures
         AND (language = :language OR substr(language, 1, length(:language) + 1) = :language || '-')
       ORDER BY id`,
    )
    .all({
      players: JSON.stringify(players.map(bytesToHex)),
      topics: JSON.stringify(topics),
      kinds: JSON.stringify(kinds),
      pictures: pictures ? 1 : 0,
      language,
    });
  return rows.map(rowToCandidate);
}

function rowToCandidate({ id, topic, quality, at }: Row): Candidate {
  return {
    id: String(id),
    topic: String(topic),
    quality: Number(quality),
    seen: at === null ? undefined : Number(at),
  };
}

/** Topics take turns, in a drawn order, until enough are chosen or none is left. */
function pickFresh(candidates: readonly Candidate[], count: number, stream: DrawStream): Candidate[] {
  const unseen = candidates.filter(({ seen }) => seen === undefined);
  const pools = [...Map.groupBy(unseen, ({ topic }) => topic).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pool]) => pool);
  let turns = stream.shuffle(pools.length).flatMap((index) => pools.slice(index, index + 1));
  const chosen: Candidate[] = [];
  while (turns.length > 0 && chosen.length < count) {
    for (const pool of turns.slice(0, count - chosen.length)) chosen.push(takeGood(pool, stream));
    turns = turns.filter(({ length }) => length > 0);
  }
  return chosen;
}

/** Takes it out of the pool, which must not be empty. */
function takeGood(pool: Candidate[], stream: DrawStream): Candidate {
  const tries = Array.from({ length: TRIES }, () => stream.below(pool.length));
  const qualityAt = (index: number): number => pool[index]?.quality ?? -1;
  const best = tries.reduce((a, b) => (qualityAt(b) > qualityAt(a) ? b : a));
  const [taken] = pool.splice(best, 1);
  if (taken === undefined) throw new Error('takeGood: the pool is empty');
  return taken;
}

/** What was seen longest ago first. */
function pickStale(candidates: readonly Candidate[], count: number): Candidate[] {
  const seen = candidates.flatMap((one) => (one.seen === undefined ? [] : [{ ...one, seen: one.seen }]));
  return seen
    .toSorted((a, b) => a.seen - b.seen || b.quality - a.quality || (a.id < b.id ? -1 : 1))
    .slice(0, count);
}
