/** A participant's side: identity, outbox, documents, and following a world that is verified entry by entry. */
export * from './asking.ts';
export * from './directory.ts';
export type { DocumentStatus, OpenDocument } from './document.ts';
export type { Failure, Reply } from './http.ts';
export * from './identity.ts';
export * from './live.ts';
export * from './outbox/record.ts';
export * from './peer.ts';
export * from './ports.ts';
export * from './room/chat.ts';
export * from './room/room.ts';
export * from './storage/indexedDbStorage.ts';
export * from './storage/memoryStorage.ts';
export type { Storage, Table } from './storage/storage.ts';
export type { Follower, FollowerState, Wish } from './world/followerState.ts';
export type { LogFault, VerifiedLevel, VerifiedLog } from './world/verifiedLog.ts';
