/** `GET /healthz`, `GET /metrics`. */
import type { HealthReply } from '@fairground/protocol';
import type { Registry } from 'prom-client';
import type { AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { RelayStore } from '../store/ports.ts';
import { type App, answer } from './context.ts';

export interface OperationRouteDeps {
  readonly store: RelayStore;
  readonly links: AuthorityLinks;
  readonly registry: Registry;
}

export function addOperationRoutes(app: App, { store, links, registry }: OperationRouteDeps): void {
  app.get('/healthz', async () => {
    const reasons = [...(await storeTrouble(store))];
    const isAuthorityThere = links.newest !== undefined;
    const body = { ok: reasons.length === 0, reasons, authority: isAuthorityThere } satisfies HealthReply & {
      authority: boolean;
    };
    return answer(body, body.ok ? 200 : 503);
  });

  app.get('/metrics', async () => {
    const headers = { 'content-type': registry.contentType, 'cache-control': 'no-store' };
    return new Response(await registry.metrics(), { headers });
  });
}

async function storeTrouble(store: RelayStore): Promise<readonly string[]> {
  return store.mailbox.lastId().then(
    () => [],
    () => ['the store does not answer: the relay must be restarted or its disk freed'],
  );
}
