/** What an authority publishes: rooms, worlds, documents, log files, segments. Only of its own. */
import { type Bytes, equalBytes } from '@fairground/ledger';
import {
  type BankReply,
  type Code,
  type DocumentName,
  formatCap,
  formatRoomId,
  formatWorldId,
  parseDocumentName,
  type RoomFrame,
  type WorldId,
} from '@fairground/protocol';
import type { DocHub } from '../docs/docHub.ts';
import type { RoomBook } from '../edge/roomBook.ts';
import type { Log } from '../ports.ts';
import type { FileStore, RoomRecord, SegmentStore } from '../store/ports.ts';
import { parseLogPath } from '../tiles/logPath.ts';
import type { Witness } from '../witness/witness.ts';
import type { Publication } from './authorityLinks.ts';

export interface PublicationDeps {
  readonly docs: DocHub;
  readonly rooms: RoomBook;
  readonly files: FileStore;
  readonly segments: SegmentStore;
  readonly witness: Witness;
  readonly log: Log;
}

export interface Publications {
  /** Resolves when the next frame may be looked at; what is not the authority's to publish is logged and dropped. */
  take(authority: Bytes, frame: Publication): Promise<void>;
  readonly bank: BankReply | undefined;
}

export function createPublications(deps: PublicationDeps): Publications {
  const { docs, rooms, files, segments, witness, log } = deps;
  let bank: BankReply | undefined;

  const isOwnWorld = (authority: Bytes, world: WorldId): boolean => {
    const known = rooms.world(world);
    return known !== undefined && equalBytes(known.authority, authority);
  };

  function ownDocument(authority: Bytes, name: string): DocumentName | undefined {
    const parsed = parseDocumentName(name);
    if (!parsed.ok || parsed.value.kind === 'room') return undefined;
    if (parsed.value.kind === 'directory') return parsed.value;
    return isOwnWorld(authority, parsed.value.world) ? parsed.value : undefined;
  }

  function drop(frame: Publication, why: string): void {
    log.warn({ frame: frame.t, why }, 'publication dropped');
  }

  /** Receipts must not wait behind tiles: a tile that is lost is asked for again. */
  function behind(storing: Promise<void>): void {
    storing.catch((fault: unknown) => log.error({ fault: String(fault) }, 'log file could not be stored'));
  }

  async function take(authority: Bytes, frame: Publication): Promise<void> {
    switch (frame.t) {
      case 'bank':
        bank = frame.topics;
        return;
      case 'room': {
        const put = await rooms.putRoom(toRoom(authority, frame));
        return put.ok ? undefined : drop(frame, put.code);
      }
      case 'world': {
        const { origin } = frame;
        const put = await rooms.putWorld({
          world: formatWorldId(frame.world),
          room: formatRoomId(frame.room),
          authority,
          origin,
        });
        return put.ok ? undefined : drop(frame, put.code);
      }
      case 'doc':
      case 'doc.reset': {
        const name = ownDocument(authority, frame.name);
        if (!name) return drop(frame, 'not_writer');
        return frame.t === 'doc' ? docs.publish(name, frame.update) : docs.reset(name, frame.update);
      }
      case 'log': {
        const world = formatWorldId(frame.world);
        const isOwn = isOwnWorld(authority, world) && parseLogPath(frame.path) !== undefined;
        if (!isOwn) return drop(frame, 'log_not_found');
        if (frame.path === 'checkpoint') witness.learn(world, frame.bytes);
        return behind(
          files.put([{ world, path: frame.path, bytes: frame.bytes, immutable: frame.immutable }]),
        );
      }
      case 'segment': {
        const world = formatWorldId(frame.world);
        if (!isOwnWorld(authority, world)) return drop(frame, 'not_writer');
        return behind(segments.put({ docId: frame.docId, world, n: frame.n, bytes: frame.bytes }));
      }
    }
  }

  return {
    take,
    get bank() {
      return bank;
    },
  };
}

function toRoom(
  authority: Bytes,
  { room, visibility, cap, code, world, game, title }: RoomFrame,
): RoomRecord {
  return {
    room: formatRoomId(room),
    authority,
    visibility,
    cap: cap && formatCap(cap),
    code: code as Code | null,
    world: formatWorldId(world),
    game,
    title,
  };
}
