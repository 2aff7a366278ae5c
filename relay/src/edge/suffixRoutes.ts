/** `GET /worlds/<world>/sought` and `POST /worlds/<world>/suffix`: what an authority has lost, and those who kept it. */
import { bytesToHex } from '@fairground/ledger';
import {
  type SoughtReply,
  type SuffixReply,
  SuffixReplyBody,
  decodeTailBatch,
  limits,
  parseWorldId,
  worldBytes,
} from '@fairground/protocol';
import type { AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { SoughtLogs } from '../mailbox/soughtLogs.ts';
import { type App, type RouteContext, answer, callerOf, capOf, problem, readBody } from './context.ts';
import type { Rates } from './rates.ts';
import type { RoomBook } from './roomBook.ts';

export interface SuffixRouteDeps {
  readonly rooms: RoomBook;
  readonly links: AuthorityLinks;
  readonly sought: SoughtLogs;
  readonly rates: Rates;
  readonly trustProxy: boolean;
}

export function addSuffixRoutes(app: App, deps: SuffixRouteDeps): void {
  app.get('/worlds/:world/sought', (context) => {
    const world = readable(deps, context);
    if (world instanceof Response) return world;
    return answer({ sought: deps.sought.of(world.world) ?? null } satisfies SoughtReply);
  });
  app.post('/worlds/:world/suffix', async (context) => {
    const world = readable(deps, context);
    if (world instanceof Response) return world;
    const sought = deps.sought.of(world.world);
    // Nothing is read that nobody wants.
    if (!sought) return answer({ taken: false } satisfies SuffixReply);
    const wait = deps.rates.take(limits.suffixes, callerOf(context, deps.trustProxy));
    if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
    const payload = await readBody(context.req.raw, limits.suffixBytes.max);
    if (!payload) return problem('body_too_large');
    const batch = decodeTailBatch(payload);
    if (!batch.ok || batch.value.first > sought.from) return problem('link_malformed');
    const question = { kind: 'suffix', world: worldBytes(world.world), payload } as const;
    const reply = await deps.links.ask(bytesToHex(world.authority), question);
    const body = SuffixReplyBody.safeParse(reply?.body);
    if (reply?.status !== 200 || !body.success) return problem('authority_away');
    return answer({ taken: body.data.taken } satisfies SuffixReply);
  });
}

function readable({ rooms }: SuffixRouteDeps, context: RouteContext) {
  const id = parseWorldId(context.req.param('world') ?? '');
  const world = id.ok ? rooms.mayReadWorld(id.value, capOf(context)) : undefined;
  if (!world) return problem('world_unknown');
  return world.ok ? world.value : problem(world.code);
}
