/** What a follower shows: of what it has verified, else of what the authority has signed for lookers-on. */
import type { Bytes } from '@fairground/ledger';
import type { OpenDocument } from '../document.ts';
import type { FollowerState } from './followerState.ts';
import type { Lookout } from './lookout.ts';
import { gameOf } from './ownIntents.ts';
import { refusalOf, statusOf } from './standing.ts';
import type { Tribunal } from './tribunal.ts';
import type { FollowedLog, LogFault } from './verifiedLog.ts';
import { witnessesOf } from './witnessesOf.ts';

/** Before anything has come. */
export const nothingShown: FollowerState = {
  status: 'loading',
  charges: [],
  isDoubted: false,
  size: 0,
  verified: { level: 'signed', to: 0 },
  view: undefined,
  clockOffset: 0,
};

export interface Shown {
  readonly log: FollowedLog;
  readonly tribunal: Tribunal;
  readonly lookout: Lookout | undefined;
  readonly tail: OpenDocument | undefined;
  readonly fault: LogFault | undefined;
  readonly isCondemned: boolean;
  readonly clockOffset: number;
  /** Who looks. */
  readonly key: Bytes;
}

export function shownState({
  log,
  tribunal,
  lookout,
  tail,
  isCondemned,
  clockOffset,
  key,
  ...found
}: Shown): FollowerState {
  const { opened, size, first } = log;
  const fault = tribunal.fault ?? found.fault;
  const picture = lookout?.newest;
  const signed = opened ? undefined : picture;
  return {
    status: statusOf(isCondemned, opened, tail?.status.value),
    size,
    verified: {
      ...{ level: log.level, to: signed?.word.size ?? size },
      ...(log.level === 'replayed' && { from: first }),
    },
    view: signed?.drawn ?? gameOf(log)?.view(opened?.replayed.state, { key }),
    clockOffset,
    charges: tribunal.charges,
    isDoubted: tribunal.isDoubted,
    ...(tribunal.withheld !== undefined && { withheld: tribunal.withheld }),
    ...(signed && { game: signed.genesis.game }),
    ...(picture && { pictured: picture.word.size }),
    ...(opened && { game: opened.genesis.game, witnesses: witnessesOf(opened.genesis) }),
    ...(fault && { fault }),
    ...refusalOf(tail),
  };
}
