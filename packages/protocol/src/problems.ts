/** Every code that a person or program can be told, in one table: HTTP status, WebSocket close code, and what to do. */
import { z } from 'zod';

interface Row {
  readonly status: number;
  readonly title: string;
  /** For people: what happened and what to do. */
  readonly detail: string;
}

const rows = {
  // Sessions
  session_needed: {
    status: 401,
    title: 'Sign in first',
    detail:
      'Writing needs a session. Ask GET /session/challenge, sign it with your key, and send the token along.',
  },
  session_invalid: {
    status: 401,
    title: 'Session is not valid',
    detail: 'The token is unknown here or has expired. Open a new session and try again.',
  },
  challenge_unknown: {
    status: 401,
    title: 'Challenge is not open',
    detail: 'The challenge was used, has expired, or was made for another key. Ask for a new one.',
  },
  key_refused: {
    status: 400,
    title: 'Key is not acceptable',
    detail: 'The key must be a did:key of a canonical, torsion-free Ed25519 key. Make a new key.',
  },
  host_unknown: {
    status: 421,
    title: 'Not a name of this relay',
    detail:
      'This relay was not told that it answers to that host name. Open it by its public address, or let the operator add the name to RELAY_NAMES.',
  },
  signature_invalid: {
    status: 400,
    title: 'Signature does not fit',
    detail:
      'The signature does not verify for that key and those bytes. Sign exactly the bytes that are sent.',
  },

  // Access
  capability_needed: {
    status: 403,
    title: 'This room is not public',
    detail: 'Open the room by its link or its code: the link holds the key to it.',
  },
  capability_wrong: {
    status: 403,
    title: 'The link does not open this room',
    detail: 'The link is damaged or belongs to another room. Ask the host for a new link.',
  },
  not_writer: {
    status: 403,
    title: 'Only the authority writes this',
    detail: 'This document may be read, not written. Send an intent instead.',
  },
  authority_only: {
    status: 403,
    title: 'Only an authority may connect here',
    detail: 'The key of this session is not among the authorities of this relay. Add it to AUTHORITY_KEYS.',
  },
  document_unknown: {
    status: 404,
    title: 'No such document',
    detail: 'The name is misspelt, or its room does not exist (any more). Check the link.',
  },
  room_unknown: {
    status: 404,
    title: 'No such room',
    detail: 'The room does not exist (any more). Check the link, or open a new room.',
  },
  world_unknown: {
    status: 404,
    title: 'No such world',
    detail: 'This relay knows no such match. Check the link.',
  },
  head_unknown: {
    status: 404,
    title: 'Nothing signed by this key',
    detail: 'The ledger of this match holds nothing of this key. Begin at sequence number 0.',
  },
  log_not_found: {
    status: 404,
    title: 'Not in the log',
    detail: 'The log has no such file (yet). Read the checkpoint to see how far it goes.',
  },
  not_found: {
    status: 404,
    title: 'Nothing here',
    detail: 'The address is misspelt. The home page shows what there is.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Wrong method',
    detail: 'This address exists, but not for this method. See docs/spec/relay.md.',
  },

  // Codes
  code_malformed: {
    status: 400,
    title: 'A code has six digits',
    detail: 'Type the six digits as the host sees them.',
  },
  code_unknown: {
    status: 404,
    title: 'No room has this code',
    detail: 'Codes expire when the room closes. Ask the host for the current one.',
  },
  code_attempts: {
    status: 429,
    title: 'Too many codes tried',
    detail: 'Wait as long as it says, then type the code carefully.',
  },

  // Frames and documents
  frame_malformed: {
    status: 400,
    title: 'Frame is not understood',
    detail: 'The message does not follow the protocol. Update the client.',
  },
  frame_too_large: {
    status: 413,
    title: 'Frame is too large',
    detail: 'One message may hold 64 KiB. Send less at once.',
  },
  document_full: {
    status: 413,
    title: 'The room is full of text',
    detail: 'The document has reached its size limit. Open a new room.',
  },
  document_clients: {
    status: 409,
    title: 'Too many writers',
    detail: 'The document has seen too many writers. Open a new room.',
  },
  document_reset: {
    status: 410,
    title: 'The document was made anew',
    detail: 'Throw the local copy away and load the document again.',
  },
  client_taken: {
    status: 409,
    title: 'Client id belongs to another key',
    detail:
      'The update holds changes under another writer’s client id. Load the document again and write under your own.',
  },
  client_ids: {
    status: 429,
    title: 'Too many client ids',
    detail: 'One session may write under 8 client ids. Open a new session.',
  },
  update_malformed: {
    status: 400,
    title: 'Update is not understood',
    detail: 'The bytes are no Yjs update. Load the document again.',
  },
  update_gap: {
    status: 422,
    title: 'Update skips ahead',
    detail: 'The update leaves out changes of its own writer. Load the document again.',
  },
  update_pending: {
    status: 422,
    title: 'Update depends on something unknown',
    detail: 'The update refers to changes that this relay has never seen. Load the document again.',
  },
  delete_foreign: {
    status: 403,
    title: 'Not yours to delete',
    detail: 'Only what was written under your own key can be deleted.',
  },
  awareness_malformed: {
    status: 400,
    title: 'Presence is not understood',
    detail: 'The presence message does not follow the protocol. Update the client.',
  },
  awareness_foreign: {
    status: 403,
    title: 'Presence of somebody else',
    detail: 'A connection may only speak for the client id and the key it writes under.',
  },
  awareness_clock: {
    status: 422,
    title: 'Presence clock jumps',
    detail: 'The presence clock may go up by 1,000 at once. Connect again.',
  },
  awareness_too_large: {
    status: 413,
    title: 'Presence is too large',
    detail: 'Presence may hold 2 KiB. Put larger things into the document.',
  },

  // Rates
  rate_limited: { status: 429, title: 'Too fast', detail: 'Slow down and try again after the time it says.' },
  connections_exceeded: {
    status: 429,
    title: 'Too many connections',
    detail: 'Close other tabs or devices of this network, then try again.',
  },
  slow_reader: {
    status: 408,
    title: 'Connection too slow',
    detail: 'More was waiting for this connection than we keep. Connect again to catch up.',
  },
  mailbox_full: {
    status: 429,
    title: 'Too much is waiting',
    detail:
      'The authority has not answered the last intents of this key yet. Keep this one and send it again later.',
  },
  worlds_exceeded: {
    status: 429,
    title: 'Too many matches',
    detail: 'This key has opened many matches lately. Wait, or close some.',
  },

  // Intents
  body_too_large: {
    status: 413,
    title: 'Body is too large',
    detail: 'Send at most what the limits table allows for this address.',
  },
  pair_malformed: {
    status: 400,
    title: 'Not a signed pair',
    detail: 'The body must be canonical CBOR of [bytes, signature].',
  },
  intent_malformed: {
    status: 400,
    title: 'Intent is not understood',
    detail: 'The signed bytes are no canonical intent. Update the client.',
  },
  intent_too_large: {
    status: 413,
    title: 'Intent is too large',
    detail: 'An intent has to fit into an entry of 8 KiB. Say it in fewer words.',
  },
  intent_not_canonical: {
    status: 400,
    title: 'Intent is not canonical',
    detail: 'The signed bytes decode, but are not their one canonical encoding. Update the client.',
  },
  intent_shape: {
    status: 400,
    title: 'Intent has a wrong shape',
    detail: 'The signed bytes lack a field of an intent or hold one too many. Update the client.',
  },
  intent_body_kind: {
    status: 400,
    title: 'Intent body holds a kind',
    detail: 'The kind stands beside the body, not in it. Update the client.',
  },
  world_mismatch: {
    status: 400,
    title: 'Intent is for another match',
    detail: 'The world in the address is not the world in the intent. Send it to its own world.',
  },
  chain_gap: {
    status: 409,
    title: 'An earlier intent is missing',
    detail: 'Ask /head for the last admitted intent of this key and continue from there.',
  },
  chain_prev: {
    status: 409,
    title: 'Intent does not follow the last one',
    detail: 'The hash of the previous intent is another. Ask /head and sign again.',
  },
  chain_replayed: {
    status: 409,
    title: 'Sequence number is used up',
    detail: 'Another intent of this key has this number. Ask /head and sign again.',
  },
  fork: {
    status: 409,
    title: 'Two intents with one number',
    detail: 'The other one was first. Sign this one again under the next number.',
  },
  seat_unknown: { status: 403, title: 'No seat under this key', detail: 'Join the match first.' },
  world_closed: {
    status: 410,
    title: 'The match is closed',
    detail: 'Nothing can be added any more. Its ledger can still be read and verified.',
  },
  world_halted: {
    status: 503,
    title: 'The match stands still',
    detail: 'The authority is recovering this match. Keep the intent; it will be sent again.',
  },
  refused: { status: 422, title: 'The rules say no', detail: 'The game does not allow this now.' },

  // Creating
  create_malformed: {
    status: 400,
    title: 'Request is not understood',
    detail: 'The signed bytes are no canonical create request. Update the client.',
  },
  create_too_large: {
    status: 413,
    title: 'Request is too large',
    detail: 'A create request may hold 8 KiB. Use fewer settings.',
  },
  create_stale: {
    status: 400,
    title: 'Request is too old',
    detail: 'The clock of this device is more than five minutes off. Set it and try again.',
  },
  create_replayed: {
    status: 409,
    title: 'Request was used already',
    detail: 'A create request serves once. Make a new one.',
  },
  authority_unknown: {
    status: 404,
    title: 'No such authority',
    detail: 'No authority with that key is known here. Ask GET /authority for the key to name.',
  },
  game_unknown: {
    status: 400,
    title: 'Game is not known',
    detail: 'The authority runs other games or versions. Ask GET /authority for the list.',
  },
  config_invalid: {
    status: 400,
    title: 'Settings do not fit',
    detail: 'The settings are outside what the game allows.',
  },
  supply_missing: {
    status: 409,
    title: 'Not enough questions',
    detail: 'The bank has too few questions for these settings. Choose more topics or fewer questions.',
  },

  // The house
  authority_away: {
    status: 503,
    title: 'The referee is away',
    detail: 'The authority is not connected right now. Try again in a moment; nothing is lost.',
  },
  link_malformed: {
    status: 400,
    title: 'Link frame is not understood',
    detail: 'Relay and authority speak different versions. Update both.',
  },
  link_replaced: {
    status: 409,
    title: 'Another authority took over',
    detail: 'A newer start of this authority has connected. Stop the older one.',
  },
  storage_failed: {
    status: 503,
    title: 'The relay cannot store',
    detail: 'The relay could not write to its disk. Free space; clients will connect again by themselves.',
  },
  relay_stopping: {
    status: 503,
    title: 'The relay is stopping',
    detail: 'The relay is being restarted. Clients will connect again by themselves.',
  },
  internal: {
    status: 500,
    title: 'Something broke',
    detail: 'This is a bug of ours. The log of the relay says more.',
  },
} as const satisfies Record<string, Row>;

