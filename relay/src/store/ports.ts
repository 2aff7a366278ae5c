/** What the relay keeps. Each promise resolves when what it was asked for is durable. */
import type { Bytes } from '@fairground/ledger';
import type { Cap, Code, RoomId, Visibility, WorldId } from '@fairground/protocol';

/** A Yjs client id belongs to the key that wrote under it first, as long as the document lives. */
export interface ClientBinding {
  readonly client: number;
  readonly key: Bytes;
}

export interface DocWrite {
  readonly name: string;
  readonly update: Bytes;
  readonly clients: readonly ClientBinding[];
}

export interface StoredDoc {
  /** In the order in which they were appended. */
  readonly updates: readonly Bytes[];
  readonly clients: readonly ClientBinding[];
}

export interface DocStore {
  /** All of the batch or nothing of it, in one transaction. */
  append(batch: readonly DocWrite[]): Promise<void>;
  load(name: string): Promise<StoredDoc | undefined>;
  /** Replaces the first `count` updates by one that holds them all; client bindings stay. */
  compact(name: string, count: number, state: Bytes): Promise<void>;
  /** Replaces the document, bindings and all. */
  reset(name: string, update: Bytes): Promise<void>;
}

/** A signed intent that the authority has not answered. */
export interface StoredMail {
  readonly id: number;
  readonly world: Bytes;
  readonly key: Bytes;
  /** SHA-256 of `bytes`. */
  readonly hash: Bytes;
  readonly bytes: Bytes;
  readonly sig: Bytes;
  /** The relay's own word, `[bytes, sig]`. */
  readonly seen: { readonly bytes: Bytes; readonly sig: Bytes };
  readonly rtt?: number;
}

export interface Mailbox {
  put(mail: StoredMail): Promise<void>;
  done(id: number): Promise<void>;
  /** By id. */
  pending(): Promise<readonly StoredMail[]>;
  /** The highest id that was ever put; 0 at first. */
  lastId(): Promise<number>;
}

export interface LogFile {
  readonly world: WorldId;
  readonly path: string;
  readonly bytes: Bytes;
  readonly immutable: boolean;
}

export interface FileStore {
  put(files: readonly LogFile[]): Promise<void>;
  get(world: WorldId, path: string): Promise<LogFile | undefined>;
}

export interface RoomRecord {
  readonly room: RoomId;
  readonly authority: Bytes;
  readonly visibility: Visibility;
  /** Null exactly for listed rooms. */
  readonly cap: Cap | null;
  readonly code: Code | null;
  /** The current one. */
  readonly world: WorldId;
  readonly game: string;
  readonly title: string;
}

export interface WorldRecord {
  readonly world: WorldId;
  readonly room: RoomId;
  readonly authority: Bytes;
  readonly origin: string;
}

/** What `key` has published is `heir`'s: both have said so. */
export interface HeirRecord {
  readonly key: Bytes;
  readonly heir: Bytes;
}

export interface StoredRooms {
  readonly rooms: readonly RoomRecord[];
  readonly worlds: readonly WorldRecord[];
  readonly heirs: readonly HeirRecord[];
}

export interface RoomStore {
  putRoom(room: RoomRecord): Promise<void>;
  putWorld(world: WorldRecord): Promise<void>;
  putHeir(heir: HeirRecord): Promise<void>;
  all(): Promise<StoredRooms>;
}

/** A sealed segment: a saved Automerge document under its id. */
export interface SegmentRecord {
  readonly docId: string;
  readonly world: WorldId;
  readonly n: number;
  readonly bytes: Bytes;
}

export interface SegmentStore {
  put(segment: SegmentRecord): Promise<void>;
  get(docId: string): Promise<SegmentRecord | undefined>;
}

/** The newest checkpoint that the witness has cosigned of a log. */
export interface CosignedHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

export interface CosignedStore {
  latest(origin: string): Promise<CosignedHead | undefined>;
  /** Only if the newest is still of size `from` (0: there is none); false if not. */
  advance(head: CosignedHead, from: number): Promise<boolean>;
}

export interface RelayStore {
  readonly cosigned: CosignedStore;
  readonly docs: DocStore;
  readonly mailbox: Mailbox;
  readonly files: FileStore;
  readonly rooms: RoomStore;
  readonly segments: SegmentStore;
  /** Writes something that means nothing: whoever wants to know whether it can be written. */
  probe(): Promise<void>;
  close(): Promise<void>;
}
