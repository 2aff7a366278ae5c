/** How the starter questions are written down: what is right needs no index. */

export type StarterQuestion = StarterChoice | StarterTruth;

interface StarterChoice {
  readonly text: string;
  readonly right: string;
  readonly wrong: readonly string[];
  /** One or two sentences for the reveal. */
  readonly why: string;
}

interface StarterTruth {
  readonly text: string;
  readonly isTrue: boolean;
  readonly why: string;
}
