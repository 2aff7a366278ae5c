/** What people think of chat lines: signed reactions in a shared array, one of each person to each line. */
import { type Bytes, bytesToHex, equalBytes, err, hexToBytes, ok, type Result } from '@fairground/ledger';
import {
  limits,
  openReaction,
  type Reaction,
  type ReactionMark,
  ROOM_REACTIONS,
  signReaction,
} from '@fairground/protocol';
import type * as Y from 'yjs';
import type { Identity } from '../identity.ts';
import { createLive, type Live } from '../live.ts';
import { createSignedBook, type SignedBook } from './signedBook.ts';

export interface ShownReaction {
  /** Id of the line that it is about. */
  readonly line: string;
  /** Author's key, hex. */
  readonly author: string;
  readonly mark: ReactionMark;
  readonly mine: boolean;
}

export interface Reactions {
  /** Verified ones, each author's newest to a line; forged, foreign and taken back ones are left out. */
  readonly shown: Live<readonly ShownReaction[]>;
  /** In place of what this person thought of the line before; undefined takes it back. */
  react(line: string, mark: ReactionMark | undefined): Promise<Result<undefined, 'rate_limited'>>;
}

export function createReactions(deps: {
  readonly doc: Y.Doc;
  readonly room: Bytes;
  readonly identity: Identity;
}): Reactions {
  const { doc, room, identity } = deps;
  const array = doc.getArray<Uint8Array>(ROOM_REACTIONS);
  const shown = createLive<readonly ShownReaction[]>([]);
  const book = createSignedBook(readReaction(room));
  let reacting: Promise<unknown> = Promise.resolve();

  const newest = () => newestOfEach(book, array);

  let looks = 0;
  async function refresh(): Promise<void> {
    const look = ++looks;
    const all = await newest();
    // A look that began later has seen more.
    if (look === looks) shown.set([...all.values()].flatMap((reaction) => toShown(reaction, identity.key)));
  }

  async function append(line: string, mark: ReactionMark | undefined) {
    const about = hexToBytes(line);
    if (!about) throw new Error(`a line's id is hex, not ${line}`);
    const before = (await newest()).get(placeOf(identity.key, line));
    const turn = before ? before.turn + 1 : 0;
    if (turn >= limits.reactionTurns.max) return err('rate_limited' as const);
    array.push([await signReaction(identity, { room, line: about, turn, mark: mark ?? null })]);
    return ok(undefined);
  }

  array.observe(() => void refresh());
  void refresh();
  return {
    shown,
    react(line, mark) {
      const done = reacting.then(() => append(line, mark));
      // One that fails is its sender's to hear of; the next one is not held up by it.
      reacting = done.catch(() => undefined);
      return done;
    },
  };
}

/** Undefined for what is no reaction of this room. */
function readReaction(room: Bytes): (raw: Bytes) => Promise<Reaction | undefined> {
  return async (raw) => {
    const reaction = await openReaction(raw);
    return reaction.ok && equalBytes(reaction.value.room, room) ? reaction.value : undefined;
  };
}

/** The one of the highest turn counts; of two that say the same turn, the one that stands first for everybody. */
async function newestOfEach(book: SignedBook<Reaction>, array: Y.Array<Uint8Array>) {
  const newest = new Map<string, Reaction>();
  for (const raw of array.toArray() as readonly unknown[]) {
    // Anybody in the room may put anything into the array.
    const reaction = raw instanceof Uint8Array ? await book.open(raw) : undefined;
    if (!reaction) continue;
    const place = placeOf(reaction.key, bytesToHex(reaction.line));
    if (reaction.turn > (newest.get(place)?.turn ?? -1)) newest.set(place, reaction);
  }
  return newest;
}

function placeOf(key: Bytes, line: string): string {
  return `${bytesToHex(key)}/${line}`;
}

function toShown({ line, key, mark }: Reaction, me: Bytes): readonly ShownReaction[] {
  if (mark === null) return [];
  return [{ line: bytesToHex(line), author: bytesToHex(key), mark, mine: equalBytes(key, me) }];
}
