/** What a benchmark is: one row of the table, with its floor or its peer measured in the same run. */
export interface Row {
  /** As it is called by `pnpm bench <name>`. */
  readonly name: string;
  /** The target of the design that it stands for, e.g. `P4`. */
  readonly target: string;
  readonly title: string;
  run(): Promise<readonly Measure[]>;
}

/** One line: what was measured, what it is held against, and whether that is met. */
export interface Measure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The most it may be, in the same unit. */
  readonly atMost: number;
  /** Its floor or peer, measured in the same run, in the same unit. */
  readonly peer?: number;
  /** How the limit came about, e.g. `1.6 × the floor of 612 ms`. */
  readonly because: string;
}
