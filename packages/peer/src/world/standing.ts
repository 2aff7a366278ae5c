/** How a followed world stands, from what was verified of it and how its tail is connected. */
import type { DocumentStatus, OpenDocument } from '../document.ts';
import type { FollowerState } from './followerState.ts';
import type { FollowedLog } from './verifiedLog.ts';

export function statusOf(
  isCondemned: boolean,
  opened: FollowedLog['opened'],
  tail: DocumentStatus | undefined,
): FollowerState['status'] {
  if (isCondemned) return 'fault';
  if (opened?.replayed.closed) return 'closed';
  if (tail === 'online' && opened) return 'live';
  return opened || tail === 'offline' || tail === 'refused' ? 'offline' : 'loading';
}

/** The relay has replaced the document, or knows less of it than we do. */
export function isOutdated({ refusedWith }: OpenDocument): boolean {
  return refusedWith === 'document_reset' || refusedWith === 'not_writer';
}

export function refusalOf(tail: OpenDocument | undefined): Pick<FollowerState, 'refusedWith'> {
  if (tail?.status.value !== 'refused' || tail.refusedWith === undefined) return {};
  return { refusedWith: tail.refusedWith };
}
