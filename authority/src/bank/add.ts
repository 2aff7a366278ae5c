/** Questions into the bank; duplicates leave what is new about them with the one that is there. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { mergeQuestions } from '@fairground/questions';
import type { Origin, Question, QuestionId } from '@fairground/questions';
import { equalBytes, hexToBytes } from '@fairground/ledger';
import type { Bytes } from '@fairground/ledger';
import { meaningHash, rowToImported } from './row.ts';
import { inTransaction } from './transaction.ts';

export interface Added {
  readonly imported: number;
  readonly merged: number;
  /** Not taken: the bank has the same question with another right answer. */
  readonly contradicting: readonly QuestionId[];
}

interface Statements {
  readonly find: StatementSync;
  readonly insert: StatementSync;
  readonly update: StatementSync;
  readonly source: StatementSync;
  readonly hasPicture: StatementSync;
}

/** One transaction: hand over some thousands at a time. */
export function addQuestions(db: DatabaseSync, questions: Iterable<Question>): Added {
  const statements = prepare(db);
  const count = { imported: 0, merged: 0 };
  const contradicting: QuestionId[] = [];
  inTransaction(db, () => {
    for (const question of questions) {
      const outcome = addOne(statements, question);
      if (outcome === 'contradicting') contradicting.push(question.id);
      else count[outcome]++;
    }
  });
  return { ...count, contradicting };
}

function addOne(statements: Statements, question: Question): 'imported' | 'merged' | 'contradicting' {
  const meaning = meaningHash(question);
  const row = statements.find.get(question.id, meaning, question.id);
  if (row === undefined) return insert(statements, question, meaning);
  if (!equalBytes(row['meaning'] as Bytes, meaning)) return 'contradicting';
  const first = rowToImported(row);
  statements.update.run(JSON.stringify(mergeQuestions(first, question)), first.id);
  addSources(statements, first.id, question);
  return 'merged';
}

function insert(statements: Statements, question: Question, meaning: Bytes): 'imported' {
  const { id, topic, language, kind, quality, image } = question;
  const picture = image === undefined ? 0 : statements.hasPicture.get(hexToBytes(image.hash) ?? '') ? 1 : 2;
  statements.insert.run(id, meaning, topic, language, kind, quality, picture, JSON.stringify(question));
  addSources(statements, id, question);
  return 'imported';
}

function addSources(
  { source }: Statements,
  id: QuestionId,
  { source: { also = [], ...own } }: Question,
): void {
  const origins: readonly Origin[] = [own, ...also];
  for (const { name, licence, author, url } of origins)
    source.run(id, name, licence, author ?? '', url ?? '');
}

function prepare(db: DatabaseSync): Statements {
  return {
    // Its own id first: that row decides whether the two contradict.
    find: db.prepare(
      'SELECT meaning, body FROM question WHERE id = ? OR meaning = ? ORDER BY id = ? DESC LIMIT 1',
    ),
    insert: db.prepare(
      'INSERT INTO question (id, meaning, topic, language, kind, quality, picture, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    hasPicture: db.prepare('SELECT 1 FROM picture WHERE hash = ?'),
    update: db.prepare('UPDATE question SET body = ? WHERE id = ?'),
    source: db.prepare(
      'INSERT OR IGNORE INTO source (question, name, licence, author, url) VALUES (?, ?, ?, ?, ?)',
    ),
  };
}
