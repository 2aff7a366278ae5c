/** What `pnpm chaos` can be told. */
import { parseArgs } from 'node:util';

export interface Command {
  readonly from: number;
  readonly seeds: number;
  readonly workers: number;
  /** Prints every line of the trace. */
  readonly isLoud: boolean;
  /** Ends with the first seed that fails. */
  readonly isBrief: boolean;
  readonly isWorker: boolean;
}

export const usage = `pnpm chaos [--seeds 100] [--from 1] [--workers 2] [--trace] [--first]
  Plays that many seeds from the first one on. A seed that fails is printed with the least that makes it fail.
  --trace prints everything that happens, --first ends at the first failure.`;

/** Throws a sentence for what it does not understand. */
export function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '100' },
      workers: { type: 'string', default: '2' },
      trace: { type: 'boolean', default: false },
      first: { type: 'boolean', default: false },
      worker: { type: 'boolean', default: false },
    },
  });
  return {
    from: whole('from', values.from),
    seeds: whole('seeds', values.seeds),
    workers: Math.max(1, whole('workers', values.workers)),
    isLoud: values.trace,
    isBrief: values.first,
    isWorker: values.worker,
  };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number, not ${text}`);
  return value;
}
