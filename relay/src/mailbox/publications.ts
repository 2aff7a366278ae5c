/** What an authority publishes: rooms, worlds, documents, log files, segments. Only of its own. */
import { type Bytes, type Result, bytesToHex, equalBytes } from '@fairground/ledger';
import {
  type BankReply,
  type Code,
  type DocumentName,
  formatCap,
  formatRoomId,
  formatWorldId,
  type ProblemCode,
  parseDocumentName,
  type RoomFrame,
  type StatsFrame,
  type WorldId,
} from '@fairground/protocol';
import type { DocHub } from '../docs/docHub.ts';
import type { RoomBook } from '../edge/roomBook.ts';
import type { Clock, Log } from '../ports.ts';
import type { FileStore, RoomRecord, SegmentStore } from '../store/ports.ts';
import { isSoundFile, parseLogPath } from '../tiles/logPath.ts';
import type { Witness } from '../witness/witness.ts';
import type { Publication } from './authorityLinks.ts';

export interface PublicationDeps {
  readonly docs: DocHub;
  readonly rooms: RoomBook;
  readonly files: FileStore;
  readonly segments: SegmentStore;
  readonly witness: Witness;
  readonly clock: Clock;
  readonly log: Log;
}

const retryMs = 1000;
/** Mail waits behind it, so not for ever. */
const mostTries = 10;

export class Publications {
  readonly #deps: PublicationDeps;
  readonly #stats = new Map<string, StatsFrame>();
  #bank: BankReply | undefined;

  constructor(deps: PublicationDeps) {
    this.#deps = deps;
  }

  get bank(): BankReply | undefined {
    return this.#bank;
  }

  /** What each authority said last of how it fares, by its key in hex. */
  get stats(): ReadonlyMap<string, StatsFrame> {
    return this.#stats;
  }

  /** Resolves when the next frame may be looked at; what is not the authority's to publish is logged and dropped. */
  async take(authority: Bytes, frame: Publication): Promise<void> {
    const { log } = this.#deps;
    try {
      const refusal = await this.#publish(authority, frame);
      if (refusal) log.warn({ frame: frame.t, refusal }, 'publication dropped');
    } catch (fault) {
      // One that cannot be taken must not hold up the others, nor cut the link: mail would stop.
      log.error({ frame: frame.t, fault: String(fault) }, 'publication could not be taken');
    }
  }

  #publish(authority: Bytes, frame: Publication): Promise<ProblemCode | undefined> | ProblemCode | undefined {
    switch (frame.t) {
      case 'bank':
        this.#bank = frame.topics;
        return undefined;
      case 'stats':
        this.#stats.set(bytesToHex(authority), frame);
        return undefined;
      case 'room':
      case 'world':
        return this.#registerInTheEnd(authority, frame);
      case 'doc':
      case 'doc.reset':
        return this.#publishDocument(authority, frame);
      case 'log':
        return this.#publishFile(authority, frame);
      case 'segment':
        return this.#publishSegment(authority, frame);
    }
  }

  /** Nobody says again what a room is called or whose a world is, and without it all that follows is refused: a disk that fails for a moment is waited for. */
  async #registerInTheEnd(
    authority: Bytes,
    frame: Extract<Publication, { t: 'room' | 'world' }>,
  ): Promise<ProblemCode | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#register(authority, frame);
      } catch (fault) {
        if (tries === mostTries) throw fault;
        await new Promise<void>((resume) => void this.#deps.clock.setTimer(retryMs, resume));
      }
    }
  }

  async #register(
    authority: Bytes,
    frame: Extract<Publication, { t: 'room' | 'world' }>,
  ): Promise<ProblemCode | undefined> {
    const { rooms } = this.#deps;
    if (frame.t === 'room') return codeOf(await rooms.putRoom(toRoom(authority, frame)));
    const { origin } = frame;
    return codeOf(
      await rooms.putWorld({
        world: formatWorldId(frame.world),
        room: formatRoomId(frame.room),
        authority,
        origin,
      }),
    );
  }

  async #publishDocument(
    authority: Bytes,
    frame: Extract<Publication, { t: 'doc' | 'doc.reset' }>,
  ): Promise<ProblemCode | undefined> {
    const name = this.#ownDocument(authority, frame.name);
    if (!name) return 'not_writer';
    if (frame.t === 'doc') await this.#deps.docs.publish(name, frame.update);
    else await this.#deps.docs.reset(name, frame.update);
    return undefined;
  }

  #publishFile(authority: Bytes, frame: Extract<Publication, { t: 'log' }>): ProblemCode | undefined {
    const world = formatWorldId(frame.world);
    if (!this.#isOwnWorld(authority, world)) return 'not_writer';
    if (!parseLogPath(frame.path) || !isSoundFile(frame.path, frame.bytes)) return 'log_not_found';
    if (frame.path === 'checkpoint') this.#deps.witness.learn(world, frame.bytes);
    const { path, bytes, immutable } = frame;
    return this.#behind(this.#deps.files.put([{ world, path, bytes, immutable }]));
  }

  #publishSegment(
    authority: Bytes,
    { world: id, docId, n, bytes }: Extract<Publication, { t: 'segment' }>,
  ): ProblemCode | undefined {
    const world = formatWorldId(id);
    return this.#isOwnWorld(authority, world)
      ? this.#behind(this.#deps.segments.put({ docId, world, n, bytes }))
      : 'not_writer';
  }

  /** Receipts must not wait behind tiles: a tile that is lost is asked for again. */
  #behind(storing: Promise<void>): undefined {
    storing.catch((fault: unknown) =>
      this.#deps.log.error({ fault: String(fault) }, 'log file could not be stored'),
    );
    return undefined;
  }

  #ownDocument(authority: Bytes, name: string): DocumentName | undefined {
    const parsed = parseDocumentName(name);
    if (!parsed.ok || parsed.value.kind === 'room') return undefined;
    if (parsed.value.kind === 'directory') return parsed.value;
    return this.#isOwnWorld(authority, parsed.value.world) ? parsed.value : undefined;
  }

  #isOwnWorld(authority: Bytes, world: WorldId): boolean {
    const known = this.#deps.rooms.world(world);
    return known !== undefined && equalBytes(known.authority, authority);
  }
}

function codeOf(result: Result<void, ProblemCode>): ProblemCode | undefined {
  return result.ok ? undefined : result.code;
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
