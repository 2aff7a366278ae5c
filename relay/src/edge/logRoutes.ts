/** `GET /log/<world>/…`: the tiled log, for anybody's verifier. From the relay's own store, else asked of the authority. */
import { bytesToHex, sha256 } from '@fairground/ledger';
import { GetReplyBody, limits, parseWorldId, worldBytes } from '@fairground/protocol';
import type { AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { Clock } from '../ports.ts';
import type { FileStore, LogFile, WorldRecord } from '../store/ports.ts';
import { cacheControl, contentTypeOf, isBlobPath, isSoundFile, parseLogPath } from '../tiles/logPath.ts';
import { type App, type RouteContext, callerOf, capOf, problem } from './context.ts';
import type { Rates } from './rates.ts';
import type { RoomBook } from './roomBook.ts';
import { createShared } from './shared.ts';

export interface LogRouteDeps {
  readonly rooms: RoomBook;
  readonly files: FileStore;
  readonly links: AuthorityLinks;
  readonly clock: Clock;
  readonly rates: Rates;
  readonly trustProxy: boolean;
}

type Found = LogFile | 'away' | undefined;

/** As old as caches may hold what changes. */
const changingMs = 1000;

export function addLogRoutes(app: App, deps: LogRouteDeps): void {
  const shared = createShared<Found>(deps.clock, changingMs, (found) => typeof found === 'object');
  app.use('/log/*', async (context, next) => {
    await next();
    context.res.headers.set('access-control-allow-origin', '*');
    context.res.headers.set('access-control-expose-headers', 'etag');
  });
  app.options('/log/*', () => {
    const headers = {
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'fairground-capability, if-none-match',
    };
    return new Response(null, { status: 204, headers });
  });
  app.get('/log/:world/:path{.+}', async (context) => {
    const id = parseWorldId(context.req.param('world'));
    const path = context.req.param('path');
    const freshness = parseLogPath(path);
    if (!id.ok) return problem('world_unknown');
    const read = deps.rooms.mayReadWorld(id.value, capOf(context));
    if (!read.ok) return problem(read.code);
    if (!freshness) return problem('log_not_found');
    const stored = await deps.files.get(id.value, path);
    const file = stored ?? (await shared(`${id.value}/${path}`, () => ask(deps, read.value, path)));
    if (file === 'away') return problem('authority_away');
    if (!file) return problem('log_not_found');
    // Whole documents, as those over sockets: what an address has not read yet lies in our memory.
    const wait = deps.rates.take(limits.syncBytes, callerOf(context, deps.trustProxy), file.bytes.length);
    if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
    return serve(context, file, cacheControl(freshness, deps.rooms.isPublic(id.value)));
  });
}

async function ask({ files, links }: LogRouteDeps, record: WorldRecord, path: string): Promise<Found> {
  const reply = await links.ask(bytesToHex(record.authority), {
    kind: 'get',
    world: worldBytes(record.world),
    path,
  });
  if (!reply) return 'away';
  const body = GetReplyBody.safeParse(reply.body);
  if (reply.status !== 200 || !body.success || !isSoundFile(path, body.data.bytes)) return undefined;
  const file = { world: record.world, path, ...body.data };
  if (file.immutable && parseLogPath(path) === 'immutable') await files.put([file]);
  return file;
}

function serve(context: RouteContext, { path, bytes }: LogFile, caching: string): Response {
  const etag = `"${bytesToHex(sha256(bytes)).slice(0, 32)}"`;
  const headers = {
    etag,
    'cache-control': caching,
    'content-type': contentTypeOf(path, bytes),
    'x-content-type-options': 'nosniff',
    ...(isBlobPath(path) && { 'content-security-policy': "default-src 'none'; sandbox" }),
  };
  const known = context.req
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(bytes), { headers });
}
