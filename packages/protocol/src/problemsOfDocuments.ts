/** Codes of frames, documents, presence and rates; part of the one table in `problems.ts`. */
import type { ProblemText } from './problemText.ts';

export const documentProblems = {
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
} as const satisfies Record<string, ProblemText>;
