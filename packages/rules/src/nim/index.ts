/** Nim, version 1: the smallest whole game, and the guide's example of how one is made. */
import { drawChores } from '../dice/drafts.ts';
import type { Game } from '../game.ts';
import { rulesHashes } from '../rulesHash.ts';
import { decodeNim, encodeNim } from './codec.ts';
import { dealNim, nimOwes, unsealNim } from './deal.ts';
import { applyNim, checkNim } from './play.ts';
import { NimBody, NimConfig, type NimState, openNim } from './state.ts';
import { nimDue } from './time.ts';
import { cardNim, viewNim } from './view.ts';

export const nim: Game<NimConfig, NimState, NimBody> = {
  name: 'nim',
  version: 1,
  rules: rulesHashes.nim,
  config: NimConfig,
  body: NimBody,
  open: openNim,
  check: checkNim,
  apply: applyNim,
  isOver: ({ phase }) => phase === 'over',
  due: nimDue,
  owes: nimOwes,
  deal: dealNim,
  unseal: unsealNim,
  asks: () => [],
  view: viewNim,
  card: cardNim,
  chores: (state, { key }, secret) => (key ? drawChores(state.draw, key, secret) : []),
  encode: encodeNim,
  decode: decodeNim,
};

export { NimBody, NimConfig, type NimReason, type NimState } from './state.ts';
export type { NimRefusal } from './play.ts';
export type { NimView } from './view.ts';
