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
import { WebSocket, WebSocketServer } from 'ws';
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
  /** Whom limits are counted for. */
  readonly address: string;
  /** Closes with the code of the table; what does not hang up then is cut off. */
  close(code: ProblemCode): void;
  /** Called at each heartbeat while the guest is there. */
  onBeat?: () => void;
}

export interface SocketRoutes {
  docs(guest: Guest, name: DocumentName): void;
  repo(guest: Guest): void;
  mail(guest: Guest, who: Who): void;
  /** An authority of ours: the only one whose frames may be large. */
  isAuthority(who: Who): boolean;
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
  /** At one time, of everybody. */
  readonly mostSockets: number;
  readonly closed: (code: string) => void;
  readonly routes: SocketRoutes;
}

/** A socket after its handshake, before it is let in. */
interface Arrival {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  readonly url: URL;
  readonly who: Who | undefined;
  readonly refused: ProblemCode | undefined;
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
const stopMs = 500;

export class Sockets {
  readonly #deps: SocketDeps;
  readonly #people = serverFor(limits.socketBytes.max);
  readonly #authorities = serverFor(limits.linkFrameBytes.max);
  readonly #pulses = new Map<WebSocket, Pulse>();
  readonly #perAddress = new Map<string, number>();
  readonly #perKey = new Map<string, number>();
  readonly #stopBeat: () => void;
  #http: HttpServer | undefined;

  constructor(deps: SocketDeps) {
    this.#deps = deps;
    this.#stopBeat = every(deps.clock, beatMs, () => {
      for (const pulse of this.#pulses.values()) this.#beat(pulse);
    });
  }

  get open(): number {
    return this.#pulses.size;
  }

  start(server: HttpServer): void {
    this.#http = server;
    server.on('upgrade', this.#upgrade);
  }

  async close(): Promise<void> {
    this.#stopBeat();
    this.#http?.off('upgrade', this.#upgrade);
    const gone = [...this.#pulses.keys()].map((socket) => {
      const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      this.#sendAway(socket, 'relay_stopping');
      return closed;
    });
    const patience = new Promise<void>((resolve) => void this.#deps.clock.setTimer(stopMs, resolve));
    await Promise.race([Promise.all(gone), patience]);
    for (const socket of this.#pulses.keys()) socket.terminate();
  }

  readonly #upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer): void => {
    duplex.on('error', () => duplex.destroy());
    const url = targetOf(request);
    const token = url.searchParams.get(TOKEN_PARAMETER) ?? bearerOf(request);
    const session = token === undefined ? undefined : this.#deps.sessions.read(token);
    const who = session?.ok ? session.value : undefined;
    const server = who && this.#deps.routes.isAuthority(who) ? this.#authorities : this.#people;
    server.handleUpgrade(request, duplex, head, (socket) =>
      this.#admit({ request, socket, url, who, refused: session?.ok === false ? session.code : undefined }),
    );
  };

  #admit({ request, socket, url, who, refused }: Arrival): void {
    const { trustProxy, log } = this.#deps;
    const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '') : undefined;
    const address = addressOf(request.socket.remoteAddress, forwarded);
    const cap = parseCap(url.searchParams.get(CAP_PARAMETER) ?? '');
    const close = (code: ProblemCode) => this.#sendAway(socket, code);
    const guest: Guest = { socket, request, who, cap: cap.ok ? cap.value : undefined, address, close };
    socket.on('error', (fault) => log.info({ fault: fault.message }, 'socket failed'));
    const refusal = refused ?? this.#tooMany(address, who);
    if (refusal) return guest.close(refusal);
    this.#hold(guest, address);
    this.#route(guest, url.pathname);
  }

  #tooMany(address: string, who: Who | undefined): ProblemCode | undefined {
    const { rates, addressFactor, mostSockets } = this.#deps;
    if (rates.take(limits.connects, address) !== undefined) return 'rate_limited';
    const isFull =
      this.#pulses.size >= mostSockets ||
      (this.#perAddress.get(address) ?? 0) >= limits.connections.max * addressFactor ||
      (who && (this.#perKey.get(who.hex) ?? 0) >= limits.connectionsPerKey.max);
    return isFull ? 'connections_exceeded' : undefined;
  }

  #hold(guest: Guest, address: string): void {
    const { socket, who } = guest;
    const pulse: Pulse = { guest, probe: '', sentAt: 0, missed: 0 };
    this.#pulses.set(socket, pulse);
    count(this.#perAddress, address, 1);
    if (who) count(this.#perKey, who.hex, 1);
    socket.on('pong', (nonce) => this.#hearPong(pulse, bytesToHex(nonce)));
    socket.on('close', () => {
      this.#pulses.delete(socket);
      count(this.#perAddress, address, -1);
      if (who) count(this.#perKey, who.hex, -1);
    });
    this.#probe(pulse);
  }

  #beat(pulse: Pulse): void {
    if (pulse.missed++ >= mostMissed) return pulse.guest.socket.terminate();
    this.#probe(pulse);
    pulse.guest.onBeat?.();
  }

  /** A fresh nonce each time: a pong that was prepared beforehand measures nothing. */
  #probe(pulse: Pulse): void {
    const nonce = this.#deps.random(8);
    pulse.probe = bytesToHex(nonce);
    pulse.sentAt = this.#deps.clock.now();
    pulse.guest.socket.ping(nonce);
  }

  #hearPong(pulse: Pulse, nonce: string): void {
    if (nonce !== pulse.probe) return;
    pulse.missed = 0;
    pulse.probe = '';
    const { who } = pulse.guest;
    if (who) this.#deps.roundTrips.record(who.hex, this.#deps.clock.now() - pulse.sentAt);
  }

  #route(guest: Guest, pathname: string): void {
    const { routes } = this.#deps;
    if (pathname === '/repo') return routes.repo(guest);
    if (pathname === '/mail')
      return guest.who ? routes.mail(guest, guest.who) : guest.close('session_needed');
    const name = documentOf(pathname);
    if (name) routes.docs(guest, name);
    else guest.close('document_unknown');
  }

  #sendAway(socket: WebSocket, problem: ProblemCode): void {
    if (socket.readyState > socket.OPEN) return;
    const { code, reason } = closeFor(problem);
    this.#deps.closed(reason);
    socket.close(code, reason);
    this.#deps.clock.setTimer(goodbyeMs, () => socket.terminate());
  }
}

/** `ws` holds a message until it is whole: what a stranger may make it hold is bounded before anything else is. */
function serverFor(maxPayload: number) {
  return new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    WebSocket: CodedSocket,
  });
}

const tooLarge = 1009;

/** Says with our code what `ws` says with its own (RFC 6455 §7.4.1): clients of ours do not come again with the same message. */
class CodedSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const ours = code === tooLarge ? closeFor('frame_too_large') : undefined;
    super.close(ours?.code ?? code, ours?.reason ?? reason);
  }
}

/** What stands in a request line is anything: only a path is looked at, and no text makes this throw. */
function targetOf({ url = '/' }: IncomingMessage): URL {
  const parsed = url.startsWith('/') ? URL.parse(`http://relay${url}`) : null;
  return parsed ?? new URL('http://relay/');
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

/** Clients that may set headers send the token there instead of in the address. */
function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
