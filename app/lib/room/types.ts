/** What the screens of a room are drawn from. */
import type { Cap, ReactionMark, RoomId, WorldId } from '@fairground/protocol';

export type Visibility = 'listed' | 'unlisted' | 'private';

export interface RoomFacts {
  readonly room: RoomId | undefined;
  readonly world: WorldId;
  /** Six digits, or null: a private room has none. */
  readonly code: string | null;
  /** The address that opens this room for somebody else. */
  readonly link: string;
  readonly visibility: Visibility;
  /** What opens the room's documents and log where it is not listed. */
  readonly cap: Cap | undefined;
}

export interface ChatEntry {
  readonly id: string;
  readonly name: string;
  readonly avatar: number;
  readonly text: string;
  /** This person's own line. */
  readonly mine: boolean;
  /** Each mark that somebody has given it, in the order of the marks. */
  readonly reactions: readonly MarkGiven[];
}

export interface MarkGiven {
  readonly mark: ReactionMark;
  /** Of those who gave it, me not included. */
  readonly names: readonly string[];
  readonly mine: boolean;
}

/** A setting that somebody is changing and that does not count yet. */
export interface SettingDraft {
  readonly value: number | boolean;
  readonly by: string;
}
export type Drafts = Readonly<Record<string, SettingDraft>>;

/** The big screens of a room, and what the phones show beside one. */
export interface BigScreens {
  readonly count: number;
  /** The host's choice; it holds only while a screen is on. */
  readonly optionsOnly: boolean;
  /** Present for the host only. */
  readonly onoptions: ((optionsOnly: boolean) => void) | undefined;
}
