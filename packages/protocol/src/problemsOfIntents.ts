/** Codes of intents and of creating worlds; part of the one table in `problems.ts`. */
import type { ProblemText } from './problemText.ts';

export const intentProblems = {
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
  seen_malformed: {
    status: 400,
    title: 'Sighting is not understood',
    detail: 'The signed bytes are no canonical sighting of a sealed intent. Update the client.',
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
  ledger_full: {
    status: 413,
    title: 'The ledger of the match is full',
    detail:
      'It has reached its size limit and takes no more intents. What is in it stays and can be verified. Open a new match.',
  },
  world_halted: {
    status: 503,
    title: 'The match stands still',
    detail: 'The authority is recovering this match. Keep the intent; it will be sent again.',
  },
  refused: { status: 422, title: 'The rules say no', detail: 'The game does not allow this now.' },

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
  not_host: {
    status: 422,
    title: 'Only the host may do this',
    detail: 'This is for who opened the room. Ask the host, or open a room of your own.',
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
} as const satisfies Record<string, ProblemText>;
