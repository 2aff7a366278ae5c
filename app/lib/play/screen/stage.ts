/** Everything a big screen draws; the screen's page fills it from a follower, the gallery from examples. */
import type { SkippedQuestion } from '#lib/play/trivia/screen.ts';
import type { TriviaView } from '#lib/play/trivia/view.ts';
import type { RoomFacts } from '#lib/room/types.ts';

export interface Stage {
  readonly view: TriviaView;
  readonly facts: RoomFacts;
  /** Ms that the authority's clock is ahead of this device's. */
  readonly clockOffset: number;
  readonly skipped?: SkippedQuestion | undefined;
  /** The live tail is connected. */
  readonly online: boolean;
}
