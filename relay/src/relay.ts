/** The relay: moves and keeps bytes, blind to rules. Put together from its parts; everything outside comes in as a port. */
import type { Server as HttpServer } from 'node:http';
import { type Bytes, bytesToHex, namedSigner, seedSigner } from '@fairground/ledger';
import { type LinkPort, type ToAuthority, formatWorldId, limits, socketLink } from '@fairground/protocol';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createAudience } from './docs/audience.ts';
import { createCommitter } from './docs/committer.ts';
import { DocHub } from './docs/docHub.ts';
import { createCodeGuard } from './edge/codeGuard.ts';
import { limitCallers } from './edge/callers.ts';
import { type RouteEnv, callerOf, problem } from './edge/context.ts';
import { type DocSocketDeps, serveDocument } from './edge/docSocket.ts';
import { createHostNames } from './edge/hosts.ts';
import { addLogRoutes } from './edge/logRoutes.ts';
import { addMailRoutes } from './edge/mailRoutes.ts';
import { createMetrics } from './edge/metrics.ts';
import { addOperationRoutes } from './edge/operationRoutes.ts';
import { createRates } from './edge/rates.ts';
import { type SegmentServer, serveSegments } from './edge/repoSocket.ts';
import { type RoomBook, openRoomBook } from './edge/roomBook.ts';
import { addRoomRoutes } from './edge/roomRoutes.ts';
import { addSessionRoutes } from './edge/sessionRoutes.ts';
import { createSessions } from './edge/sessions.ts';
import { addSuffixRoutes } from './edge/suffixRoutes.ts';
import { addWitnessRoutes } from './edge/witnessRoutes.ts';
import { type SocketRoutes, Sockets } from './edge/sockets.ts';
import { addStaticFiles } from './edge/staticFiles.ts';
import { AuthorityLinks, type LinkEvents } from './mailbox/authorityLinks.ts';
import { MailDesk } from './mailbox/mailDesk.ts';
import { Publications } from './mailbox/publications.ts';
import { stubbornFiles } from './mailbox/stubbornFiles.ts';
import { findWanted } from './mailbox/wanted.ts';
import { createSoughtLogs } from './mailbox/soughtLogs.ts';
import { createRoundTrips } from './mailbox/roundTrips.ts';
import type { Clock, Log, Random } from './ports.ts';
import type { RelayStore } from './store/ports.ts';
import { type Cosigner, createCosigner } from './witness/cosigner.ts';
import { defaultWitnessName, registeredLogs } from './witness/logs.ts';
import { type WatchedStore, watchStore } from './store/watchStore.ts';
import { type Witness, createWitness } from './witness/witness.ts';

