/** `POST /worlds`, `POST /worlds/<world>/intents`, `POST /worlds/<world>/seen`, `GET /worlds/<world>/head`: what the authority answers through the relay. */
import {
  type Cbor,
  type IntentParts,
  type Result,
  type SignedPair,
  bytesToBase64url,
  bytesToHex,
  decodePair,
  equalBytes,
  err,
  intentHash,
  isBytes,
  ok,
  pairToJson,
  parseCreate,
  parseIntent,
  parsePublicKey,
  parseSeen,
  verifyPair,
} from '@fairground/ledger';
import {
  type CreateReply,
  CreateReplyBody,
  type HeadReply,
  HeadReplyBody,
  type IntentReply,
  IntentReplyBody,
  type KeptReply,
  ProblemBody,
  type SeenReply,
  SeenReplyBody,
  formatCap,
  formatRoomId,
  formatWorldId,
  limits,
  parseCode,
  parseDid,
  parseWorldId,
  didBytes,
  problemRow,
  worldBytes,
} from '@fairground/protocol';
import type { Answer, AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { MailDesk, Outcome } from '../mailbox/mailDesk.ts';
import type { RoundTrips } from '../mailbox/roundTrips.ts';
import type { WorldRecord } from '../store/ports.ts';
import type { Witness } from '../witness/witness.ts';
import { type App, answer, callerOf, capOf, problem, readBody } from './context.ts';
import type { Rates } from './rates.ts';
import type { RoomBook } from './roomBook.ts';

export interface MailRouteDeps {
  readonly rooms: RoomBook;
  readonly links: AuthorityLinks;
  readonly desk: MailDesk;
  readonly witness: Witness;
  readonly rates: Rates;
  readonly roundTrips: RoundTrips;
  readonly trustProxy: boolean;
  readonly counted: (what: 'intent' | 'create', outcome: string) => void;
}

export function addMailRoutes(app: App, deps: MailRouteDeps): void {
  app.post('/worlds', async (context) => {
    const response = await create(deps, context.req.raw, callerOf(context, deps.trustProxy));
    deps.counted('create', String(response.status));
    return response;
  });
  app.post('/worlds/:world/intents', async (context) => {
    const response = await postIntent(deps, context.req.raw, {
      world: context.req.param('world'),
      address: callerOf(context, deps.trustProxy),
    });
    deps.counted('intent', String(response.status));
    return response;
  });
  app.post('/worlds/:world/seen', (context) => postSeen(deps, context.req.raw, context.req.param('world')));
  app.get('/worlds/:world/head', async (context) => {
    const world = parseWorldId(context.req.param('world'));
    const read = world.ok ? deps.rooms.mayReadWorld(world.value, capOf(context)) : undefined;
    if (!read) return problem('world_unknown');
    if (!read.ok) return problem(read.code);
    const key = parseDid(context.req.query('key') ?? '');
    return key.ok ? head(deps, read.value, didBytes(key.value)) : problem('key_refused');
  });
}

async function create({ links, rates }: MailRouteDeps, request: Request, address: string): Promise<Response> {
  const pair = await readPair(request);
  if (!pair.ok) return problem(pair.code);
  const parsed = parseCreate(pair.value.bytes);
  if (!parsed.ok) return problem(parsed.code);
  const host = parsePublicKey(parsed.value.host);
  if (!host.ok) return problem('key_refused');
  if (!(await verifyPair('create', host.value, pair.value))) return problem('signature_invalid');
  const authority = bytesToHex(parsed.value.authority);
  if (!links.isOnline(authority))
    return problem(links.isKnown(authority) || !links.newest ? 'authority_away' : 'authority_unknown');
  const wait =
    rates.take(limits.creates, bytesToHex(host.value)) ?? rates.take(limits.createsPerAddress, address);
  if (wait !== undefined) return problem('worlds_exceeded', { retryAfter: wait });
  const reply = await links.ask(authority, {
    kind: 'create',
    payload: pair.value.bytes,
    sig: pair.value.sig,
  });
  return passOn(reply, CreateReplyBody, ({ world, room, cap, code }) => {
    const digits = code === null ? undefined : parseCode(code);
    const text: CreateReply = {
      world: formatWorldId(world),
      room: formatRoomId(room),
      cap: cap && formatCap(cap),
      code: digits?.ok ? digits.value : null,
    };
    return answer(text);
  });
}

async function head(
  { links }: MailRouteDeps,
  { world, authority }: WorldRecord,
  key: Uint8Array,
): Promise<Response> {
  const reply = await links.ask(bytesToHex(authority), { kind: 'head', world: worldBytes(world), key });
  return passOn(reply, HeadReplyBody, ({ seq, hash, index, proof }) =>
    answer({ seq, hash: bytesToBase64url(hash), index, proof } satisfies HeadReply),
  );
}

async function postIntent(
  deps: MailRouteDeps,
  request: Request,
  to: { readonly world: string; readonly address: string },
): Promise<Response> {
  const id = parseWorldId(to.world);
  const world = id.ok ? deps.rooms.world(id.value) : undefined;
  if (!world) return problem('world_unknown');
  const pair = await readPair(request);
  if (!pair.ok) return problem(pair.code);
  const intent = await openIntent(pair.value);
  if (!intent.ok) return problem(intent.code);
  const { key } = intent.value;
  if (!equalBytes(intent.value.world, worldBytes(world.world))) return problem('world_mismatch');
  const wait = deps.rates.take(limits.intents, bytesToHex(key));
  if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
  const hash = intentHash(pair.value.bytes);
  const see = () =>
    deps.witness.see({
      world: world.world,
      worldBytes: intent.value.world,
      lot: lotOf(intent.value.body),
      intentHash: hash,
    });
  const outcome = await deps.desk.post({
    authority: bytesToHex(world.authority),
    world: intent.value.world,
    key,
    address: to.address,
    hash,
    pair: pair.value,
    rtt: deps.roundTrips.least(bytesToHex(key)),
    see,
  });
  return toResponse(outcome);
}

/** A sighting is worth something only now, and its witness keeps it: it is not kept here. */
async function postSeen(
  { rooms, links, rates }: MailRouteDeps,
  request: Request,
  worldText: string,
): Promise<Response> {
  const id = parseWorldId(worldText);
  const world = id.ok ? rooms.world(id.value) : undefined;
  if (!world) return problem('world_unknown');
  const pair = await readPair(request, limits.seenBytes.max);
  if (!pair.ok) return problem(pair.code);
  const { bytes, sig } = pair.value;
  const seen = parseSeen(bytes);
  if (!seen.ok) return problem(seen.code);
  const witness = parsePublicKey(seen.value.witness);
  if (!witness.ok) return problem('key_refused');
  if (!(await verifyPair('seen', witness.value, pair.value))) return problem('signature_invalid');
  if (!equalBytes(seen.value.world, worldBytes(world.world))) return problem('world_mismatch');
  const wait = rates.take(limits.sightings, bytesToHex(witness.value));
  if (wait !== undefined) return problem('rate_limited', { retryAfter: wait });
  const to = { kind: 'seen', world: seen.value.world, payload: bytes, sig } as const;
  const reply = await links.ask(bytesToHex(world.authority), to);
  return passOn(reply, SeenReplyBody, ({ logged }) => answer({ logged } satisfies SeenReply));
}

const STORE_AGAIN_S = 2;

function toResponse(outcome: Outcome): Response {
  switch (outcome.kind) {
    case 'full':
      return problem('mailbox_full', { retryAfter: outcome.limit.retryAfter });
    case 'unstored':
      return problem('storage_failed', { retryAfter: STORE_AGAIN_S });
    case 'kept':
      return answer({ kept: true, seen: pairToJson(outcome.seen) } satisfies KeptReply, 202);
    case 'replied':
      return passOn(outcome.answer, IntentReplyBody, ({ receipt: [bytes, sig], refused }) =>
        answer({
          receipt: pairToJson({ bytes, sig }),
          seen: pairToJson(outcome.seen),
          refused,
        } satisfies IntentReply),
      );
  }
}

interface BodySchema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** An authority's answer as HTTP: its own body, its problem, or ours when it is away or talks nonsense. */
function passOn<T>(
  reply: Answer | undefined,
  schema: BodySchema<T>,
  respond: (body: T) => Response,
): Response {
  if (!reply) return problem('authority_away');
  if (reply.status >= 400) return passProblem(reply);
  const body = schema.safeParse(reply.body);
  return body.success ? respond(body.data) : problem('internal');
}

function passProblem({ status, body }: Answer): Response {
  const parsed = ProblemBody.safeParse(body);
  if (!parsed.success) return problem('internal');
  const { code, detail, retryAfter } = parsed.data;
  return problem(code, { status, detail: detail ?? problemRow(code).detail, retryAfter });
}

async function readPair(
  request: Request,
  max: number = limits.bodyBytes.max,
): Promise<Result<SignedPair, 'body_too_large' | 'pair_malformed'>> {
  const body = await readBody(request, max);
  return body ? decodePair(body) : err('body_too_large');
}

/** Size, form, key and signature, before anything is remembered. */
async function openIntent(pair: SignedPair): Promise<Result<IntentParts, string>> {
  const intent = parseIntent(pair.bytes);
  if (!intent.ok) return intent;
  const key = parsePublicKey(intent.value.key);
  if (!key.ok) return err('key_refused', key.code);
  return (await verifyPair('intent', key.value, pair)) ? ok(intent.value) : err('signature_invalid');
}

/** A sealed intent says in the clear which lot it is for. */
function lotOf(body: { readonly [field: string]: Cbor }): number | null {
  const { lot, seal } = body;
  const isSealed =
    typeof lot === 'number' &&
    lot >= 0 &&
    typeof seal === 'object' &&
    seal !== null &&
    !Array.isArray(seal) &&
    !isBytes(seal);
  return isSealed ? lot : null;
}
