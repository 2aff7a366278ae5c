/** Codes of sessions, access, room codes and the house itself; part of the one table in `problems.ts`. */
import type { ProblemText } from './problemText.ts';

export const accessProblems = {
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

  authority_away: {
    status: 503,
    title: 'The referee is away',
    detail: 'The authority is not connected right now. Try again in a moment; nothing is lost.',
  },
  storage_away: {
    status: 503,
    title: 'The referee cannot write now',
    detail:
      'The authority cannot store anything at the moment. Keep what you have; it is tried again by itself.',
  },
  authority_busy: {
    status: 503,
    title: 'The referee is busy',
    detail: 'More comes in than can be written. Keep what you have; it is taken in a moment.',
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
} as const satisfies Record<string, ProblemText>;
