/** Who is in a room's document right now: one state per client id, batched, each spoken only by the connection it belongs to. */
import { type Result, err, ok } from '@fairground/ledger';
import { AWARENESS_MS, limits } from '@fairground/protocol';
import type { Clock } from '../ports.ts';
import { type PresenceEntry } from './frames.ts';

export type PresenceRefusal =
  | 'awareness_clock'
  | 'awareness_too_large'
  | 'awareness_foreign'
  | 'awareness_malformed';

/** A connection that may speak for one client id. */
export interface Speaker {
  readonly did: string;
  /** The client id it speaks for, once it has said so. */
  client?: number;
}

export interface Presence {
  /** Takes a speaker's entries. Stock clients echo what they heard of others: that is passed over in silence. */
  hear(
    speaker: Speaker,
    entries: readonly PresenceEntry[],
    mayBind: (client: number) => boolean,
  ): Result<void, PresenceRefusal>;
  leave(speaker: Speaker): void;
  /** Everybody's state, for who has just come. */
  all(): readonly PresenceEntry[];
  stop(): void;
}

// A client id that was never heard of may have been up for months elsewhere: the clock of its first word is only bounded.
const firstClock = 2 ** 24;

export function createPresence(
  clock: Clock,
  broadcast: (entries: readonly PresenceEntry[]) => void,
): Presence {
  const states = new Map<number, PresenceEntry>();
  const speakers = new Map<number, Speaker>();
  const dirty = new Set<number>();
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel = undefined;
    const entries = [...dirty].flatMap((client) => states.get(client) ?? []);
    dirty.clear();
    broadcast(entries);
  };
  const set = (entry: PresenceEntry) => {
    states.set(entry.client, entry);
    dirty.add(entry.client);
    cancel ??= clock.setTimer(AWARENESS_MS, flush);
  };
  return {
    hear(speaker, entries, mayBind) {
      for (const entry of entries) {
        if (!isOwn(speaker, entry, mayBind)) continue;
        const known = states.get(entry.client);
        const refusal = refuse(speaker, entry, known);
        if (refusal) return err(refusal);
        speaker.client = entry.client;
        speakers.set(entry.client, speaker);
        if (!known || known.clock < entry.clock || known.state === 'null') set(entry);
      }
      return ok();
    },
    leave(speaker) {
      const { client } = speaker;
      const known = client === undefined ? undefined : states.get(client);
      if (client === undefined || !known || speakers.get(client) !== speaker) return;
      speakers.delete(client);
      if (known.state !== 'null') set({ ...known, state: 'null' });
    },
    all: () => [...states.values()].filter(({ state }) => state !== 'null'),
    stop: () => cancel?.(),
  };
}

/** The first state that a connection shows names its client id; a farewell names nobody. */
function isOwn(
  speaker: Speaker,
  { client, state }: PresenceEntry,
  mayBind: (client: number) => boolean,
): boolean {
  if (speaker.client !== undefined) return speaker.client === client;
  return state !== 'null' && mayBind(client);
}

function refuse(
  speaker: Speaker,
  entry: PresenceEntry,
  known: PresenceEntry | undefined,
): PresenceRefusal | undefined {
  if (entry.state.length > limits.awarenessBytes.max) return 'awareness_too_large';
  if (entry.clock > (known ? known.clock + limits.awarenessClock.max : firstClock)) return 'awareness_clock';
  const state: unknown = JSON.parse(entry.state);
  if (typeof state !== 'object' || Array.isArray(state)) return 'awareness_malformed';
  const key: unknown = state && 'key' in state ? state.key : undefined;
  return key === undefined || key === speaker.did ? undefined : 'awareness_foreign';
}
