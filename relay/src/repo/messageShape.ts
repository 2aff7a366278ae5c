/** Which messages of automerge-repo's WebSocket protocol may reach the stock adapter: a CBOR `null`, for one, would kill it. */
import { cbor } from '@automerge/automerge-repo';
import { isBytes } from '@fairground/ledger';

export interface RepoJoin {
  readonly type: 'join';
  readonly senderId: string;
}

export interface RepoDocMessage {
  readonly type: 'sync' | 'request' | 'doc-unavailable';
  readonly senderId: string;
  readonly documentId: string;
  readonly data?: Uint8Array;
}

/** Known and harmless, but nothing that this relay takes part in. */
export interface RepoIgnored {
  readonly type: 'ignored';
}

export type RepoMessageShape = RepoJoin | RepoDocMessage | RepoIgnored;

const ignored = new Set([
  'leave',
  'ephemeral',
  'remote-subscription-change',
  'remote-heads-changed',
  'error',
]);

/** Undefined for what is no message. */
export function readRepoMessage(bytes: Uint8Array): RepoMessageShape | undefined {
  let value: unknown;
  try {
    value = cbor.decode(bytes);
  } catch {
    return undefined;
  }
  return shapeOf(value);
}

function shapeOf(value: unknown): RepoMessageShape | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isBytes(value)) return undefined;
  const { type, senderId, documentId, data, targetId, peerMetadata, supportedProtocolVersions } =
    value as Record<string, unknown>;
  if (typeof type !== 'string' || !isPeerName(senderId)) return undefined;
  if (ignored.has(type)) return { type: 'ignored' };
  if (type === 'join') {
    const isMetadata =
      peerMetadata === undefined || (typeof peerMetadata === 'object' && peerMetadata !== null);
    const isVersions = supportedProtocolVersions === undefined || Array.isArray(supportedProtocolVersions);
    return isMetadata && isVersions ? { type, senderId } : undefined;
  }
  if (
    !isPeerName(targetId) ||
    typeof documentId !== 'string' ||
    !/^[1-9A-HJ-NP-Za-km-z]{20,40}$/.test(documentId)
  )
    return undefined;
  if (type === 'doc-unavailable') return { type, senderId, documentId };
  if (type !== 'sync' && type !== 'request') return undefined;
  return isBytes(data) && data.length > 0 ? { type, senderId, documentId, data } : undefined;
}

/** Peer ids are keys of plain objects inside the stock adapter. */
function isPeerName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:@-]{1,128}$/.test(value) && !(value in Object.prototype);
}
