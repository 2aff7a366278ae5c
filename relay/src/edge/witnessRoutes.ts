/** `GET /witness`: whose word this relay's is. `POST /witness/add-checkpoint`: its C2SP tlog-witness. */
import { formatVkey } from '@fairground/ledger';
import { type WitnessReply, formatDid, limits, paths } from '@fairground/protocol';
import type { Cosigner } from '../witness/cosigner.ts';
import { type App, answer, callerOf, problem, readBody } from './context.ts';
import type { Rates } from './rates.ts';

export interface WitnessRouteDeps {
  readonly cosigner: Cosigner;
  readonly rates: Rates;
  readonly trustProxy: boolean;
}

export function addWitnessRoutes(app: App, { cosigner, rates, trustProxy }: WitnessRouteDeps): void {
  const { vkey } = cosigner;
  app.get(paths.witness(), () =>
    answer({ key: formatDid(vkey.key), vkey: formatVkey(vkey) } satisfies WitnessReply),
  );
  app.post(paths.addCheckpoint(), async (context) => {
    const wait = rates.take(limits.cosignatures, callerOf(context, trustProxy));
    if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
    const body = await readBody(context.req.raw, limits.bodyBytes.max);
    if (!body) return problem('body_too_large');
    const { status, contentType, body: text } = await cosigner.addCheckpoint(body);
    return new Response(text, {
      status,
      headers: { 'content-type': contentType, 'cache-control': 'no-store' },
    });
  });
}
