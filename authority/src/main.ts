/** `fairground authority`: builds the real dependencies, dials the relay, and ends cleanly. The only file that reads the environment. */
import { env, exit } from 'node:process';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { readAuthorityConfig } from './config.ts';
import { dialRelay } from './link/dial.ts';
import { openAuthority, systemClock } from './openAuthority.ts';

const config = readAuthorityConfig(env);
if (!config.ok) fail(config.message);
const { relayUrl, logLevel } = config.value;
const log = pino({ level: logLevel, base: null, serializers: { fault: pino.stdSerializers.err } });
const opened = await openAuthority(config.value, log).catch((fault: unknown) => fail(messageOf(fault)));
const dialling = dialRelay({
  ...{ url: relayUrl, signer: opened.keys.signer, clock: systemClock, log, fetch },
  chance: Math.random,
  openSocket,
  attach: opened.authority.attach,
});
log.info({ name: opened.keys.name, relay: relayUrl }, 'authority runs');

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Two seconds at most; what is not durable by then was not receipted either.
  setTimeout(() => exit(0), 1800).unref();
  dialling.close();
  await opened.close();
  exit(0);
}

/** Whatever fails on a socket also closes it, which is what counts. */
function openSocket(url: string, heard: () => void): WebSocket {
  return new WebSocket(url)
    .on('ping', heard)
    .on('error', (fault) => log.debug({ fault }, 'the socket to the relay failed'));
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

function fail(message: string | undefined): never {
  console.error(message);
  exit(2);
}
