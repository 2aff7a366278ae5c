/**
 * Relay ↔ authority: CBOR frames over a duplex port. The relay hands mail over until it is answered; the authority answers each mail once
 * (again for a redelivered one: it is idempotent by intent hash and create nonce) and pushes what it publishes.
 */
import { type Bytes, type Cbor, type Result, decodeCbor, encodeCbor, err, ok } from '@fairground/ledger';
import { z } from 'zod';
import { BankTopic, Sought, zVisibility } from './http.ts';
import { CAP_BYTES, ROOM_BYTES, WORLD_BYTES } from './ids.ts';
import { limits } from './limits.ts';
import { zBytes, zCbor, zUint } from './schema.ts';

/** An authority is moved by hand, and rarely. */
export const MOST_FORMER_KEYS = 32;

const zPair = z.tuple([zBytes(), zBytes(64)]);
const zWorld = zBytes(WORLD_BYTES);
const zRoom = zBytes(ROOM_BYTES);

/** Who may have carried an intent to the authority; its entry says which. */
export const carriers = ['relay', 'peer', 'local'] as const;
export type Carrier = (typeof carriers)[number];

/** `payload` + `sig` are the signed pair; for `head` the payload is the raw key, for `suffix` a batch of a tail, and there is no `sig`. `rtt` in ms, `seen` is the relay's word. */
const Mail = z.strictObject({
  t: z.literal('mail'),
  id: zUint,
  kind: z.enum(['intent', 'create', 'head', 'seen', 'suffix']),
  world: zWorld.optional(),
  payload: zBytes(),
  sig: zBytes(64).optional(),
  via: z.enum(carriers),
  rtt: zUint.optional(),
  seen: zPair.optional(),
});
/** A log file that the relay does not hold; `id` is of the same sequence as the mails'. */
const Get = z.strictObject({ t: z.literal('get'), id: zUint, world: zWorld, path: z.string() });

/** What the authority wanted back; null if the relay does not hold it. */
const Given = z.strictObject({ t: z.literal('given'), id: zUint, bytes: zBytes().nullable() });

/** Somebody looks at the world's `view` document, or nobody does any more: pictures are drawn for those who look. Said again to each new link. */
const Watched = z.strictObject({ t: z.literal('watched'), world: zWorld, watched: z.boolean() });

export const ToAuthority = z.discriminatedUnion('t', [Mail, Get, Given, Watched]);
export type ToAuthority = z.infer<typeof ToAuthority>;
export type MailFrame = z.infer<typeof Mail>;
export type GivenFrame = z.infer<typeof Given>;
export type WatchedFrame = z.infer<typeof Watched>;

/** A key that was handed on: its word, and the newest one's, over `fairground/heir/v1`. */
const FormerKey = z.strictObject({ key: zBytes(32), sigOld: zBytes(64), sigNew: zBytes(64) });
export type FormerKey = z.infer<typeof FormerKey>;

/** First frame of a link. A link with a lower epoch than one that was seen of that key is closed (`link_replaced`). */
const Hello = z.strictObject({
  t: z.literal('hello'),
  name: z.string(),
  key: zBytes(32),
  vkey: z.string(),
  games: z.array(z.strictObject({ name: z.string(), version: zUint, rules: zBytes(32) })),
  epoch: zUint,
  /** What they have published is this key's from now on. */
  former: z.array(FormerKey).max(MOST_FORMER_KEYS).optional(),
});
/** Only now may the relay forget the mail. `body` is one of the reply bodies below, or a `ProblemBody` for status ≥ 400. */
const Reply = z.strictObject({
  t: z.literal('reply'),
  id: zUint,
  status: z.int().min(200).max(599),
  body: zCbor,
});
/** Sent before the reply to the create that made it. `cap` is null exactly for listed rooms: the relay hands it out for the code. */
const Room = z.strictObject({
  t: z.literal('room'),
  room: zRoom,
  visibility: zVisibility,
  cap: zBytes(CAP_BYTES).nullable(),
  code: z
    .string()
    .regex(/^[0-9]{6}$/)
    .nullable(),
  world: zWorld,
  game: z.string(),
  title: z.string(),
});
const World = z.strictObject({ t: z.literal('world'), world: zWorld, room: zRoom, origin: z.string() });
/** A full or incremental Yjs update of a document of the authority's. */
const Doc = z.strictObject({ t: z.literal('doc'), name: z.string(), update: zBytes() });
/** Throws the stored document away, and its readers out (`document_reset`). */
const DocReset = z.strictObject({ t: z.literal('doc.reset'), name: z.string(), update: zBytes() });
const Log = z.strictObject({
  t: z.literal('log'),
  world: zWorld,
  path: z.string(),
  bytes: zBytes(),
  immutable: z.boolean(),
});
/** `bytes` is the saved Automerge document; `docId` its bs58check id. */
const Segment = z.strictObject({
  t: z.literal('segment'),
  world: zWorld,
  n: zUint,
  docId: z.string(),
  bytes: zBytes(),
});
const Bank = z.strictObject({
  t: z.literal('bank'),
  topics: z.array(BankTopic),
});

