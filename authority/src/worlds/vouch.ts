/** Puts waiting sightings into the log: one entry a commit. */
import type { Millis } from '@fairground/ledger';
import { type AppendDeps, type EntryDraft, appendDraft } from './append.ts';
import type { LiveWorld, WaitingSighting } from './live.ts';

/** Sightings of about 300 bytes that fit an entry of 8 KiB. */
const mostInEntry = 24;

/** `again` is called when what has to wait may go on. */
export function logSightings(deps: AppendDeps, live: LiveWorld, now: Millis, again: () => void): void {
  const { sightings, world, id } = live;
  const { collecting } = deps.committer;
  if (sightings.length === 0) return;
  if (!collecting.worlds.get(id)?.hasSeen) {
    const taken = takeWanted(sightings);
    const draft: EntryDraft = { kind: 'seen', seen: taken.map(({ pair }) => pair) };
    if (taken.length > 0 && !appendDraft(deps, live, draft, now)) {
      for (const { again: halted } of taken) halted();
      return;
    }
    for (const { logged, again: undone } of taken) collecting.outcomes.push({ world, done: logged, undone });
  }
  if (sightings.length === 0 || live.vouchesAfter === collecting) return;
  live.vouchesAfter = collecting;
  collecting.outcomes.push({ world, done: again, undone: () => {} });
  deps.committer.schedule();
}

/** As many as an entry holds; of two alike one. What has become useless is told so. */
function takeWanted(sightings: WaitingSighting[]): readonly WaitingSighting[] {
  const taken: WaitingSighting[] = [];
  const pairs = new Set<string>();
  while (taken.length < mostInEntry) {
    const next = sightings.shift();
    if (!next) break;
    const text = String(next.pair.bytes);
    if (!next.isWanted() || pairs.has(text)) next.useless();
    else taken.push(next);
    pairs.add(text);
  }
  return taken;
}
