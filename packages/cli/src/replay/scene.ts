import type { Intent, LogEntry } from '@fairground/ledger';

/** One step of a log. */
export interface Scene {
  readonly entry: LogEntry;
  readonly intent: Intent<unknown> | undefined;
  /** What a spectator sees after it. */
  readonly view: () => unknown;
}
