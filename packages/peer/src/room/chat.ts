/** A room's chat: signed lines in a shared array, each author's lines chained. */
import { type Bytes, bytesToHex, equalBytes, sha256 } from '@fairground/ledger';
import { type ChatLine, openChatLine, ROOM_CHAT, signChatLine } from '@fairground/protocol';
import type * as Y from 'yjs';
import type { Identity } from '../identity.ts';
import { createLive, type Live } from '../live.ts';
import type { Clock } from '../ports.ts';

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
  const opened = new Map<string, ChatLine | undefined>();
  const ids = new WeakMap<Uint8Array, string>();
  let sending: Promise<void> = Promise.resolve();

  /** Hashed once: a crowd's chat comes by again with every new line. */
  function idOf(raw: Uint8Array): string {
    const id = ids.get(raw) ?? bytesToHex(sha256(new Uint8Array(raw)));
    ids.set(raw, id);
    return id;
  }

  /** Anybody in the room may put anything into the array. */
  function linesOfBytes(): Uint8Array[] {
    return array.toArray().filter((raw: unknown) => raw instanceof Uint8Array);
  }

  async function refresh(): Promise<void> {
    const shown: ShownLine[] = [];
    const seen = new Set<string>();
    for (const raw of linesOfBytes()) {
      const id = idOf(raw);
      if (!opened.has(id)) opened.set(id, await openLine(new Uint8Array(raw)));
      const line = opened.get(id);
      const place = line && `${bytesToHex(line.key)}/${line.seq}`;
      if (!line || !place || seen.has(place)) continue;
      seen.add(place);
      shown.push({
        id,
        author: bytesToHex(line.key),
        text: line.text,
        at: line.at,
        mine: equalBytes(line.key, identity.key),
      });
    }
    lines.set(shown);
  }

  async function openLine(bytes: Bytes): Promise<ChatLine | undefined> {
    const line = await openChatLine(bytes);
    return line.ok && equalBytes(line.value.room, room) ? line.value : undefined;
  }

  /** This key's newest line, as it lies in the document. */
  function lastOfMine(): { readonly seq: number; readonly hash: Bytes } | undefined {
    for (const raw of linesOfBytes().toReversed()) {
      const line = opened.get(idOf(raw));
      if (line && equalBytes(line.key, identity.key))
        return { seq: line.seq, hash: sha256(new Uint8Array(raw)) };
    }
    return undefined;
  }

  async function append(text: string): Promise<void> {
    await refresh();
    const last = lastOfMine();
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
