/** Hands the authority's key on, and says what else has to know. */
import { authorityFolder, readAuthorityConfig, rotateKey } from '@fairground/authority';
import { keyToDid, randomBytes } from '@fairground/ledger';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, print } from '../terminal/print.ts';

export async function rotateKeys(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readAuthorityConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  const { dataDir, lockDir } = config.value;
  const rotated = await rotateKey({ folder: authorityFolder(dataDir), lockDir }, randomBytes).catch(
    (fault: unknown) => {
      throw new CommandFailure(messageOf(fault));
    },
  );
  const [from, to] = [keyToDid(rotated.from), keyToDid(rotated.to)];
  print(`${bold('The key was handed on')}\n  from  ${from}\n  to    ${to}`);
  print('Start the authority: matches that are open go on under the new key, and say so in their logs.');
  print(`A relay of its own must be started with AUTHORITY_KEYS=${to} before.`);
}
