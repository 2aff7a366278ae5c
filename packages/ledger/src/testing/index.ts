/** Helpers for tests of whoever builds on the ledger; not part of the product. */
export * from './buildWorld.ts';
export * from './counter.ts';
export * from './guessing.ts';
/** The long ways of reading, which the short ones must agree with. */
export { parseAnyIntent } from '../intent.ts';
export { decodeAnyEntry } from '../entryCodec.ts';
export { samples } from './samples.ts';
