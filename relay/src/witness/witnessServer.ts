/** A witness by itself: its own key, its own data folder, nothing of a relay. It cosigns the worlds of the authorities that it is told. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { namedSigner, seedSigner } from '@fairground/ledger';
import { paths } from '@fairground/protocol';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { WitnessConfig } from './witnessConfig.ts';
import { type RouteEnv, answer, problem } from '../edge/context.ts';
import { createRates } from '../edge/rates.ts';
import { addWitnessRoutes } from '../edge/witnessRoutes.ts';
import { loadSecret } from '../keys.ts';
import { systemClock } from '../ports.ts';
import { openSqliteStore } from '../store/sqliteStore.ts';
import { type Cosigner, createCosigner } from './cosigner.ts';
import { defaultWitnessName, logsOf } from './logs.ts';

export interface WitnessServer {
  readonly cosigner: Cosigner;
  start(server: Server): void;
  close(): Promise<void>;
}

/** Everything lies in `<dataDir>/witness/`. Throws with a sentence when the folder cannot be used. */
export async function openWitness(config: WitnessConfig): Promise<WitnessServer> {
  const folder = join(config.dataDir, 'witness');
  await mkdir(folder, { recursive: true });
  const seed = await loadSecret(join(folder, 'witness.key'), (n) => new Uint8Array(randomBytes(n)));
  const store = await openSqliteStore(join(folder, 'witness.sqlite'));
  const signer = seedSigner(seed);
  const cosigner = createCosigner({
    store: store.cosigned,
    clock: systemClock,
    signer: namedSigner(config.name ?? defaultWitnessName(signer.key), signer),
    vkeysOf: logsOf(config.logs),
  });
  const app = new Hono<RouteEnv>();
  addWitnessRoutes(app, { cosigner, rates: createRates(systemClock, 1), trustProxy: config.trustProxy });
  app.get(paths.health(), () => answer({ ok: true, reasons: [] }));
  app.notFound(() => problem('not_found'));
  app.onError(() => problem('internal'));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return {
    cosigner,
    start: (server) => void server.on('request', (request, response) => void listener(request, response)),
    close: () => store.close(),
  };
}
