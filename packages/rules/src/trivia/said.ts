/** What a seat says where that is not one option: canonical places, an estimate, or words. */
export type Said = number | string | readonly number[];