/** Asks for what the authority itself has published and lost: `tail` (the whole document as one Yjs update) or a path of the log. */
const Want = z.strictObject({ t: z.literal('want'), id: zUint, world: zWorld, path: z.string() });
/** Asks everybody for what this authority has lost of a log; null when it lacks nothing any more. */
const Seek = z.strictObject({ t: z.literal('seek'), world: zWorld, range: Sought.nullable() });
/** How the authority fares, every few seconds: `reasons` are sentences for the operator, none when all is well. Whole numbers only. */
const Stats = z.strictObject({
  t: z.literal('stats'),
  reasons: z.array(z.string()).max(100),
  values: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z_]{0,60}$/),
        kind: z.enum(['counter', 'gauge']),
        help: z.string(),
        labels: z.record(z.string().regex(/^[a-z][a-z_]{0,30}$/), z.string()),
        value: zUint,
      }),
    )
    .max(100),
});

export const ToRelay = z.discriminatedUnion('t', [
  Hello,
  Reply,
  Room,
  World,
  Doc,
  DocReset,
  Log,
  Segment,
  Bank,
  Want,
  Seek,
  Stats,
]);
export type ToRelay = z.infer<typeof ToRelay>;
export type HelloFrame = z.infer<typeof Hello>;
export type ReplyFrame = z.infer<typeof Reply>;
export type RoomFrame = z.infer<typeof Room>;
export type WantFrame = z.infer<typeof Want>;
export type SeekFrame = z.infer<typeof Seek>;
export type StatsFrame = z.infer<typeof Stats>;

/** Bodies of replies with status 200, by the kind of what was asked. */
export const IntentReplyBody = z.strictObject({
  receipt: zPair,
  refused: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
});
export type IntentReplyBody = z.infer<typeof IntentReplyBody>;
export const CreateReplyBody = z.strictObject({
  world: zWorld,
  room: zRoom,
  cap: zBytes(CAP_BYTES).nullable(),
  code: z
    .string()
    .regex(/^[0-9]{6}$/)
    .nullable(),
});
export type CreateReplyBody = z.infer<typeof CreateReplyBody>;
export const HeadReplyBody = z.strictObject({
  seq: zUint,
  hash: zBytes(32),
  index: zUint,
  proof: z.string(),
});
export type HeadReplyBody = z.infer<typeof HeadReplyBody>;
export const GetReplyBody = z.strictObject({ bytes: zBytes(), immutable: z.boolean() });
export type GetReplyBody = z.infer<typeof GetReplyBody>;
/** `logged`: false where the rules have no use for it (any more). */
export const SeenReplyBody = z.strictObject({ logged: z.boolean() });
export type SeenReplyBody = z.infer<typeof SeenReplyBody>;
/** `taken`: it was what this authority had lost. */
export const SuffixReplyBody = z.strictObject({ taken: z.boolean() });
export type SuffixReplyBody = z.infer<typeof SuffixReplyBody>;
/** Body of a reply with status ≥ 400. */
export const ProblemBody = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  detail: z.string().optional(),
  retryAfter: zUint.optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

/** One end of a link. Frames that arrive before there is a listener wait for it. */
export interface LinkPort {
  send(frame: Bytes): void;
  onFrame(listener: (frame: Bytes) => void): void;
  /** Called once, also when closed from this side. */
  onClose(listener: () => void): void;
  close(reason?: string): void;
}

/** Throws for a frame that has no encoding: a bug of the sender. Members that are undefined are left out. */
export function encodeFrame(frame: ToAuthority | ToRelay): Bytes {
  const present = Object.entries(frame).filter(([, value]) => value !== undefined);
  return encodeCbor(Object.fromEntries(present) as Cbor);
}

export function decodeToAuthority(bytes: Bytes): Result<ToAuthority, 'link_malformed'> {
  return decodeFrame(ToAuthority, bytes);
}

export function decodeToRelay(bytes: Bytes): Result<ToRelay, 'link_malformed'> {
  return decodeFrame(ToRelay, bytes);
}

function decodeFrame<T>(schema: z.ZodType<T>, bytes: Bytes): Result<T, 'link_malformed'> {
  if (bytes.length > limits.linkFrameBytes.max) return err('link_malformed', 'frame_too_large');
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return err('link_malformed', decoded.code);
  const frame = schema.safeParse(decoded.value);
  return frame.success ? ok(frame.data) : err('link_malformed', z.prettifyError(frame.error));
}
