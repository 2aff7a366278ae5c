/** What a bot is: a pure function from what the screen shows to what its player would do. */
import type { Bytes } from '@fairground/ledger';
import type { Wish } from '@fairground/peer';

export interface Move {
  /** The same move is made once, however often the screen shows that it is possible. */
  readonly once: string;
  readonly wish: Wish;
  /** How long the player hesitates, ms. */
  readonly afterMs: number;
}

/** Throws when the view is not the game's: a bug of whoever made the view. */
export type Bot = (view: unknown) => readonly Move[];

/** The seat that a bot plays for. */
export interface BotSeat {
  readonly name: string;
  readonly key: Bytes;
  /** 32 bytes that this device keeps of the world. */
  readonly secret: Bytes;
}

export type BotMaker = (seat: BotSeat) => Bot;
