/** Who looks at which world's `view` document: its authority draws pictures for those who look, and for nobody else. */
import { type DocumentName, type WatchedFrame, type WorldId, worldBytes } from '@fairground/protocol';
import type { Clock } from '../ports.ts';

export interface Audience {
  came(document: DocumentName): void;
  went(document: DocumentName): void;
  /** Its link is new: it is told what it cannot know. */
  online(authority: string): void;
}

export interface AudienceDeps {
  readonly clock: Clock;
  /** In hex; undefined for a world that nobody has. */
  authorityOf(world: Uint8Array): string | undefined;
  tell(authority: string, frame: WatchedFrame): void;
}

interface Lookers {
  count: number;
  cancelEnd?: () => void;
}

/** A reload comes back within this time: its world is not dropped and taken up again. */
const lingerMs = 10_000;

export function createAudience({ clock, authorityOf, tell }: AudienceDeps): Audience {
  const worlds = new Map<WorldId, Lookers>();

  function say(id: WorldId, watched: boolean): void {
    const world = worldBytes(id);
    const authority = authorityOf(world);
    if (authority !== undefined) tell(authority, { t: 'watched', world, watched });
  }

  function end(world: WorldId): void {
    worlds.delete(world);
    say(world, false);
  }

  return {
    came(document) {
      if (document.kind !== 'view') return;
      const { world } = document;
      const known = worlds.get(world);
      const lookers = known ?? { count: 0 };
      lookers.count++;
      lookers.cancelEnd?.();
      delete lookers.cancelEnd;
      worlds.set(world, lookers);
      if (!known) say(world, true);
    },
    went(document) {
      if (document.kind !== 'view') return;
      const { world } = document;
      const lookers = worlds.get(world);
      if (!lookers) return;
      lookers.count--;
      if (lookers.count === 0) lookers.cancelEnd = clock.setTimer(lingerMs, () => end(world));
    },
    online(authority) {
      for (const world of worlds.keys()) if (authorityOf(worldBytes(world)) === authority) say(world, true);
    },
  };
}
