/** Everything a trivia screen draws and may do; the room page fills it from a follower, the gallery from examples. */
import type { BigScreens, ChatEntry, Drafts, RoomFacts } from '#lib/room/types.ts';
import type { Vote } from '#lib/ui/Feedback.svelte';
import type { Lock } from './lock.ts';
import type { TriviaView } from './view.ts';

export interface TriviaScreen {
  readonly view: TriviaView;
  readonly facts: RoomFacts;
  readonly isHost: boolean;
  /** Ms that the authority's clock is ahead of this device's. */
  readonly clockOffset: number;
  /** How far this device has checked what is shown. */
  readonly verified: 'signed' | 'replayed' | 'audited';
  /** The live tail is connected. */
  readonly online: boolean;
  readonly chat: readonly ChatEntry[];
  readonly drafts: Drafts;
  /** People in the room without a seat. */
  readonly watching: number;
  readonly screens: BigScreens;
  readonly lock: Lock | undefined;
  readonly myVote: Vote | undefined;
  /** An intent of that kind is on its way. */
  pending(kind: string): boolean;
  join(): void;
  leave(): void;
  ready(ready: boolean): void;
  draft(setting: string, value: number | boolean): void;
  start(): void;
  /** Resolves when it is stored, or could not be. */
  answer(choice: number): Promise<void>;
  vote(vote: Vote): void;
  next(): void;
  readonly say: ((text: string) => void) | undefined;
  playAgain(): void;
  takeHome(): void;
}
