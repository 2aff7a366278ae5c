/** `fairground relay`. */
import { bold, print } from '../terminal/print.ts';
import { addressesOf } from './addresses.ts';
import { createLog } from './log.ts';
import { type Environment, openServer, relayConfig } from './openServer.ts';
import { closeOnSignal } from './shutdown.ts';
import { withApp } from './withApp.ts';

export async function startRelay(environment: Environment): Promise<void> {
  const complete = withApp(environment);
  const server = await openServer(complete, createLog(relayConfig(complete).logLevel));
  server.serve();
  closeOnSignal(server.close);
  const { host, tls, publicUrl, authorities } = server.config;
  const { here } = addressesOf({ host, port: server.port, isSecure: tls !== undefined, publicUrl });
  print(`${bold('The relay is open')} at ${here}`);
  if (authorities.length === 0)
    print('  No authority may dial it: name one in AUTHORITY_KEYS (its key: fairground keys).');
}
