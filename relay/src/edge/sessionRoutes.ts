/** `GET /session/challenge`, `POST /session`. */
import { bytesToUtf8 } from '@fairground/ledger';
import { SessionRequest, limits, parseDid } from '@fairground/protocol';
import { type App, answer, callerOf, problem, readBody } from './context.ts';
import type { HostNames } from './hosts.ts';
import type { Rates } from './rates.ts';
import type { Sessions } from './sessions.ts';

export interface SessionRouteDeps {
  readonly sessions: Sessions;
  readonly hosts: HostNames;
  readonly rates: Rates;
  readonly trustProxy: boolean;
}

export function addSessionRoutes(app: App, { sessions, hosts, rates, trustProxy }: SessionRouteDeps): void {
  app.get('/session/challenge', (context) => {
    const wait = rates.take(limits.sessionRequests, callerOf(context, trustProxy));
    if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
    const key = parseDid(context.req.query('key') ?? '');
    return key.ok ? answer(sessions.challenge(key.value)) : problem('key_refused');
  });

  app.post('/session', async (context) => {
    const wait = rates.take(limits.sessionRequests, callerOf(context, trustProxy));
    if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
    const names = hosts.match(context.req.header('host'));
    if (names.length === 0) return problem('host_unknown');
    const body = await readBody(context.req.raw, limits.bodyBytes.max);
    if (!body) return problem('body_too_large');
    const request = SessionRequest.safeParse(parseJson(bytesToUtf8(body)));
    if (!request.success) return problem('frame_malformed');
    const opened = await sessions.open(request.data, names);
    return opened.ok ? answer(opened.value) : problem(opened.code);
  });
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
