/** The relay: moves and keeps bytes, blind to rules. Put together from its parts; everything outside comes in as a port. */
import type { Server as HttpServer } from 'node:http';
import { type Bytes, bytesToHex } from '@fairground/ledger';
import { type LinkPort, formatWorldId, limits, socketLink } from '@fairground/protocol';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createCommitter } from './docs/committer.ts';
import { DocHub } from './docs/docHub.ts';
import { createCodeGuard } from './edge/codeGuard.ts';
import { type RouteEnv, callerOf, problem } from './edge/context.ts';
import { serveDocument } from './edge/docSocket.ts';
import { createHostNames } from './edge/hosts.ts';
import { addLogRoutes } from './edge/logRoutes.ts';
import { addMailRoutes } from './edge/mailRoutes.ts';
import { createMetrics } from './edge/metrics.ts';
import { addOperationRoutes } from './edge/operationRoutes.ts';
import { createRates } from './edge/rates.ts';
import { serveSegments } from './edge/repoSocket.ts';
import { type RoomBook, openRoomBook } from './edge/roomBook.ts';
import { addRoomRoutes } from './edge/roomRoutes.ts';
import { addSessionRoutes } from './edge/sessionRoutes.ts';
import { createSessions } from './edge/sessions.ts';
import { createSockets } from './edge/sockets.ts';
import { addStaticFiles } from './edge/staticFiles.ts';
import { createAuthorityLinks } from './mailbox/authorityLinks.ts';
import { type MailDesk, openMailDesk } from './mailbox/mailDesk.ts';
import { type Publications, createPublications } from './mailbox/publications.ts';
import { createRoundTrips } from './mailbox/roundTrips.ts';
import type { Clock, Log, Random } from './ports.ts';
import type { RelayStore } from './store/ports.ts';
import { createWitness } from './witness/witness.ts';

export interface RelayDeps {
  readonly store: RelayStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface RelayOptions {
  /** 32 bytes: seals session tokens. */
  readonly secret: Bytes;
  /** 32 bytes: the seed of the key that signs sightings. */
  readonly witnessSeed: Bytes;
  /** Raw keys that may connect on /mail; those attached in this process need not be among them. */
  readonly authorities?: readonly Bytes[];
  /** The built app. */
  readonly staticDir?: string | undefined;
  readonly publicUrl?: string | undefined;
  /** More names by which clients dial this relay. */
  readonly names?: readonly string[];
  readonly trustProxy?: boolean;
  /** Widens the limits per address. */
  readonly addressFactor?: number;
}

export interface Relay {
  /** The raw key of the relay's word. */
  readonly witnessKey: Bytes;
  /** Answers requests and upgrades of a node server that listens or is about to. */
  start(server: HttpServer): void;
  /** An authority in this process. */
  attachAuthority(port: LinkPort): void;
  /** Sends everybody away, stores what is left, closes the store. The server is its owner's to close. */
  close(): Promise<void>;
}

export async function createRelay(deps: RelayDeps, options: RelayOptions): Promise<Relay> {
  const { store, clock, random, log } = deps;
  const { trustProxy = false, addressFactor = 1 } = options;
  let http: HttpServer | undefined;
  const port = () => {
    const address = http?.address();
    return typeof address === 'object' && address ? address.port : 0;
  };
  const hosts = createHostNames({ port, publicUrl: options.publicUrl, names: options.names ?? [] });
  const rates = createRates(clock, addressFactor);
  const sessions = createSessions({ clock, random, secret: options.secret });
  const roundTrips = createRoundTrips();
  const witness = createWitness({ clock, seed: options.witnessSeed });
  const rooms = await openRoomBook(store.rooms);
  const committer = createCommitter({
    store: store.docs,
    clock,
    log,
    measured: (ms, writes) => metrics.commit(ms, writes),
  });
  const docs = new DocHub({ store: store.docs, clock, log, committer });
  const links = createAuthorityLinks({
    clock,
    log,
    lastId: await store.mailbox.lastId(),
    events: {
      online: (authority) => desk.online(authority),
      offline: (authority) => desk.offline(authority),
      replied: (frame) => desk.replied(frame),
      published: (authority, frame) => publications.take(authority, frame),
    },
  });
  const authorityOf = (world: Bytes) => findAuthority(rooms, world);
  const desk: MailDesk = await openMailDesk({ mailbox: store.mailbox, links, clock, log, authorityOf });
  const publications: Publications = createPublications({
    docs,
    rooms,
    files: store.files,
    segments: store.segments,
    witness,
    log,
  });
  const allowed = new Set((options.authorities ?? []).map(bytesToHex));
  const segments = serveSegments({ clock, rooms, segments: store.segments });
  const sockets = createSockets({
    clock,
    random,
    log,
    rates,
    sessions,
    roundTrips,
    trustProxy,
    addressFactor,
    closed: (code) => metrics.closed(code),
    routes: {
      docs: (guest, name) => serveDocument({ clock, docs, rooms }, guest, name),
      repo: (guest) => segments.serve(guest),
      mail: (guest, who) =>
        allowed.has(who.hex)
          ? links.attach(socketLink(guest.socket), who.key)
          : guest.close('authority_only'),
    },
  });
  const metrics = createMetrics({
    sockets: () => sockets.open,
    documents: () => docs.loaded,
    mailWaiting: () => desk.waiting,
  });

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
  addSessionRoutes(app, { sessions, hosts, rates, trustProxy });
  addMailRoutes(app, {
    rooms,
    links,
    desk,
    witness,
    rates,
    roundTrips,
    counted: (what, outcome) => metrics.mail(what, outcome),
  });
  addRoomRoutes(app, { rooms, guard: createCodeGuard(clock, rates), links, publications, trustProxy });
  addLogRoutes(app, { rooms, files: store.files, links });
  addOperationRoutes(app, { store, links, registry: metrics.registry });
  if (options.staticDir !== undefined) addStaticFiles(app, options.staticDir);
  app.notFound(() => problem('not_found'));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });

  return {
    witnessKey: witness.key,
    start(server) {
      http = server;
      server.on('request', (request, response) => void listener(request, response));
      sockets.start(server);
    },
    attachAuthority: (link) => links.attach(link),
    async close() {
      links.close();
      segments.close();
      await docs.close();
      await sockets.close();
      await store.close();
    },
  };
}

function findAuthority(rooms: RoomBook, world: Bytes): string | undefined {
  const record = rooms.world(formatWorldId(world));
  return record && bytesToHex(record.authority);
}
