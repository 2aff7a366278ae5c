/** The names of live documents, and who may write them. */
import { type Bytes, type Result, concatBytes, err, ok, sha256, utf8ToBytes } from '@fairground/ledger';
import { type RoomId, type WorldId, parseRoomId, parseWorldId, worldBytes } from './ids.ts';

/** What a document's name says. Only `room` documents are written by people; the rest is the authority's. */
export type DocumentName =
  | { readonly kind: 'directory' }
  | { readonly kind: 'room'; readonly room: RoomId }
  | { readonly kind: 'tail'; readonly world: WorldId }
  | { readonly kind: 'view'; readonly world: WorldId };

export type DocumentKind = DocumentName['kind'];

/** Who may write: `session` is everybody with a session who may read it, `authority` nobody but the authority's link. */
export const documentWriters: Readonly<Record<DocumentKind, 'authority' | 'session'>> = {
  directory: 'authority',
  room: 'session',
  tail: 'authority',
  view: 'authority',
};

export function parseDocumentName(name: string): Result<DocumentName, 'document_unknown'> {
  if (name === 'directory') return ok({ kind: 'directory' });
  const [kind, id, ...rest] = name.split(':');
  if (id === undefined || rest.length > 0) return err('document_unknown');
  if (kind === 'room') {
    const room = parseRoomId(id);
    return room.ok ? ok({ kind, room: room.value }) : err('document_unknown');
  }
  if (kind !== 'tail' && kind !== 'view') return err('document_unknown');
  const world = parseWorldId(id);
  return world.ok ? ok({ kind, world: world.value }) : err('document_unknown');
}

export function formatDocumentName(name: DocumentName): string {
  switch (name.kind) {
    case 'directory':
      return 'directory';
    case 'room':
      return `room:${name.room}`;
    case 'tail':
      return `tail:${name.world}`;
    case 'view':
      return `view:${name.world}`;
  }
}

/** The Yjs clientID of a world's tail: the same after every restart, so that pushing a batch twice is one batch. */
export function tailClientId(world: WorldId): number {
  return clientIdOf('fairground/tail/v1\n', world);
}

/** That of its view: the picture of one size is one item, whoever draws it again. */
export function viewClientId(world: WorldId): number {
  return clientIdOf('fairground/view-document/v1\n', world);
}

function clientIdOf(purpose: string, world: WorldId): number {
  return Math.max(1, firstU32(sha256(concatBytes(utf8ToBytes(purpose), worldBytes(world)))));
}

function firstU32(bytes: Bytes): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}
