/** What is done to a run, and when: data, so that acts can be left out and the rest be done again. */
import type { DiskMishap } from '../disk/journal.ts';
import type { Mishap } from '../network/simFetch.ts';

export type Deed =
  /** A player does something that is not a bot's to decide. */
  | { readonly do: 'add' | 'chat'; readonly peer: number }
  | { readonly do: 'add many'; readonly peer: number; readonly count: number }
  /** Until all is healed and the world is long. */
  | { readonly do: 'stay away'; readonly peer: number }
  /** Snapshots that this player is sent are bent on the way, for some seconds after it is back. */
  | { readonly do: 'spoil snapshots'; readonly peer: number }
  /** What this player does next is not stored: the device is full. */
  | { readonly do: 'full device'; readonly peer: number }
  | { readonly do: 'cut'; readonly line: number; readonly how: 'heard' | 'mute' }
  | { readonly do: 'stall'; readonly line: number; readonly ms: number }
  | { readonly do: 'slow'; readonly line: number; readonly most: number; readonly ms: number }
  | { readonly do: 'request'; readonly peer: number; readonly mishap: Mishap }
  | { readonly do: 'disk'; readonly of: 'log' | 'lock' | 'relay'; readonly mishap: DiskMishap }
  | {
      readonly do: 'kill';
      readonly who: 'authority';
      readonly how: 'kill' | 'power';
      readonly downMs: number;
    }
  | { readonly do: 'kill'; readonly who: 'relay'; readonly downMs: number }
  | { readonly do: 'reload'; readonly peer: number; readonly downMs: number }
  | { readonly do: 'stop'; readonly who: 'authority' | 'relay'; readonly downMs: number }
  | {
      readonly do: 'restore';
      readonly who: 'authority' | 'relay';
      readonly agoMs: number;
      readonly downMs: number;
    }
  | { readonly do: 'old lock'; readonly agoMs: number; readonly downMs: number }
  /** Log and lock together, as the operator's guide forbids: nobody but those who follow can tell. */
  | { readonly do: 'old everything'; readonly agoMs: number; readonly downMs: number }
  | { readonly do: 'sleep'; readonly who: Who; readonly ms: number }
  | { readonly do: 'skew'; readonly who: Who; readonly ms: number };

/** A peer by its number. */
export type Who = 'authority' | 'relay' | number;

export interface Act {
  /** Milliseconds after the beginning. */
  readonly at: number;
  readonly deed: Deed;
}

export interface Plan {
  readonly seed: number;
  readonly game: 'tally' | 'nim' | 'trivia';
  readonly visibility: 'listed' | 'unlisted' | 'private';
  readonly peers: number;
  readonly acts: readonly Act[];
}

export function describeAct({ at, deed }: Act): string {
  const { do: what, ...rest } = deed;
  const details = Object.entries(rest).map(
    ([name, value]) =>
      `${name} ${typeof value === 'object' ? Object.values(value).join(' ') : String(value)}`,
  );
  return `${(at / 1000).toFixed(3).padStart(8)} s  ${what}${details.length > 0 ? `: ${details.join(', ')}` : ''}`;
}