export interface RelayDeps {
  readonly store: RelayStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface RelayOptions {
  /** 32 bytes: seals session tokens. */
  readonly secret: Bytes;
  /** 32 bytes: the seed of the key that signs sightings and cosigns checkpoints. */
  readonly witnessSeed: Bytes;
  /** Under which it cosigns; made from the key if absent. */
  readonly witnessName?: string | undefined;
  /** Raw keys that may connect on /mail; those attached in this process need not be among them. */
  readonly authorities?: readonly Bytes[];
  /** The built app. */
  readonly staticDir?: string | undefined;
  readonly publicUrl?: string | undefined;
  /** Where phones in the same network find this relay. */
  readonly address?: string | undefined;
  /** More names by which clients dial this relay. */
  readonly names?: readonly string[];
  readonly trustProxy?: boolean;
  /** Widens the limits per address. */
  readonly addressFactor?: number;
  /** Sockets at one time; the table's row unless it is told, since twenty thousand are more than a small machine has handles for. */
  readonly mostSockets?: number | undefined;
}

export interface Relay {
  /** The raw key of the relay's word. */
  readonly witnessKey: Bytes;
  /** The witness of the logs of this relay's authorities, for one in this process; others come by HTTP. */
  readonly cosigner: Cosigner;
  /** Answers requests and upgrades of a node server that listens or is about to. */
  start(server: HttpServer): void;
  /** An authority in this process. */
  attachAuthority(port: LinkPort): void;
  /** Sends everybody away, stores what is left, closes the store. The server is its owner's to close. */
  close(): Promise<void>;
}

/** As its parts have it. */
interface Machine extends RelayDeps {
  readonly store: WatchedStore;
}

export async function createRelay(given: RelayDeps, options: RelayOptions): Promise<Relay> {
  const deps: Machine = { ...given, store: watchStore(given.store) };
  const parts = await openParts(deps, options);
  const { desk, docs, links, segments, sockets, witness, cosigner } = parts;
  const app = createApp(deps, options, parts);
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return {
    witnessKey: witness.key,
    cosigner,
    start(server) {
      parts.server.http = server;
      if (!options.trustProxy) limitCallers(server, options.addressFactor ?? 1);
      server.on('request', (request, response) => void listener(request, response));
      sockets.start(server);
    },
    attachAuthority: (link) => links.attach(link),
    async close() {
      links.close();
      desk.close();
      segments.close();
      await docs.close();
      await sockets.close();
      await deps.store.close();
    },
  };
}

type Parts = Awaited<ReturnType<typeof openParts>>;

/** Everything that lives as long as the relay. */
async function openParts(deps: Machine, options: RelayOptions) {
  const { store, clock, random, log } = deps;
  const { trustProxy = false, addressFactor = 1 } = options;
  const server: { http?: HttpServer } = {};
  const rates = createRates(clock, addressFactor);
  const sessions = createSessions({ clock, random, secret: options.secret });
  const roundTrips = createRoundTrips();
  const witness = createWitness({ clock, seed: options.witnessSeed });
  const rooms = await openRoomBook(store.rooms);
  const cosigner = openCosigner(deps, options, rooms);
  const measured = (ms: number, writes: number) => metrics.commit(ms, writes);
  const docs = new DocHub({
    store: store.docs,
    clock,
    log,
    committer: createCommitter({ store: store.docs, clock, log, measured }),
  });
  const mail = await openMail(deps, { docs, rooms, witness, addressFactor });
  const { links, desk, audience } = mail;
  const segments = serveSegments({ clock, rooms, rates, segments: store.segments });
  const reached = { clock, docs, rooms, rates, audience, segments, links };
  const routes = socketRoutes(reached, options.authorities ?? []);
  const closed = (code: string) => metrics.closed(code);
  const sockets = new Sockets({
    clock,
    random,
    log,
    rates,
    sessions,
    roundTrips,
    trustProxy,
    addressFactor,
    mostSockets: options.mostSockets ?? limits.connectionsTotal.max,
    closed,
    routes,
  });
  const metrics = createMetrics({
    sockets: () => sockets.open,
    documents: () => docs.loaded,
    mailWaiting: () => desk.waiting,
  });
  return {
    server,
    rates,
    sessions,
    roundTrips,
    witness,
    cosigner,
    rooms,
    docs,
    segments,
    sockets,
    metrics,
    ...mail,
  };
}

function openCosigner(
  { store, clock }: RelayDeps,
  { witnessSeed, witnessName }: RelayOptions,
  rooms: RoomBook,
): Cosigner {
  const signer = seedSigner(witnessSeed);
  const name = witnessName ?? defaultWitnessName(signer.key);
  const vkeysOf = registeredLogs(rooms);
  return createCosigner({ store: store.cosigned, clock, signer: namedSigner(name, signer), vkeysOf });
}

interface MailDeps {
  readonly docs: DocHub;
  readonly rooms: RoomBook;
  readonly witness: Witness;
  readonly addressFactor: number;
}

/** The authorities' links, what they publish, and the mail on its way to them. */
async function openMail({ store, clock, log }: RelayDeps, { docs, rooms, witness, addressFactor }: MailDeps) {
  const { segments, mailbox } = store;
  const files = stubbornFiles(store.files, clock);
  const sought = createSoughtLogs();
  const publications = new Publications({ docs, rooms, files, segments, witness, clock, log });
  const authorityOf = (world: Bytes) => findAuthority(rooms, world);
  const tell = (authority: string, frame: ToAuthority) => links.send(authority, frame);
  const audience = createAudience({ clock, authorityOf, tell });
  const events: LinkEvents = {
    async inherited(former, heir) {
      desk.inherit(bytesToHex(former), bytesToHex(heir));
      await rooms.inherit(former, heir);
    },
    heirOf: rooms.heirOf,
    online(authority) {
      audience.online(authority);
      desk.online(authority);
    },
    offline(authority) {
      sought.forget(authority);
      desk.offline(authority);
    },
    sought: (authority, frame) => sought.note(authority, frame),
    replied: (frame) => desk.replied(frame),
    wanted: (authority, frame) => findWanted({ rooms, docs: store.docs, files }, authority, frame),
    published: (authority, frame) => publications.take(authority, frame),
  };
  const links = new AuthorityLinks({ clock, log, lastId: await mailbox.lastId(), events });
  const desk = await MailDesk.open({ mailbox, links, clock, log, authorityOf, addressFactor });
  return { publications, links, desk, sought, audience };
}

function createApp({ store, clock, log }: Machine, options: RelayOptions, parts: Parts): Hono<RouteEnv> {
  const { rates, sessions, roundTrips, witness, cosigner, rooms, publications, links, desk, metrics } = parts;
  const { trustProxy = false, publicUrl, names = [], staticDir } = options;
  const app = new Hono<RouteEnv>();
  app.use(async (context, next) => {
    const wait = rates.take(limits.requests, callerOf(context, trustProxy));
    if (wait !== undefined) context.res = problem('rate_limited', { retryAfter: wait });
    else await next();
    metrics.request(context.req.method, context.res.status);
  });
  app.onError((fault) => {
    log.error({ fault: fault.stack ?? fault.message }, 'request failed');
    return problem('internal');
  });
  const hosts = createHostNames({ port: () => portOf(parts.server.http), publicUrl, names });
  addSessionRoutes(app, { sessions, hosts, rates, trustProxy });
  const counted = (what: string, outcome: string) => metrics.mail(what, outcome);
  addMailRoutes(app, { rooms, links, desk, witness, rates, roundTrips, trustProxy, counted });
  addRoomRoutes(app, {
    clock,
    rooms,
    guard: createCodeGuard(clock, rates),
    links,
    publications,
    trustProxy,
  });
  addSuffixRoutes(app, { rooms, links, sought: parts.sought, rates, trustProxy });
  addWitnessRoutes(app, { cosigner, rates, trustProxy });
  addLogRoutes(app, { rooms, files: store.files, links, clock, rates, trustProxy });
  addOperationRoutes(app, {
    ...{ store, links, registry: metrics.registry, address: options.address },
    stats: () => publications.stats,
  });
  if (staticDir !== undefined) addStaticFiles(app, staticDir);
  app.notFound(() => problem('not_found'));
  return app;
}

interface SocketRouteDeps extends DocSocketDeps {
  readonly segments: SegmentServer;
  readonly links: AuthorityLinks;
}

function socketRoutes(
  { clock, docs, rooms, rates, audience, segments, links }: SocketRouteDeps,
  authorities: readonly Bytes[],
): SocketRoutes {
  const allowed = new Set(authorities.map(bytesToHex));
  return {
    docs: (guest, name) => serveDocument({ clock, docs, rooms, rates, audience }, guest, name),
    repo: (guest) => segments.serve(guest),
    isAuthority: (who) => allowed.has(who.hex),
    mail(guest, who) {
      if (allowed.has(who.hex)) links.attach(socketLink(guest.socket), who.key);
      else guest.close('authority_only');
    },
  };
}

function portOf(server: HttpServer | undefined): number {
  const address = server?.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function findAuthority(rooms: RoomBook, world: Bytes): string | undefined {
  const record = rooms.world(formatWorldId(world));
  return record && bytesToHex(record.authority);
}
