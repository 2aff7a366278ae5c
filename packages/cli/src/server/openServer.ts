/** A relay that listens on its port, before anything else is done: a taken port is the most frequent mistake. */
import type { Server } from 'node:http';
import {
  listen,
  type Log,
  openRelay,
  readRelayConfig,
  type Relay,
  type RelayConfig,
  holdBack,
} from '@fairground/relay';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { addressesOf } from './addresses.ts';
import { makeFolder } from './makeFolder.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface OpenServer {
  readonly relay: Relay;
  readonly config: RelayConfig;
  readonly port: number;
  /** Answers requests from here on. */
  serve(): void;
  close(): Promise<void>;
}

/** Throws a `CommandFailure` with a sentence for a wrong variable, a taken port, a folder that cannot be used. */
export async function openServer(environment: Environment, log: Log): Promise<OpenServer> {
  const config = relayConfig(environment);
  makeFolder('DATA_DIR', config.dataDir);
  const listening = await listen(config);
  if (!listening.ok) throw new CommandFailure(listening.message ?? listening.code);
  const server = listening.value;
  const letIn = holdBack(server);
  const { network } = addressesOf({ ...config, port: portOf(server), isSecure: config.tls !== undefined });
  const relay = await openRelay(config, log, network).catch((fault: unknown) => {
    server.close();
    throw new CommandFailure(messageOf(fault));
  });
  return {
    relay,
    config,
    port: portOf(server),
    serve() {
      relay.start(server);
      letIn();
    },
    async close() {
      server.close();
      await relay.close();
      server.closeAllConnections();
    },
  };
}

export function relayConfig(environment: Environment): RelayConfig {
  const config = readRelayConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  return config.value;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('a server that listens has a port');
  return address.port;
}
