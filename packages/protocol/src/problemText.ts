/** One row of the problems table, as it is written. */
export interface ProblemText {
  readonly status: number;
  readonly title: string;
  /** For people: what happened and what to do. */
  readonly detail: string;
}
