/** Helpers for tests of whoever builds on the ledger; not part of the product. */
export * from './buildWorld.ts';
export * from './counter.ts';
export * from './guessing.ts';
