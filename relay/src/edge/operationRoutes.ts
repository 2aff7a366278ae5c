/** `GET /healthz`, `GET /metrics`. */
import type { HealthReply, StatsFrame } from '@fairground/protocol';
import type { Registry } from 'prom-client';
import type { AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { RelayStore } from '../store/ports.ts';
import { formatAuthorityStats } from './authorityStats.ts';
import { type App, answer } from './context.ts';

export interface OperationRouteDeps {
  readonly store: RelayStore;
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
    const isAuthorityThere = links.newest !== undefined;
    const health: HealthReply = { ok: reasons.length === 0, reasons };
    const body = { ...health, authority: isAuthorityThere, address: address ?? null };
    return answer(body, health.ok ? 200 : 503);
  });

  app.get('/metrics', async () => {
    const headers = { 'content-type': registry.contentType, 'cache-control': 'no-store' };
    return new Response((await registry.metrics()) + formatAuthorityStats(online()), { headers });
  });
}

async function storeTrouble(store: RelayStore): Promise<readonly string[]> {
  return store.mailbox.lastId().then(
    () => [],
    () => ['the store does not answer: the relay must be restarted or its disk freed'],
  );
}
