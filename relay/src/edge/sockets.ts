/** All WebSockets of the relay: who may connect, how they are kept alive, measured, bounded and sent away. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { bytesToHex } from '@fairground/ledger';
import {
  CAP_PARAMETER,
  type Cap,
  type DocumentName,
  type ProblemCode,
  TOKEN_PARAMETER,
  closeFor,
  limits,
  parseCap,
  parseDocumentName,
} from '@fairground/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Who } from '../docs/connection.ts';
import type { RoundTrips } from '../mailbox/roundTrips.ts';
import { type Clock, type Log, type Random, every } from '../ports.ts';
import { addressOf } from './address.ts';
import type { Rates } from './rates.ts';
import type { Sessions } from './sessions.ts';

/** A socket that has been let in. */
export interface Guest {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly who: Who | undefined;
  readonly cap: Cap | undefined;
  /** Closes with the code of the table; what does not hang up then is cut off. */
  close(code: ProblemCode): void;
  /** Called at each heartbeat while the guest is there. */
  onBeat?: () => void;
}

export interface SocketRoutes {
  docs(guest: Guest, name: DocumentName): void;
  repo(guest: Guest): void;
  mail(guest: Guest, who: Who): void;
}

export interface SocketDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly rates: Rates;
  readonly sessions: Sessions;
  readonly roundTrips: RoundTrips;
  readonly trustProxy: boolean;
  readonly addressFactor: number;
  readonly closed: (code: string) => void;
  readonly routes: SocketRoutes;
}

export interface Sockets {
  start(server: HttpServer): void;
  readonly open: number;
  close(): Promise<void>;
}

interface Pulse {
  readonly guest: Guest;
  probe: string;
  sentAt: number;
  /** Beats since the last pong. */
  missed: number;
}

const beatMs = 10_000;
const mostMissed = 3;
const goodbyeMs = 2000;

export function createSockets(deps: SocketDeps): Sockets {
  const { clock, random, log, rates, sessions, roundTrips } = deps;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.linkFrameBytes.max,
    perMessageDeflate: false,
  });
  const pulses = new Map<WebSocket, Pulse>();
  const perAddress = new Map<string, number>();
  const perKey = new Map<string, number>();
  const stopBeat = every(clock, beatMs, () => {
    for (const pulse of pulses.values()) beat(pulse);
  });

  function beat(pulse: Pulse): void {
    const { socket } = pulse.guest;
    if (pulse.missed++ >= mostMissed) return socket.terminate();
    probe(pulse);
    pulse.guest.onBeat?.();
  }

  function probe(pulse: Pulse): void {
    const nonce = random(8);
    pulse.probe = bytesToHex(nonce);
    pulse.sentAt = clock.now();
    pulse.guest.socket.ping(nonce);
  }

  function admit(request: IncomingMessage, socket: WebSocket): void {
    const url = new URL(request.url ?? '/', 'http://relay');
    const forwarded = request.headers['x-forwarded-for'];
    const address = addressOf(
      request.socket.remoteAddress,
      deps.trustProxy ? String(forwarded ?? '') : undefined,
    );
    const token = url.searchParams.get(TOKEN_PARAMETER);
    const who = token === null ? undefined : sessions.read(token);
    const cap = parseCap(url.searchParams.get(CAP_PARAMETER) ?? '');
    const guest: Guest = {
      socket,
      request,
      who: who?.ok ? who.value : undefined,
      cap: cap.ok ? cap.value : undefined,
      close: (code) => sendAway(socket, code),
    };
    socket.on('error', (fault) => log.info({ fault: fault.message }, 'socket failed'));
    const refusal = who?.ok === false ? who.code : tooMany(address, guest.who);
    if (refusal) return guest.close(refusal);
    hold(guest, address);
    route(guest, url.pathname);
  }

  function tooMany(address: string, who: Who | undefined): ProblemCode | undefined {
    if (rates.take(limits.connects, address) !== undefined) return 'rate_limited';
    const isFull =
      pulses.size >= limits.connectionsTotal.max ||
      (perAddress.get(address) ?? 0) >= limits.connections.max * deps.addressFactor ||
      (who && (perKey.get(who.hex) ?? 0) >= limits.connectionsPerKey.max);
    return isFull ? 'connections_exceeded' : undefined;
  }

  function hold(guest: Guest, address: string): void {
    const { socket, who } = guest;
    const pulse: Pulse = { guest, probe: '', sentAt: 0, missed: 0 };
    pulses.set(socket, pulse);
    count(perAddress, address, 1);
    if (who) count(perKey, who.hex, 1);
    socket.on('pong', (nonce) => {
      if (bytesToHex(nonce) !== pulse.probe) return;
      pulse.missed = 0;
      pulse.probe = '';
      if (who) roundTrips.record(who.hex, clock.now() - pulse.sentAt);
    });
    socket.on('close', () => {
      pulses.delete(socket);
      count(perAddress, address, -1);
      if (who) count(perKey, who.hex, -1);
    });
    probe(pulse);
  }

  function route(guest: Guest, pathname: string): void {
    if (pathname === '/repo') return deps.routes.repo(guest);
    if (pathname === '/mail')
      return guest.who ? deps.routes.mail(guest, guest.who) : guest.close('session_needed');
    const name = documentOf(pathname);
    if (name) deps.routes.docs(guest, name);
    else guest.close('document_unknown');
  }

  function sendAway(socket: WebSocket, problem: ProblemCode): void {
    if (socket.readyState > socket.OPEN) return;
    const { code, reason } = closeFor(problem);
    deps.closed(reason);
    socket.close(code, reason);
    clock.setTimer(goodbyeMs, () => socket.terminate());
  }

  function upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    duplex.on('error', () => duplex.destroy());
    server.handleUpgrade(request, duplex, head, (socket) => admit(request, socket));
  }

  let http: HttpServer | undefined;
  return {
    start(listening) {
      http = listening;
      http.on('upgrade', upgrade);
    },
    get open() {
      return pulses.size;
    },
    async close() {
      stopBeat();
      http?.off('upgrade', upgrade);
      const gone = [...pulses.keys()].map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.once('close', () => resolve());
            sendAway(socket, 'relay_stopping');
          }),
      );
      const patience = new Promise<void>((resolve) => clock.setTimer(500, resolve));
      await Promise.race([Promise.all(gone), patience]);
      for (const socket of pulses.keys()) socket.terminate();
    },
  };
}

function documentOf(pathname: string): DocumentName | undefined {
  const [, folder, name, ...rest] = pathname.split('/');
  if (folder !== 'docs' || name === undefined || rest.length > 0) return undefined;
  try {
    const parsed = parseDocumentName(decodeURIComponent(name));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined; // a stray %
  }
}

function count(counts: Map<string, number>, subject: string, by: number): void {
  const next = (counts.get(subject) ?? 0) + by;
  if (next > 0) counts.set(subject, next);
  else counts.delete(subject);
}
