/** Where the question bank lies, and how it is opened by whoever needs it: the authority's thread, or a command beside a running server. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
