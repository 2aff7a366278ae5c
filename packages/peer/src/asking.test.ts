import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decodePair, parseSeen, seedSigner, unwrap, verifyPair } from '@fairground/ledger';
import { formatWorldId, paths } from '@fairground/protocol';
import { expect, it } from 'vitest';
import { createAsking } from './asking.ts';
import { createHttp } from './http.ts';
import type { Identity } from './identity.ts';

it('[D25] a device vouches for an intent by a signed sighting, and hears whether it was logged', async () => {
  const world = new Uint8Array(32).fill(3);
  const posted: { url?: string | undefined; body?: Uint8Array }[] = [];
  const server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => void parts.push(part));
    request.on('end', () => {
      posted.push({ url: request.url, body: new Uint8Array(Buffer.concat(parts)) });
      response.setHeader('content-type', 'application/json').end('{"logged":true}');
    });
  }).listen(0);
  await once(server, 'listening');
  const http = createHttp(`http://localhost:${(server.address() as AddressInfo).port}`, { fetch });
  const identity: Identity = {
    ...seedSigner(new Uint8Array(32).fill(1)),
    did: 'did:key:z',
    protected: false,
  };
  const session = { token: async () => undefined, renew: async () => undefined };
  const clock = { now: () => 77, setTimer: () => () => {} };
  const random = (n: number) => new Uint8Array(n);
  const asking = createAsking({ http, session: session as never, identity, clock, random });
  const head = { size: 9, root: new Uint8Array(32).fill(4) };
  const intentHash = new Uint8Array(32).fill(5);
  const reply = await asking.vouch({ world: formatWorldId(world), lot: 2, intentHash, head });
  server.close();
  expect(reply).toEqual({ ok: true, value: { logged: true } });
  expect(posted[0]?.url).toBe(paths.seen(formatWorldId(world)));
  const pair = unwrap(decodePair(posted[0]?.body ?? new Uint8Array(0)));
  const seen = unwrap(parseSeen(pair.bytes));
  expect(seen).toMatchObject({ world, lot: 2, intentHash, witness: identity.key, headSize: 9, at: 77 });
  expect(await verifyPair('seen', seen.witness, pair)).toBe(true);
});