export type ProblemCode = keyof typeof rows;

export interface ProblemRow extends Row {
  readonly code: ProblemCode;
  /** 4400 … 4599: 4000 + status; the close reason is the code itself. */
  readonly close: number;
}

export const problems: ReadonlyMap<string, ProblemRow> = new Map(
  Object.entries(rows).map(([code, row]) => [
    code,
    { ...row, code: code as ProblemCode, close: 4000 + row.status },
  ]),
);

/** `application/problem+json` (RFC 9457). `code` may also be a game's own refusal, which this table does not list. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  detail: z.string(),
  /** Seconds. */
  retryAfter: z.number().nonnegative().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The row of a code; a code of a game's own rules gets the row of `refused`. */
export function problemRow(code: string): ProblemRow {
  const row = problems.get(code) ?? problems.get('refused');
  if (!row) throw new Error('the problems table lost its last row');
  return row;
}

export interface ProblemExtras {
  readonly status?: number;
  readonly detail?: string;
  readonly retryAfter?: number;
}

/** The body for a code: the table's words unless better ones are given. */
export function toProblem(code: string, extras: ProblemExtras = {}): Problem {
  const row = problemRow(code);
  return {
    type: `urn:fairground:problem:${code}`,
    title: row.title,
    status: extras.status ?? row.status,
    code,
    detail: extras.detail ?? row.detail,
    ...(extras.retryAfter === undefined ? {} : { retryAfter: extras.retryAfter }),
  };
}

/** What `WebSocket.close` is called with. */
export function closeFor(code: ProblemCode): { readonly code: number; readonly reason: ProblemCode } {
  return { code: problemRow(code).close, reason: code };
}
