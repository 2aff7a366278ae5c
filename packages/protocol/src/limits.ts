/** Every limit in one table: how much, of what, by whom, and the code that says so. */
import { MAX_INTENT_BYTES } from '@fairground/ledger';
import type { ProblemCode } from './problems.ts';

export interface Limit {
  readonly max: number;
  /** What is counted, and over whom. An `address` is an IPv4 address or an IPv6 /64, a `seat` a key in one world. */
  readonly per:
    | 'frame'
    | 'document'
    | 'connection'
    | 'session'
    | 'address'
    | 'key'
    | 'seat'
    | 'world'
    | 'request'
    | 'relay';
  /** The window of a rate; the budget refills evenly over it. */
  readonly windowMs?: number;
  readonly code: ProblemCode;
  /** Seconds until it is worth trying again; absent where waiting does not help. */
  readonly retryAfter?: number;
}

const minute = 60_000;
const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

export const limits = {
  /** One message of a client on /docs or /repo. */
  frameBytes: { max: 64 * KiB, per: 'frame', code: 'frame_too_large' },
  /** What is read of a message before it is refused unread; between the two limits the sender is told why. */
  socketBytes: { max: 128 * KiB, per: 'frame', code: 'frame_too_large' },
  /** One message of the authority's link. */
  linkFrameBytes: { max: 16 * MiB, per: 'frame', code: 'frame_too_large' },
  connections: { max: 512, per: 'address', code: 'connections_exceeded', retryAfter: 30 },
  connectionsTotal: { max: 20_000, per: 'relay', code: 'connections_exceeded', retryAfter: 30 },
  connectionsPerKey: { max: 64, per: 'key', code: 'connections_exceeded', retryAfter: 30 },
  connects: { max: 1200, per: 'address', windowMs: minute, code: 'rate_limited', retryAfter: 5 },
  framesPerConnection: {
    max: 6000,
    per: 'connection',
    windowMs: minute,
    code: 'rate_limited',
    retryAfter: 5,
  },
  bytesPerConnection: {
    max: 16 * MiB,
    per: 'connection',
    windowMs: minute,
    code: 'rate_limited',
    retryAfter: 5,
  },
  /** Requests for a whole document (y-websocket's sync step 1). */
  syncs: { max: 120, per: 'connection', windowMs: minute, code: 'rate_limited', retryAfter: 5 },
  /** Whole documents sent to one address, over all its connections. */
  syncBytes: { max: 256 * MiB, per: 'address', windowMs: minute, code: 'rate_limited', retryAfter: 5 },
  /** What waits in a socket before its reader is dropped. */
  bufferedBytes: { max: 4 * MiB, per: 'connection', code: 'slow_reader', retryAfter: 1 },

  documentBytes: { max: 5 * MiB, per: 'document', code: 'document_full' },
  /** Client ids that a document has ever seen: bounds its state vector below one frame. */
  documentClients: { max: 5000, per: 'document', code: 'document_clients' },
  clientsPerSession: { max: 8, per: 'session', code: 'client_ids' },
  clientsPerKey: { max: 200, per: 'key', code: 'client_ids' },
  /** How far one update may move a writer's clock. */
  clockAdvance: { max: 100_000, per: 'frame', code: 'update_gap' },
  awarenessBytes: { max: 2 * KiB, per: 'frame', code: 'awareness_too_large' },
  awarenessClock: { max: 1000, per: 'frame', code: 'awareness_clock' },

  sessionRequests: { max: 600, per: 'address', windowMs: minute, code: 'rate_limited', retryAfter: 5 },
  requests: { max: 6000, per: 'address', windowMs: minute, code: 'rate_limited', retryAfter: 5 },
  codeLookups: { max: 10, per: 'address', windowMs: minute, code: 'code_attempts', retryAfter: 6 },
  creates: { max: 30, per: 'key', windowMs: 10 * minute, code: 'worlds_exceeded', retryAfter: 60 },
  /** Keys cost nothing, worlds cost disk: who asks with a new key each time is one address all the same. */
  createsPerAddress: {
    max: 120,
    per: 'address',
    windowMs: 10 * minute,
    code: 'worlds_exceeded',
    retryAfter: 60,
  },
  bodyBytes: { max: 16 * KiB, per: 'request', code: 'body_too_large' },
  intentBytes: { max: MAX_INTENT_BYTES, per: 'request', code: 'intent_too_large' },
  seenBytes: { max: KiB, per: 'request', code: 'body_too_large' },
  /** Sightings that one witness may send. */
  sightings: { max: 600, per: 'key', windowMs: minute, code: 'rate_limited', retryAfter: 2 },
  /** Checkpoints that a witness is asked to cosign. */
  cosignatures: { max: 1200, per: 'address', windowMs: minute, code: 'rate_limited', retryAfter: 1 },
  /** What a participant brings back of a log that an authority has lost. */
  suffixBytes: { max: 8 * MiB, per: 'request', code: 'body_too_large' },
  suffixes: { max: 6, per: 'address', windowMs: minute, code: 'rate_limited', retryAfter: 10 },
  intents: { max: 240, per: 'key', windowMs: minute, code: 'rate_limited', retryAfter: 2 },
  /** All entries of one world. A million of them are about 300 MB: no match comes near, and one world cannot have the whole disk. */
  ledgerBytes: { max: GiB, per: 'world', code: 'ledger_full' },
  /**
   * Entries of intents that the rules refused: some fifty honest ones, two of the largest. At this rate 500 seats need two hours to fill
   * a ledger, one seat six weeks. What is past it is not logged.
   */
  refusedBytes: { max: 16 * KiB, per: 'seat', windowMs: minute, code: 'rate_limited', retryAfter: 2 },
  /** One picture of a question, as it is stored and served. */
  pictureBytes: { max: 320 * KiB, per: 'document', code: 'body_too_large' },
  mailboxPending: { max: 64, per: 'key', code: 'mailbox_full', retryAfter: 10 },
  mailboxBytes: { max: MiB, per: 'key', code: 'mailbox_full', retryAfter: 10 },
  /** Keys cost nothing: what one address may leave waiting for an authority that is away, under whatever keys. */
  mailboxPerAddress: { max: 2000, per: 'address', code: 'mailbox_full', retryAfter: 10 },
  mailboxPerWorld: { max: 20_000, per: 'world', code: 'mailbox_full', retryAfter: 10 },
  chatBytes: { max: 2 * KiB, per: 'frame', code: 'frame_too_large' },
  reactionBytes: { max: 256, per: 'frame', code: 'frame_too_large' },
  /** How often a person may change their mind about one chat line; what is said after that does not count. */
  reactionTurns: { max: 20, per: 'key', code: 'rate_limited' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** How long the relay waits for the authority before it answers `202 kept`. */
export const REPLY_PATIENCE_MS = 5000;
/** A challenge is open this long; a token serves this long. */
export const CHALLENGE_MS = 60_000;
export const SESSION_MS = 12 * 60 * minute;
/** A create request's `at` may differ from the authority's clock by this much. */
export const CREATE_SKEW_MS = 5 * minute;
/** What came in for documents and presence is collected at most this long. */
export const COMMIT_MS = 20;
export const AWARENESS_MS = 50;
/** A document with more readers than this shows what people write in it at most so often. */
export const CROWD_READERS = 500;
export const CROWD_MS = 100;
