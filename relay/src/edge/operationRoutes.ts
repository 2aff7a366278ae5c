/** `GET /healthz`, `GET /metrics`. */
import type { HealthReply, StatsFrame } from '@fairground/protocol';
import type { Registry } from 'prom-client';
import type { AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { WatchedStore } from '../store/watchStore.ts';
import { formatAuthorityStats } from './authorityStats.ts';
import { type App, answer } from './context.ts';

export interface OperationRouteDeps {
  readonly store: Pick<WatchedStore, 'trouble'>;
  readonly links: AuthorityLinks;
  readonly registry: Registry;
  /** What each authority said last, by its key in hex. */
  stats(): ReadonlyMap<string, StatsFrame>;
  /** Where phones in the same network find this relay; a page on the machine itself only knows `localhost`. */
  readonly address: string | undefined;
}

export function addOperationRoutes(app: App, deps: OperationRouteDeps): void {
  const { store, links, registry, address } = deps;
  const online = () => new Map([...deps.stats()].filter(([authority]) => links.isOnline(authority)));
  app.get('/healthz', async () => {
    const ofAuthorities = [...online().values()].flatMap(({ reasons }) => reasons);
    const reasons = [...(await storeTrouble(store)), ...ofAuthorities];
    const isAuthorityThere = links.isAnyOnline;
    const health: HealthReply = { ok: reasons.length === 0, reasons };
    const body = { ...health, authority: isAuthorityThere, address: address ?? null };
    return answer(body, health.ok ? 200 : 503);
  });

  app.get('/metrics', async () => {
    const headers = { 'content-type': registry.contentType, 'cache-control': 'no-store' };
    return new Response((await registry.metrics()) + formatAuthorityStats(online()), { headers });
  });
}

const troubles = {
  silent: 'the store does not answer: the relay must be restarted or its disk freed',
  full: 'the store cannot be written: free its disk or make it writable; the relay goes on by itself',
} as const;

async function storeTrouble(store: Pick<WatchedStore, 'trouble'>): Promise<readonly string[]> {
  const trouble = await store.trouble();
  return trouble ? [troubles[trouble]] : [];
}
