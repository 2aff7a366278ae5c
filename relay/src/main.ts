/** `fairground relay`: builds the real dependencies, listens, and ends cleanly. The only file that reads the environment. */
import { env, exit } from 'node:process';
import { pino } from 'pino';
import { readRelayConfig } from './config.ts';
import { listen } from './listen.ts';
import { openRelay } from './openRelay.ts';
import { holdBack } from './holdBack.ts';

const config = readRelayConfig(env);
if (!config.ok) fail(config.message);
const log = pino({ level: config.value.logLevel, base: null });
const server = await listen(config.value);
if (!server.ok) fail(server.message);
const letIn = holdBack(server.value);
const relay = await openRelay(config.value, log).catch((fault: unknown) =>
  fail(fault instanceof Error ? fault.message : String(fault)),
);
relay.start(server.value);
letIn();
log.info({ address: server.value.address() }, 'relay listens');

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Two seconds at most: whoever does not hang up is cut off.
  setTimeout(() => exit(0), 1800).unref();
  if (server.ok) server.value.close();
  await relay.close();
  if (server.ok) server.value.closeAllConnections();
  exit(0);
}

function fail(message: string | undefined): never {
  console.error(message);
  exit(2);
}
