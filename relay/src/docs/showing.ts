/**
 * When durable updates are shown. Few readers see each at once. A crowd is shown one update for all that came within a tenth of a second:
 * what showing costs is a write for each reader, however much is in it.
 */
import type { Bytes } from '@fairground/ledger';
import { CROWD_MS, CROWD_READERS } from '@fairground/protocol';
import * as Y from 'yjs';
import type { Clock } from '../ports.ts';
import type { Author } from './docLog.ts';

export interface ShowingDeps {
  readonly clock: Clock;
  readers(): number;
  /** To everybody but the author. */
  send(update: Bytes, author: Author | undefined): void;
}

export interface Showing {
  show(update: Bytes, author: Author | undefined): void;
  stop(): void;
}

export function createShowing({ clock, readers, send }: ShowingDeps): Showing {
  let waiting: Bytes[] = [];
  const authors = new Set<Author | undefined>();
  let cancel: (() => void) | undefined;
  const pause = () => {
    if (readers() > CROWD_READERS) cancel = clock.setTimer(CROWD_MS, flush);
  };
  const flush = () => {
    cancel = undefined;
    const [first] = waiting;
    if (!first) return;
    const update = waiting.length === 1 ? first : Y.mergeUpdates(waiting);
    const [author] = authors.size === 1 ? authors : [];
    waiting = [];
    authors.clear();
    send(update, author);
    pause();
  };
  return {
    show(update, author) {
      waiting.push(update);
      authors.add(author);
      if (!cancel) flush();
    },
    stop: () => cancel?.(),
  };
}
