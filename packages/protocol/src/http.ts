/** Paths, parameters and bodies of the relay's HTTP interface. */
import { z } from 'zod';
import { type Cap, type Code, type Did, type RoomId, type WorldId, visibilities } from './ids.ts';
import { SignedJson, zBase64url, zCap, zCode, zDid, zRoomId, zUint, zWorldId } from './schema.ts';

export const zVisibility = z.enum(visibilities);

/** The header that carries a capability where a query parameter would be logged. */
export const CAP_HEADER = 'fairground-capability';
/** The query parameters of sockets and of plain links. */
export const TOKEN_PARAMETER = 'token';
export const CAP_PARAMETER = 'cap';
export const CBOR_TYPE = 'application/cbor';
export const PROBLEM_TYPE = 'application/problem+json';

export const paths = {
  challenge: (key: Did) => `/session/challenge?key=${encodeURIComponent(key)}`,
  session: () => '/session',
  /** y-websocket appends `/<name>` itself. */
  docs: () => '/docs',
  repo: () => '/repo',
  mail: () => '/mail',
  worlds: () => '/worlds',
  intents: (world: WorldId) => `/worlds/${world}/intents`,
  seen: (world: WorldId) => `/worlds/${world}/seen`,
  /** What its authority has lost of a log, and where those who kept it bring it. */
  sought: (world: WorldId) => `/worlds/${world}/sought`,
  suffix: (world: WorldId) => `/worlds/${world}/suffix`,
  head: (world: WorldId, key: Did) => `/worlds/${world}/head?key=${encodeURIComponent(key)}`,
  code: (code: Code) => `/codes/${code}`,
  room: (room: RoomId, cap?: Cap) => `/rooms/${room}${cap ? `?cap=${cap}` : ''}`,
  /** `path`: `checkpoint`, `tile/…`, `world.json`, `bundle.fair`, `snapshot/<hex>`, `blob/<hex>`, `escrow`. */
  log: (world: WorldId, path: string) => `/log/${world}/${path}`,
  authority: () => '/authority',
  bank: () => '/bank',
  /** The relay's own key, and the prefix of its C2SP tlog-witness. */
  witness: () => '/witness',
  addCheckpoint: () => '/witness/add-checkpoint',
  health: () => '/healthz',
  metrics: () => '/metrics',
} as const;

/** `POST /worlds` 200. `cap` is null for a listed room. */
export const CreateReply = z.strictObject({
  world: zWorldId,
  room: zRoomId,
  cap: zCap.nullable(),
  code: zCode.nullable(),
});
export type CreateReply = z.infer<typeof CreateReply>;

/** Why the rules refused an intent that is in the log all the same. */
export const RefusedReply = z.strictObject({ code: z.string(), detail: z.string() });
export type RefusedReply = z.infer<typeof RefusedReply>;

/** `POST /worlds/<w>/intents` 200: it is in the ledger. */
export const IntentReply = z.strictObject({
  receipt: SignedJson,
  seen: SignedJson,
  refused: RefusedReply.nullable(),
});
export type IntentReply = z.infer<typeof IntentReply>;

/** `POST /worlds/<w>/intents` 202: the relay holds it durably and hands it over when the authority is back. */
export const KeptReply = z.strictObject({ kept: z.literal(true), seen: SignedJson });
export type KeptReply = z.infer<typeof KeptReply>;

/** `POST /worlds/<w>/seen` 200: `logged` says whether the rules had a use for it. */
export const SeenReply = z.strictObject({ logged: z.boolean() });
export type SeenReply = z.infer<typeof SeenReply>;

/** The entries from `from` on, at least up to `size`. */
export const Sought = z.strictObject({ from: zUint, size: zUint });
export type Sought = z.infer<typeof Sought>;
/** `GET /worlds/<w>/sought` 200. */
export const SoughtReply = z.strictObject({ sought: Sought.nullable() });
export type SoughtReply = z.infer<typeof SoughtReply>;
/** `POST /worlds/<w>/suffix` 200: whether it was what was sought. */
export const SuffixReply = z.strictObject({ taken: z.boolean() });
export type SuffixReply = z.infer<typeof SuffixReply>;

/** `GET /worlds/<w>/head?key=` 200: the last admitted intent of a key; `proof` is a `.tlog-proof`. */
export const HeadReply = z.strictObject({ seq: zUint, hash: zBase64url, index: zUint, proof: z.string() });
export type HeadReply = z.infer<typeof HeadReply>;

/** `POST /codes/<six digits>` 200. */
export const CodeReply = z.strictObject({
  room: zRoomId,
  world: zWorldId,
  cap: zCap.nullable(),
  visibility: zVisibility,
});
export type CodeReply = z.infer<typeof CodeReply>;

/** `GET /rooms/<room>` 200. */
export const RoomReply = z.strictObject({
  room: zRoomId,
  world: zWorldId,
  game: z.string(),
  visibility: zVisibility,
  code: zCode.nullable(),
  title: z.string(),
});
export type RoomReply = z.infer<typeof RoomReply>;

/** `GET /authority` 200. `origin` is the prefix of its worlds' origins; `rules` is hex; `now` is the relay's clock, ms: a first guess of the authority's. */
export const AuthorityReply = z.strictObject({
  name: z.string(),
  key: zDid,
  vkey: z.string(),
  origin: z.string(),
  now: zUint,
  games: z.array(
    z.strictObject({ name: z.string(), version: zUint, rules: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type AuthorityReply = z.infer<typeof AuthorityReply>;

/** `GET /witness` 200: whose word a sighting or a cosignature of this relay is. */
export const WitnessReply = z.strictObject({ key: zDid, vkey: z.string() });
export type WitnessReply = z.infer<typeof WitnessReply>;

/** A topic that can be played; `plain`: how many of `count` a match asks whose host has switched no more kinds on. */
export const BankTopic = z.strictObject({
  topic: z.string(),
  language: z.string(),
  count: zUint,
  plain: zUint.exactOptional(),
});
/** `GET /bank` 200: what can be played. */
export const BankReply = z.array(BankTopic);
export type BankReply = z.infer<typeof BankReply>;

/** `GET /healthz`. */
export const HealthReply = z.object({ ok: z.boolean(), reasons: z.array(z.string()) });
export type HealthReply = z.infer<typeof HealthReply>;
