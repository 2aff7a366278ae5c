/** Where the question bank lies, and how it is opened by whoever needs it: the authority's thread, or a command beside a running server. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Bytes } from '@fairground/ledger';
import { findPicture } from '../bank/pictures.ts';
import { starterOffer } from '../starter/starter.ts';
import { type Bank, createBank } from '../bank/bank.ts';
import { authorityFolder } from '../dataFolder.ts';

export interface OpenedBank {
  readonly bank: Bank;
  close(): void;
}

export const BANK_FILE = 'bank.sqlite';
/** How long a command waits for a server that is writing, and the other way round. */
const patienceMs = 5000;

/** A bank that is new begins with the starter questions, an older one is given those that it lacks. Throws for a file of a later version. */
export function openBankFile(dataDir: string): OpenedBank {
  const folder = authorityFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(folder, BANK_FILE), { timeout: patienceMs });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const bank = createBank(db);
  bank.takeOffer(starterOffer());
  return { bank, close: () => db.close() };
}

export interface BankPictures {
  picture(hash: Bytes): Bytes | undefined;
  close(): void;
}

/** To read alone: nothing is offered, and no format brought up. There are none where there is no bank, or one from before pictures. */
export function openBankPictures(dataDir: string): BankPictures {
  const file = join(authorityFolder(dataDir), BANK_FILE);
  if (!existsSync(file)) return { picture: () => undefined, close: () => {} };
  const db = new DatabaseSync(file, { timeout: patienceMs, readOnly: true });
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'picture'").get() !== undefined;
  return { picture: (hash) => (isThere ? findPicture(db, hash) : undefined), close: () => db.close() };
}
