/** `fairground authority`: dials its relay, again and again while there is none. */
import { dialRelay, openAuthority, readAuthorityConfig, systemClock } from '@fairground/authority';
import { keyToDid } from '@fairground/ledger';
import { WebSocket } from 'ws';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, print } from '../terminal/print.ts';
import { createLog } from './log.ts';
import { makeFolder } from './makeFolder.ts';
import type { Environment } from './openServer.ts';
import { closeOnSignal } from './shutdown.ts';
import { watchBank } from './watchBank.ts';

export async function startAuthority(environment: Environment): Promise<void> {
  const config = readAuthorityConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  const { relayUrl, logLevel, dataDir, lockDir } = config.value;
  makeFolder('DATA_DIR', dataDir);
  makeFolder('LOCK_DIR', lockDir);
  const log = createLog(logLevel);
  const opened = await openAuthority(config.value, log).catch((fault: unknown) => {
    throw new CommandFailure(messageOf(fault));
  });
  const dialling = dialRelay({
    ...{ url: relayUrl, signer: opened.keys.signer, clock: systemClock, log, fetch },
    chance: Math.random,
    // Whatever fails on a socket also closes it, and then it is dialled again.
    openSocket: (url, heard) =>
      new WebSocket(url)
        .on('ping', heard)
        .on('error', (fault) => log.debug({ fault }, 'the socket to the relay failed')),
    attach: opened.authority.attach,
  });
  const stopWatching = watchBank(dataDir, opened.authority.showTopics);
  closeOnSignal(async () => {
    stopWatching();
    dialling.close();
    await opened.close();
  });
  print(`${bold('The authority runs')} as ${opened.keys.name} and dials ${relayUrl}`);
  print(`  Its key, for AUTHORITY_KEYS of the relay: ${keyToDid(opened.keys.signer.key)}`);
}
