/** What stands on a big screen when there is no match on it. */
import type { FollowerState } from '@fairground/peer';
import { tables } from './tableExamples.ts';

const of = (name: string, change: Partial<FollowerState> = {}) => ({
  ...(tables[name] as () => FollowerState)(),
  ...change,
});

/** By the name that the gallery shows each under. */
export const screens = {
  'screen-loading': () => of('room-loading'),
  'screen-offline': () => of('room-offline'),
  'screen-new-rules': () => of('room-new-rules'),
  'screen-stopped': () => of('room-stopped'),
  'screen-no-game': () => of('room-new-game', { game: 'nim' }),
} satisfies Readonly<Record<string, () => FollowerState>>;
