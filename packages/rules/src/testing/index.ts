/** A table in memory for tests, golden ledgers and simulations: the authority's loop without network, disk or clock. */
export { type AuthorityOptions, append, draftsOwed, TABLE_EPOCH } from './authority.ts';
export * from './evening.ts';
export * from './kinds.ts';
export { type Golden, replayHashes } from './golden.ts';
export { disorderOf } from './order.ts';
export * from './player.ts';
export { nimStory, partyStory, triviaStory } from './stories.ts';
export * from './table.ts';
export { type Move, wander } from './wander.ts';
