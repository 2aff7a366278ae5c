/** Looks at every signature, every write and every page while a run goes on, and remembers the first promise that was not kept. */
import {
  type Bytes,
  bytesToHex,
  bytesToUtf8,
  decodeEntry,
  intentHash,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseReceipt,
  base32ToBytes,
  stateHash,
} from '@fairground/ledger';
import type { Follower, Room } from '@fairground/peer';
import type { LinkPort } from '@fairground/protocol';
import { Broken } from './broken.ts';
import { type DocWatch, createDocWatch } from './docWatch.ts';
import { lockedSizes } from './lockedSizes.ts';
import { type LogMirror, createLogMirror } from './logMirror.ts';
import { type MailWatch, createMailWatch } from './mailWatch.ts';
import { type SignedLog, createSignedLog } from './signedLog.ts';

export interface Watch {
  logWrote(method: string, args: readonly unknown[]): void;
  relayWrote(method: string, args: readonly unknown[]): void;
  deviceWrote(who: string, method: string, args: readonly unknown[]): void;
  /** Gives the signature, after a look at what was signed. */
  signs(message: Bytes, signature: Bytes): Bytes;
  link(port: LinkPort): LinkPort;
  posts(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
  opensRoom(who: string, id: string, room: Room): void;
  follows(who: string, follower: Follower): void;
  /** A device says that it has stored an intent; `isThere`: its disk has it. */
  saysStored(who: string, id: string, isThere: boolean): void;
  /** Nobody has caught it: a process would have fallen. */
  fell(fault: unknown): void;
  /** The lock's text as it would be after a power cut. */
  lockText: () => string | undefined;
  /** The lock remembers all that was signed. */
  isLockWhole(): boolean;
  /** The disk holds all that was signed. */
  isLogWhole(): boolean;
  /** A disk is about to be told anew from its beginning. */
  putsBack(what: 'log' | 'relay'): void;
  /** Throws the first promise that was broken. */
  check(): void;
  readonly docs: DocWatch;
  readonly log: LogMirror;
  signed(world: string): SignedLog | undefined;
  readonly checkpoints: number;
  readonly receipts: number;
}

const receiptPrefix = 'fairground/receipt/v1\n';

export function createWatch(note: (line: string) => void): Watch {
  const log = createLogMirror();
  const mail: MailWatch = createMailWatch();
  const docs = createDocWatch();
  const signed = new Map<string, SignedLog>();
  const secrets = new Map<string, string>();
  let broken: Error | undefined;
  let checkpoints = 0;
  let receipts = 0;

  function guard(act: () => void): void {
    try {
      act();
    } catch (fault) {
      broken ??= fault instanceof Error ? fault : new Error(String(fault));
    }
  }

  function signedLog(world: string): SignedLog {
    const known = signed.get(world) ?? createSignedLog(world);
    signed.set(world, known);
    return known;
  }

  function signsCheckpoint(text: string): void {
    const checkpoint = parseCheckpoint(text);
    if (!checkpoint.ok) return;
    checkpoints += 1;
    const { origin, size, root } = checkpoint.value;
    const world = bytesToHex(base32ToBytes(origin.split('/').at(-1) ?? '') ?? new Uint8Array(0));
    note(`signs ${world.slice(0, 8)} ${size} ${bytesToHex(root).slice(0, 8)}`);
    const durable = log.world(world);
    const locked = lockedSizes(watch.lockText() ?? '').get(world) ?? 0;
    if (locked > (durable?.entries.length ?? 0))
      throw new Broken(
        'S4',
        `size ${size} is signed while the disk holds less than the ${locked} that the lock remembers`,
      );
    signedLog(world).sign(size, bytesToHex(root), durable);
    if (locked < size) throw new Broken('S4', `size ${size} is signed and the lock remembers ${locked}`);
  }

  function signsReceipt(bytes: Bytes): void {
    const parsed = parseReceipt(bytes);
    if (!parsed.ok) throw new Broken('S3', 'a malformed receipt is signed');
    receipts += 1;
    const { index, intentHash: hash, leafHash: leaf, world } = parsed.value;
    note(`receipts ${bytesToHex(hash).slice(0, 8)} at ${index}`);
    const entry = signedLog(bytesToHex(world)).entries[index];
    const decoded = entry && decodeEntry(entry);
    const isThere =
      entry &&
      decoded?.ok &&
      decoded.value.kind === 'intent' &&
      bytesToHex(leafHash(entry)) === bytesToHex(leaf) &&
      bytesToHex(intentHash(decoded.value.bytes)) === bytesToHex(hash);
    if (!isThere)
      throw new Broken('S3', `a receipt names entry ${index}, which is not signed or not that intent`);
  }

  const watch: Watch = {
    ...{ docs, log, lockText: () => undefined },
    logWrote: (method, args) => guard(() => log.wrote(method, args)),
    relayWrote: (method, args) =>
      guard(() => {
        mail.relayWrote(method, args);
        docs.relayWrote(method, args);
      }),
    deviceWrote: (who, method, [table, key, value]) =>
      guard(() => {
        if (table !== 'secrets' || method === 'delete') return;
        const id = `${who}/${String(key)}`;
        const secret = bytesToHex(value as Bytes);
        const before = secrets.get(id);
        // `add` where something is already is no write.
        if (before !== undefined && before !== secret && method === 'put')
          throw new Broken('S7', `${who} has made its secret of a world anew`);
        if (before === undefined) secrets.set(id, secret);
      }),
    signs(message, signature) {
      guard(() => {
        const text = bytesToUtf8(message);
        if (text !== undefined) signsCheckpoint(text);
        const prefix = new TextDecoder().decode(message.subarray(0, receiptPrefix.length));
        if (prefix === receiptPrefix) signsReceipt(message.slice(receiptPrefix.length));
      });
      return signature;
    },
    link: mail.link,
    posts: (fetch) => mail.posts(fetch, (act) => guard(act)),
    opensRoom: (who, id, room) =>
      docs.opensRoom(who, id, room, (found) =>
        guard(() => {
          throw found;
        }),
      ),
    follows(who, follower) {
      let isAhead = false;
      follower.subscribe(({ fault, size, verified }) =>
        guard(() => {
          if (verified.level === 'replayed' && !isAhead) note(`${who} begins at entry ${verified.from}`);
          isAhead = verified.level === 'replayed';
          if (fault && fault.blame !== 'transport')
            throw new Broken(
              'S5',
              `${who} blames the ${fault.blame} at entry ${fault.index}: ${fault.code} ${fault.message}`,
            );
          if (fault && isFalseBlame(fault.code))
            throw new Broken(
              'S14',
              `${who} finds ${fault.code} at entry ${fault.index}, and nobody has lied`,
            );
          checkReplica(who, follower, size, signed.get(bytesToHex(follower.world)));
        }),
      );
    },
    saysStored: (who, id, isThere) =>
      guard(() => {
        if (!isThere)
          throw new Broken('S13', `${who} says that ${id} is stored, and its disk has not got it`);
      }),
    fell: (fault) =>
      guard(() => {
        throw new Broken('S9', `nobody catches ${fault instanceof Error ? fault.message : String(fault)}`);
      }),
    isLockWhole() {
      const locked = lockedSizes(watch.lockText() ?? '');
      return [...signed].every(([world, { entries }]) => (locked.get(world) ?? 0) >= entries.length);
    },
    isLogWhole: () =>
      [...signed].every(([world, { entries }]) => (log.world(world)?.entries.length ?? 0) >= entries.length),
    putsBack(what) {
      if (what === 'log') return log.reset();
      mail.reset();
      docs.reset();
    },
    check() {
      if (broken) throw broken;
    },
    signed: (world) => signed.get(world),
    get checkpoints() {
      return checkpoints;
    },
    get receipts() {
      return receipts;
    },
  };
  return watch;
}

/** Batches come late, twice or not at all here, but whoever carries them does not forge: a root that does not fit is the reader's own mistake. */
function isFalseBlame(code: string): boolean {
  return code === 'checkpoint_root' || code === 'checkpoint_size';
}

/** The same entries, and the same state after them, as whoever replays the signed log. */
function checkReplica(
  who: string,
  { log, shown }: Follower,
  size: number,
  signed: SignedLog | undefined,
): void {
  const { opened } = shown;
  if (!opened || size === 0 || shown.size !== size || opened.replayed.size !== size) return;
  const root = shown.first === 0 ? log.root : signedRoot(shown.checkpoint);
  if (!root || signed?.rootAt(size) !== bytesToHex(root))
    throw new Broken('S5', `${who} holds ${size} entries that were never signed`);
  const state = signed.stateAt(size);
  if (state !== undefined && state !== bytesToHex(stateHash(opened.game, opened.replayed)))
    throw new Broken('S5', `${who} is in another state after ${size} entries`);
}

/** Of a log that began in the middle nobody but the checkpoint says it. */
function signedRoot(checkpoint: Bytes | undefined): Bytes | undefined {
  const note = parseNote(checkpoint ?? new Uint8Array(0));
  const head = note.ok ? parseCheckpoint(note.value.text) : note;
  return head.ok ? head.value.root : undefined;
}
