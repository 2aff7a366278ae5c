/** Starter questions for a bank that is older than they are: it takes what it lacks, and what its operator has decided stays. */
import type { DatabaseSync } from 'node:sqlite';
import type { Bytes } from '@fairground/ledger';
import { normalText } from '@fairground/questions';
import type { Question, QuestionId } from '@fairground/questions';
import { addQuestions } from './add.ts';
import { addPictures } from './pictures.ts';
import { rowToImported } from './row.ts';
import { inTransaction } from './transaction.ts';

export interface Offer {
  /** Changes with whatever is offered: what was offered whole is not even read again. */
  readonly mark: Bytes;
  questions(): readonly Question[];
  /** That its questions show. */
  readonly pictures: readonly Bytes[];
  /** Offered by earlier versions and found wanting since. */
  readonly withdrawn: readonly QuestionId[];
}

export interface Taken {
  readonly added: number;
  readonly retired: number;
}

/** Stands before the ids of what was withdrawn in the list of what was offered. */
const WITHDRAWN = '-';

/**
 * Each question is offered once. It is not taken where the bank has one with its id or its text, also if that was retired.
 * One that was withdrawn is retired, unless somebody else is named for it, too.
 */
export function takeOffer(db: DatabaseSync, offer: Offer): Taken {
  return inTransaction(db, () => {
    // The first statement writes, so that two programs that open the same file come one after the other.
    const { changes } = db.prepare('INSERT OR IGNORE INTO offer (mark) VALUES (?)').run(offer.mark);
    if (changes === 0) return { added: 0, retired: 0 };
    const retired = retire(db, offer.withdrawn);
    addPictures(db, offer.pictures);
    return { added: addMissing(db, offer), retired };
  });
}

function retire(db: DatabaseSync, ids: readonly QuestionId[]): number {
  const note = db.prepare('INSERT OR IGNORE INTO offered (id) VALUES (?)');
  const change = db.prepare(
    `UPDATE question SET state = 'retired' WHERE id = ? AND state <> 'retired'
       AND (SELECT count(*) FROM source WHERE question = id) = 1`,
  );
  let count = 0;
  for (const id of ids)
    if (note.run(`${WITHDRAWN}${id}`).changes > 0) count += Number(change.run(id).changes);
  return count;
}

function addMissing(db: DatabaseSync, offer: Offer): number {
  const note = db.prepare('INSERT OR IGNORE INTO offered (id) VALUES (?)');
  const fresh = offer.questions().filter(({ id }) => note.run(id).changes > 0);
  const known = knownIn(db, new Set(offer.withdrawn));
  return addQuestions(
    db,
    fresh.filter((question) => keysOf(question).every((key) => !known.has(key))),
  ).imported;
}

/** What is in the bank, by id and text; without what we have withdrawn ourselves, whose text may be put right. */
function knownIn(db: DatabaseSync, withdrawn: ReadonlySet<string>): ReadonlySet<string> {
  const known = new Set<string>();
  for (const row of db.prepare('SELECT id, body FROM question').iterate()) {
    if (withdrawn.has(String(row['id']))) known.add(String(row['id']));
    else for (const key of keysOf(rowToImported(row))) known.add(key);
  }
  return known;
}

/** Its id, and its text with the picture that it is about. An id is never a text: it has no line feed. */
function keysOf({ id, language, text, image }: Question): readonly string[] {
  return [id, `${language}\n${normalText(text)}\n${image?.hash ?? ''}`];
}
