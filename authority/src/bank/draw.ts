/** Which questions of the bank a match asks, and in which order. */
import type { DatabaseSync } from 'node:sqlite';
import { bytesToHex, drawStream } from '@fairground/ledger';
import type { Bytes } from '@fairground/ledger';
import type { Question } from '@fairground/questions';
import { expectedShare } from './difficulty.ts';
import { pickQuestions } from './pick.ts';
import type { Candidate } from './pick.ts';
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
  /** `en` finds `en-GB`, too. Where there are too few, English ones stand in. */
  readonly language: string;
  readonly count: number;
  /** Keys of those who will be asked. */
  readonly players: readonly Bytes[];
  /** 32 secret random bytes: seed and bank decide the draw, and nothing else. */
  readonly seed: Bytes;
}

/** Stands in where the bank has too few in the language of the room. */
const STAND_IN = 'en';

/** Fewer than `count` only when the bank has no more of the kind. */
export function drawQuestions(db: DatabaseSync, request: DrawRequest): Question[] {
  const stream = drawStream(request.seed, 'bank');
  const chosen = pickQuestions(candidatesFor(db, request), request.count, stream);
  const find = db.prepare('SELECT body, quality FROM question WHERE id = ?');
  return chosen.map(({ id }) => rowToQuestion(find.get(id) ?? {}));
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
       SELECT id, topic, quality, answered, hits, seen.at AS at,
         language = :language OR substr(language, 1, length(:language) + 1) = :language || '-' AS own
       FROM question LEFT JOIN seen ON seen.question = id
       WHERE state = 'open'
         AND (json_array_length(:topics) = 0 OR topic IN (SELECT value FROM json_each(:topics)))
         AND kind IN (SELECT value FROM json_each(:kinds)) AND picture <= :pictures
         AND (own OR language = :standIn OR substr(language, 1, length(:standIn) + 1) = :standIn || '-')
       ORDER BY id`,
    )
    .all({
      players: JSON.stringify(players.map(bytesToHex)),
      topics: JSON.stringify(topics),
      kinds: JSON.stringify(kinds),
      pictures: pictures ? 1 : 0,
      language,
      standIn: STAND_IN,
    });
  return topics.length === 0 ? rows.map(rowToCandidate) : spoken(rows.map(rowToCandidate));
}

/** A topic that was asked for and has nothing in the language of the room is not passed over for that. */
function spoken(candidates: readonly Candidate[]): Candidate[] {
  const topics = new Set(candidates.flatMap(({ topic, own }) => (own ? topic : [])));
  return candidates.map((one) => (topics.has(one.topic) ? one : { ...one, own: true }));
}

function rowToCandidate({ id, topic, quality, answered, hits, at, own }: Row): Candidate {
  return {
    id: String(id),
    topic: String(topic),
    quality: Number(quality),
    share: expectedShare({ answered: Number(answered), hits: Number(hits) }),
    seen: at === null ? undefined : Number(at),
    own: own === 1,
  };
}
