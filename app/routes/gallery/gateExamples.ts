/** The gate on a busy evening, on a quiet one, and when something is missing. */
import type { DirectoryEntry } from '@fairground/protocol';
import type { Topic } from '#lib/play/topicsFor.ts';

const slugs =
  'pop geography science history movies sports food words nature games kids world brit-pop literature space-travel';
const topics: readonly Topic[] = slugs
  .split(' ')
  .map((slug, i) => ({ slug, count: 120 - i * 7, language: 'en' }));

function lobby(topic: string, change: Partial<DirectoryEntry>): DirectoryEntry {
  return {
    ...{ room: `${topic}-${change.title ?? ''}`, world: topic, game: 'trivia', code: '482917', topic },
    ...{ title: topic, phase: 'open', players: 3, seats: 50, openedAt: 1 },
    ...change,
  } as DirectoryEntry;
}

const rooms: readonly DirectoryEntry[] = [
  lobby('pop', { title: 'Brit‑Pop 1990–1999', players: 8 }),
  lobby('geography', { title: 'Rivers and capitals of everywhere', phase: 'running', players: 41 }),
  lobby('geography', { title: 'Second tent', players: 1 }),
  lobby('food', { title: 'Sunday lunch', players: 5 }),
];

const nothing = () => {};
export const busy = {
  ...{ rooms, topics, bank: 'ready' as const, offline: false, problem: undefined, busy: undefined },
  ...{ onedit: nothing, onenter: nothing, onplay: nothing, oncreate: nothing },
};
export const quiet = { ...busy, rooms: [], topics: topics.slice(0, 5) };
export const loading = { ...quiet, topics: [], bank: 'loading' as const };
export const empty = { ...quiet, topics: [] };
export const offline = { ...loading, bank: 'failed' as const, offline: true };
export const wrongCode = { ...quiet, problem: 'code_unknown' };
export const tooMany = { ...quiet, problem: 'code_attempts' };
export const refereeAway = { ...quiet, problem: 'authority_away' };
export const tooOld = { ...quiet, problem: 'reply_malformed' };
/** Fewer questions than are asked for. */
export const few: readonly Topic[] = [{ slug: 'geography', count: 4, language: 'en' }];
