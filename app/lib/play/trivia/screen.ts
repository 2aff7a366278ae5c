/** Everything a trivia screen draws and may do; the room page fills it from a follower, the gallery from examples. */
import type { ReactionMark } from '@fairground/protocol';
import type { BigScreens, ChatEntry, Drafts, RoomFacts } from '#lib/room/types.ts';
import type { Vote } from '#lib/ui/Feedback.svelte';
import type { Said } from '@fairground/rules';
import type { Lock } from './lock.ts';
import type { LaterRules, TriviaView } from './view.ts';

/** What only a host may do; seats are named by their ids. */
export interface HostDeeds {
  pause(why: string): void;
  resume(): void;
  skip(): void;
  lock(locked: boolean): void;
  kick(seat: string, forMs: number, why: string): void;
  handover(seat: string): void;
}

/** A question that the host took out, until the next answer is shown. */
export interface SkippedQuestion {
  /** Of the host at that time, where that is a seat. */
  readonly name: string | undefined;
  /** By the authority's clock. */
  readonly at: number;
}

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
  readonly skipped: SkippedQuestion | undefined;
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
  answer(said: Said): Promise<void>;
  stake(amount: number): void;
  /** With a note; to a question that was asked before, by its index. */
  vote(vote: Vote, note?: string, question?: number): void;
  /** This device's newest vote on that question, whether it has arrived or not. */
  voteOf(question: number): Vote | undefined;
  team(team: number): void;
  configure(change: LaterRules): void;
  readonly host: HostDeeds;
  /** The host's device is not in the room; asks whether it is still there. */
  readonly claim: (() => void) | undefined;
  next(): void;
  readonly say: ((text: string) => void) | undefined;
  /** In place of what I thought of the line before; undefined takes it back. */
  readonly react: ((line: string, mark: ReactionMark | undefined) => void) | undefined;
  playAgain(): void;
  takeHome(): void;
}
