/** A table in memory for tests, golden ledgers and simulations: the authority's loop without network, disk or clock. */
export { type AuthorityOptions, append, draftsOwed, TABLE_EPOCH } from './authority.ts';
export * from './evening.ts';
export * from './player.ts';
export * from './table.ts';
