/** What players say about questions, and what follows: a new quality, or out of the draw until somebody has looked. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '@fairground/ledger';
import type { Bytes, Result } from '@fairground/ledger';
import type { Question, QuestionId } from '@fairground/questions';
import { rowToImported, rowToQuestion } from './row.ts';
import type { Row } from './row.ts';
import { inTransaction } from './transaction.ts';
import { judgedQuality } from './wilson.ts';

export const MAX_NOTE_CHARS = 200;

export interface Vote {
  /** Who speaks, from the verified signature. */
  readonly player: Bytes;
  readonly question: QuestionId;
  readonly vote: 'up' | 'down' | 'flag';
  readonly note?: string;
  /** Between the reveal and the vote. */
  readonly latencyMs: number;
  readonly at: number;
}

export interface Standing {
  readonly quality: number;
  readonly state: 'open' | 'flagged' | 'retired';
}

export interface Flagged {
  readonly question: Question;
  readonly flags: number;
  readonly notes: readonly string[];
}

/** A later 👍 or 👎 replaces an earlier one; a flag stands beside it, and a player's second flag changes only the note. */
export function castVote(
  db: DatabaseSync,
  vote: Vote,
): Result<Standing, 'unknown_question' | 'note_too_long'> {
  if ((vote.note?.length ?? 0) > MAX_NOTE_CHARS) return err('note_too_long');
  if (standingOf(db, vote.question) === undefined) return err('unknown_question');
  return inTransaction(db, () => {
    const isNewFlag = vote.vote === 'flag' && !hasFlagged(db, vote);
    storeVote(db, vote);
    if (isNewFlag) flag(db, vote.question);
    if (vote.vote !== 'flag') updateQuality(db, vote.question);
    const standing = standingOf(db, vote.question);
    return standing === undefined ? err('unknown_question') : ok(standing);
  });
}

/** Somebody has looked: the question comes back, until another player flags it, or it is retired. */
export function settleFlag(
  db: DatabaseSync,
  question: QuestionId,
  verdict: 'keep' | 'retire',
): Result<Standing, 'unknown_question'> {
  db.prepare('UPDATE question SET state = ? WHERE id = ?').run(
    verdict === 'keep' ? 'open' : 'retired',
    question,
  );
  const standing = standingOf(db, question);
  return standing === undefined ? err('unknown_question') : ok(standing);
}

/** Most flags first. */
export function flaggedQuestions(db: DatabaseSync): Flagged[] {
  const rows = db
    .prepare(
      `SELECT body, quality, count(*) AS flags, json_group_array(note ORDER BY at) AS notes
       FROM question JOIN vote ON vote.question = id AND opinion = 'flag'
       WHERE state = 'flagged' GROUP BY id ORDER BY flags DESC, id`,
    )
    .all();
  return rows.map((row) => ({
    question: rowToQuestion(row),
    flags: Number(row['flags']),
    notes: notesOf(row),
  }));
}

function storeVote(db: DatabaseSync, { player, question, vote, note = '', latencyMs, at }: Vote): void {
  db.prepare(
    `INSERT INTO vote (question, player, opinion, up, note, latency, at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET up = excluded.up, note = excluded.note, latency = excluded.latency, at = excluded.at
     WHERE excluded.at >= at`,
  ).run(question, player, vote === 'flag' ? 'flag' : 'rating', vote === 'up' ? 1 : 0, note, latencyMs, at);
}

function hasFlagged(db: DatabaseSync, { player, question }: Vote): boolean {
  const find = db.prepare("SELECT 1 FROM vote WHERE question = ? AND player = ? AND opinion = 'flag'");
  return find.get(question, player) !== undefined;
}

function flag(db: DatabaseSync, question: QuestionId): void {
  db.prepare("UPDATE question SET state = 'flagged' WHERE id = ? AND state = 'open'").run(question);
}

function updateQuality(db: DatabaseSync, id: QuestionId): void {
  const votes = db
    .prepare("SELECT sum(up) AS up, count(*) AS votes FROM vote WHERE question = ? AND opinion = 'rating'")
    .get(id);
  const [up, all] = [Number(votes?.['up']), Number(votes?.['votes'])];
  const base = rowToImported(db.prepare('SELECT body FROM question WHERE id = ?').get(id) ?? {}).quality;
  db.prepare('UPDATE question SET quality = ? WHERE id = ?').run(
    judgedQuality(base, { up, down: all - up }),
    id,
  );
}

function standingOf(db: DatabaseSync, question: QuestionId): Standing | undefined {
  const row = db.prepare('SELECT quality, state FROM question WHERE id = ?').get(question);
  return row && { quality: Number(row['quality']), state: row['state'] as Standing['state'] };
}

function notesOf({ notes }: Row): string[] {
  return (JSON.parse(String(notes)) as string[]).filter((note) => note !== '');
}
