/** `fairground start`. */
import { print } from '../terminal/print.ts';
import { addressesOf } from './addresses.ts';
import { banner } from './banner.ts';
import type { Environment } from './openServer.ts';
import { openTogether } from './openTogether.ts';
import { quietLogs } from './quietLogs.ts';
import { closeOnSignal } from './shutdown.ts';

export async function start(environment: Environment): Promise<void> {
  const together = await openTogether({ ...quietLogs, ...environment });
  closeOnSignal(together.close);
  const { config, port } = together.server;
  const { host, tls, publicUrl } = config;
  const addresses = addressesOf({ host, port, isSecure: tls !== undefined, publicUrl });
  print(banner({ ...together, addresses }));
}
