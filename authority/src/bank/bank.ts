/** The question bank: what can be asked, who has seen what, and what they thought of it. Needs its database for itself. */
import type { DatabaseSync } from 'node:sqlite';
import type { Bytes, Result } from '@fairground/ledger';
import { KINDS } from '@fairground/questions';
import type { Question, QuestionId } from '@fairground/questions';
import { addQuestions } from './add.ts';
import type { Added } from './add.ts';
import { drawQuestions } from './draw.ts';
import type { DrawRequest, Playable } from './draw.ts';
import { addPictures, findPicture, hasPicture } from './pictures.ts';
import { noteFared } from './fared.ts';
import type { FaredQuestion } from './fared.ts';
import { hear, unheard } from './heard.ts';
import { takeOffer } from './offer.ts';
import type { Offer, Taken } from './offer.ts';
import { rowToQuestion } from './row.ts';
import { migrateBank } from './schema.ts';
import { inTransaction } from './transaction.ts';
import { castVote, flaggedQuestions, settleFlag } from './votes.ts';
import type { Flagged, Standing, Vote } from './votes.ts';

export interface TopicCount {
  readonly topic: string;
  readonly language: string;
  readonly count: number;
}

export interface SourceCount {
  readonly name: string;
  readonly licence: string;
  readonly count: number;
}

export interface Bank {
  add(questions: Iterable<Question>): Added;
  /** Pictures as they will be served; already re-encoded by whoever read them. Questions that wanted one of them can be asked from now on. */
  addPictures(pictures: Iterable<Bytes>): void;
  hasPicture(hash: Bytes): boolean;
  /** By its SHA-256. */
  picture(hash: Bytes): Bytes | undefined;
  /** What this version brings along; quick where nothing is new. */
  takeOffer(offer: Offer): Taken;
  /** All that are there, flagged and retired ones included. */
  count(): number;
  /** What can be drawn, or what of it a game can play. */
  topics(playable?: Playable): TopicCount[];
  /** Whom to thank, and under which licence. */
  sources(): SourceCount[];
  draw(request: DrawRequest): Question[];
  /** `at` in ms; what was marked later counts. Unknown ids are passed over: the bank may have been replaced meanwhile. */
  markAsked(players: readonly Bytes[], ids: readonly QuestionId[], at: number): void;
  /** Notes what a closed world says about questions, whole or not at all; does nothing for one that was heard before. */
  hear(world: Bytes, note: () => void): void;
  /** Those of the worlds that were not. */
  unheard(worlds: readonly Bytes[]): readonly Bytes[];
  /** How what was asked has fared in a match that is closed; it counts once. */
  noteFared(world: Bytes, fared: readonly FaredQuestion[]): void;
  vote(vote: Vote): Result<Standing, 'unknown_question' | 'note_too_long'>;
  flagged(): Flagged[];
  settleFlag(question: QuestionId, verdict: 'keep' | 'retire'): Result<Standing, 'unknown_question'>;
  /** One after the other in the order of their ids, as they are now; none is held in memory. Without those flagged or retired. */
  questions(filter?: { readonly topic?: string }): Iterable<Question>;
}

/** Synchronous: give it to the thread that may wait for a disk. Throws when the file is of a later version. */
export function createBank(db: DatabaseSync): Bank {
  migrateBank(db);
  return {
    add: (questions) => addQuestions(db, questions),
    addPictures: (pictures) => addPictures(db, pictures),
    hasPicture: (hash) => hasPicture(db, hash),
    picture: (hash) => findPicture(db, hash),
    takeOffer: (offer) => takeOffer(db, offer),
    count: () => Number(db.prepare('SELECT count(*) AS count FROM question').get()?.['count']),
    topics: (playable) => topicCounts(db, playable),
    sources: () => sourceCounts(db),
    draw: (request) => drawQuestions(db, request),
    markAsked: (players, ids, at) => markAsked(db, players, ids, at),
    hear: (world, note) => hear(db, world, note),
    unheard: (worlds) => unheard(db, worlds),
    noteFared: (world, fared) => noteFared(db, world, fared),
    vote: (vote) => castVote(db, vote),
    flagged: () => flaggedQuestions(db),
    settleFlag: (question, verdict) => settleFlag(db, question, verdict),
    questions: (filter = {}) => openQuestions(db, filter.topic),
  };
}

function topicCounts(db: DatabaseSync, playable: Playable = { kinds: KINDS, pictures: true }): TopicCount[] {
  const select = `SELECT topic, language, count(*) AS count FROM question
    WHERE state = 'open' AND kind IN (SELECT value FROM json_each(?)) AND picture <= ?
    GROUP BY topic, language ORDER BY topic, language`;
  return db
    .prepare(select)
    .all(JSON.stringify(playable.kinds), playable.pictures ? 1 : 0)
    .map(({ topic, language, count }) => ({
      topic: String(topic),
      language: String(language),
      count: Number(count),
    }));
}

function sourceCounts(db: DatabaseSync): SourceCount[] {
  const select = `SELECT name, licence, count(DISTINCT question) AS count FROM source
    GROUP BY name, licence ORDER BY count DESC, name, licence`;
  return db
    .prepare(select)
    .all()
    .map(({ name, licence, count }) => ({
      name: String(name),
      licence: String(licence),
      count: Number(count),
    }));
}

function markAsked(
  db: DatabaseSync,
  players: readonly Bytes[],
  ids: readonly QuestionId[],
  at: number,
): void {
  const mark = db.prepare(
    `INSERT INTO asked (player, question, at) SELECT ?, id, ? FROM question WHERE id = ?
     ON CONFLICT DO UPDATE SET at = max(at, excluded.at)`,
  );
  inTransaction(db, () => {
    for (const player of players) for (const id of ids) mark.run(player, at, id);
  });
}

function* openQuestions(db: DatabaseSync, topic: string | undefined): Generator<Question> {
  const rows = db
    .prepare(
      "SELECT body, quality FROM question WHERE state = 'open' AND (?1 IS NULL OR topic = ?1) ORDER BY id",
    )
    .iterate(topic ?? null);
  for (const row of rows) yield rowToQuestion(row);
}
