/** Relay, authority and app in one process on one port, joined by a link in memory. */
import {
  openBankFile,
  readAuthorityConfig,
  type AuthorityConfig,
  localWitness,
  openAuthority,
  type OpenedAuthority,
} from '@fairground/authority';
import { memoryLink } from '@fairground/protocol';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { watchBank } from './watchBank.ts';
import { createLog } from './log.ts';
import { makeFolder } from './makeFolder.ts';
import { type Environment, openServer, type OpenServer, relayConfig } from './openServer.ts';
import { withApp } from './withApp.ts';

export interface Together {
  readonly server: OpenServer;
  readonly dataDir: string;
  readonly questions: number;
  readonly hasApp: boolean;
  close(): Promise<void>;
}

/** Throws a `CommandFailure` for whatever a person can put right. */
export async function openTogether(environment: Environment): Promise<Together> {
  const complete = withApp(environment);
  const authorityConfig = readConfig(complete);
  makeFolder('LOCK_DIR', authorityConfig.lockDir);
  const server = await openServer(complete, createLog(relayConfig(complete).logLevel));
  const opened = await openJudge(authorityConfig, server);
  const [ofRelay, ofAuthority] = memoryLink();
  server.relay.attachAuthority(ofRelay);
  opened.authority.attach(ofAuthority);
  // The link hands over in microtasks: by the next turn the relay knows its authority.
  await new Promise((resolve) => setImmediate(resolve));
  server.serve();
  const stopWatching = watchBank(authorityConfig.dataDir, opened.authority.showTopics);
  return {
    server,
    dataDir: authorityConfig.dataDir,
    questions: countQuestions(authorityConfig.dataDir),
    hasApp: server.config.staticDir !== undefined,
    async close() {
      stopWatching();
      await opened.close();
      await server.close();
    },
  };
}

function readConfig(environment: Environment): AuthorityConfig {
  const config = readAuthorityConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  return config.value;
}

async function openJudge(config: AuthorityConfig, server: OpenServer): Promise<OpenedAuthority> {
  try {
    // It would notice that an old copy of the data is in use; it is no independent witness, and its name says so.
    const own = localWitness(server.relay.cosigner);
    return await openAuthority(config, createLog(config.logLevel), {}, [own]);
  } catch (fault) {
    await server.close();
    throw new CommandFailure(messageOf(fault));
  }
}

function countQuestions(dataDir: string): number {
  const { bank, close } = openBankFile(dataDir);
  const count = bank.count();
  close();
  return count;
}
