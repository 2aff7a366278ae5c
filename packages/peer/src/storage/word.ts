/** One page's word to the device's other pages and its worker: these rows are others now. Nobody hears it where there is no BroadcastChannel. */
import type { Table } from './storage.ts';

export interface Word {
  say(table: Table, keys: readonly string[]): void;
  /** Calls with each key that another one has changed. Returns the end of it. */
  hear(table: Table, listener: (key: string) => void): () => void;
}

interface Message {
  readonly table: Table;
  readonly keys: readonly string[];
}

/** Other tables are read once and hardly change. */
const told: ReadonlySet<Table> = new Set(['outbox']);

export function createWord(name: string): Word {
  if (typeof BroadcastChannel === 'undefined') return { say: () => {}, hear: () => () => {} };
  const channel = new BroadcastChannel(name);
  return {
    say: (table, keys) => void (told.has(table) && channel.postMessage({ table, keys } satisfies Message)),
    hear(table, listener) {
      const onMessage = ({ data }: MessageEvent<Message>) => {
        if (data.table === table) data.keys.forEach(listener);
      };
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
  };
}
