/** A room's chat: signed lines in a shared array, each author's lines chained. */
import { type Bytes, bytesToHex, equalBytes, sha256 } from '@fairground/ledger';
import { type ChatLine, openChatLine, ROOM_CHAT, signChatLine } from '@fairground/protocol';
import type * as Y from 'yjs';
import type { Identity } from '../identity.ts';
import { createLive, type Live } from '../live.ts';
import type { Clock } from '../ports.ts';
import { createSignedBook, type SignedBook } from './signedBook.ts';

export interface ShownLine {
  /** Stable across edits of the array: hash of the signed bytes, hex. */
  readonly id: string;
  /** Author's key, hex. */
  readonly author: string;
  readonly text: string;
  /** By the author's clock, ms. */
  readonly at: number;
  readonly mine: boolean;
}

export interface Chat {
  /** Verified lines in the order of the document; forged, foreign and repeated ones are left out. */
  readonly lines: Live<readonly ShownLine[]>;
  send(text: string): Promise<void>;
}

export function createChat(deps: {
  readonly doc: Y.Doc;
  readonly room: Bytes;
  readonly identity: Identity;
  readonly clock: Clock;
}): Chat {
  const { doc, room, identity, clock } = deps;
  const array = doc.getArray<Uint8Array>(ROOM_CHAT);
  const lines = createLive<readonly ShownLine[]>([]);
  const book = createSignedBook(readLine(room));
  let sending: Promise<void> = Promise.resolve();

  async function refresh(): Promise<void> {
    const placed = await placedLines(book, bytesIn(array));
    lines.set(placed.map(({ id, line }) => toShown(id, line, identity.key)));
  }

  async function append(text: string): Promise<void> {
    await refresh();
    const last = lastOf(book, bytesIn(array), identity.key);
    const place = { room, epoch: 0, seq: last ? last.seq + 1 : 0, prev: last?.hash ?? new Uint8Array(32) };
    array.push([await signChatLine(identity, { ...place, text, at: clock.now() })]);
  }

  array.observe(() => void refresh());
  void refresh();
  return {
    lines,
    send(text) {
      const sent = sending.then(() => append(text));
      // One that fails is its sender's to hear of; the next one is not held up by it.
      sending = sent.catch(() => undefined);
      return sent;
    },
  };
}

/** Anybody in the room may put anything into the array. */
function bytesIn(array: Y.Array<Uint8Array>): Uint8Array[] {
  return array.toArray().filter((raw: unknown) => raw instanceof Uint8Array);
}

/** Undefined for what is no line of this room. */
function readLine(room: Bytes): (raw: Bytes) => Promise<ChatLine | undefined> {
  return async (raw) => {
    const line = await openChatLine(raw);
    return line.ok && equalBytes(line.value.room, room) ? line.value : undefined;
  };
}

/** Those that count: the first at each place of an author's chain. */
async function placedLines(book: SignedBook<ChatLine>, raws: readonly Uint8Array[]) {
  const seen = new Set<string>();
  const placed: { readonly id: string; readonly line: ChatLine }[] = [];
  for (const raw of raws) {
    const line = await book.open(raw);
    const place = line && `${bytesToHex(line.key)}/${line.seq}`;
    if (!line || !place || seen.has(place)) continue;
    seen.add(place);
    placed.push({ id: book.idOf(raw), line });
  }
  return placed;
}

function toShown(id: string, { key, text, at }: ChatLine, me: Bytes): ShownLine {
  return { id, author: bytesToHex(key), text, at, mine: equalBytes(key, me) };
}

/** A key's newest line, as it lies in the document. */
function lastOf(
  book: SignedBook<ChatLine>,
  raws: readonly Uint8Array[],
  key: Bytes,
): { readonly seq: number; readonly hash: Bytes } | undefined {
  const raw = raws.findLast((candidate) => {
    const line = book.known(candidate);
    return line !== undefined && equalBytes(line.key, key);
  });
  const line = raw && book.known(raw);
  return line && raw && { seq: line.seq, hash: sha256(new Uint8Array(raw)) };
}
