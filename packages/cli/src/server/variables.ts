/** The variables of a server as `--help` shows them. */
export interface DescribedVariable {
  /** As it would be written; undefined when it may be left out. */
  readonly fallback: string | undefined;
  readonly help: string;
}

export type Variables = Readonly<Record<string, DescribedVariable>>;

/** Those that two rooms share are shown once. */
export function describeVariables(...rooms: readonly Variables[]): string {
  const all: Variables = Object.assign({}, ...rooms.toReversed());
  const width = Math.max(...Object.keys(all).map((name) => name.length));
  const lines = Object.entries(all).map(
    ([name, variable]) => `  ${name.padEnd(width)}  ${variable.help}${shownDefault(variable)}`,
  );
  return ['', 'Environment variables:', ...lines].join('\n');
}

function shownDefault({ fallback }: DescribedVariable): string {
  return fallback === undefined || fallback === '' ? '' : ` (default: ${fallback})`;
}
