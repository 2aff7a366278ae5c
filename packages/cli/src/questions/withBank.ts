/** The question bank of the data folder, for as long as a command needs it; a server may be using it, too. */
import { existsSync } from 'node:fs';
import { type Bank, openBankFile } from '@fairground/authority';
import { dataDirOf } from '../dataDir.ts';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';

/** `isNew`: a data folder that is not there is made, with the starter questions. */
export async function withBank<T>(use: (bank: Bank) => T | Promise<T>, { isNew = false } = {}): Promise<T> {
  const dataDir = dataDirOf(process.env);
  if (!isNew && !existsSync(dataDir))
    throw new CommandFailure(
      `There is no data in ${dataDir} yet: run "fairground start" or "fairground import", or set DATA_DIR.`,
    );
  const { bank, close } = open(dataDir);
  try {
    return await use(bank);
  } finally {
    close();
  }
}

function open(dataDir: string): ReturnType<typeof openBankFile> {
  try {
    return openBankFile(dataDir);
  } catch (fault) {
    throw new CommandFailure(`The question bank in ${dataDir} cannot be opened: ${messageOf(fault)}`);
  }
}
