/** Sealed intents by lot while a log streams by, and whether each lot is opened whole and truly. */
import { type Bytes, equalBytes } from './bytes.ts';
import type { KeyEntry, LotEntry } from './entry.ts';
import type { IntentParts } from './intent.ts';
import { type SealedIntent, lotKeyPair, sealedOf } from './lot.ts';
import { type Result, err, ok } from './result.ts';
import { openSeal, sealCommit } from './seal.ts';

export type LotRefusal = 'lot_key' | 'lot_opening' | 'lot_void_false' | 'lot_incomplete';

interface Lot {
  pk?: Bytes;
  /** Not opened yet, by the index of the intent's entry. */
  readonly sealed: Map<number, SealedIntent>;
}

export interface LotBook {
  readonly world: Bytes;
  readonly lots: Map<number, Lot>;
}

export function createLotBook(world: Bytes): LotBook {
  return { world, lots: new Map() };
}

export function noteKey(book: LotBook, { lot, pk }: KeyEntry): void {
  lotOf(book, lot).pk = pk;
}

/** For admitted intents; does nothing for those without a seal. */
export function noteSealed(book: LotBook, parts: IntentParts, index: number): void {
  const found = sealedOf(parts, index);
  if (found) lotOf(book, found.lot).sealed.set(index, found.sealed);
}

/**
 * The key is the lot's, every opening has its commit, what is claimed void does not open, and after the last part nothing that was sealed
 * before is left. Only what is claimed void costs a decryption.
 */
export function checkLot(book: LotBook, entry: LotEntry): Result<void, LotRefusal> {
  const { lot, sk, openings, more } = entry;
  const { pk, sealed } = lotOf(book, lot);
  if (!pk || !equalBytes(pk, lotKeyPair(sk).pk)) return err('lot_key');
  for (const opening of openings) {
    const found = sealed.get(opening.index);
    if (!found || !isOpened(book, lot, found, opening))
      return err('lot_opening', `of entry ${opening.index}`);
    sealed.delete(opening.index);
  }
  for (const index of entry.void) {
    const found = sealed.get(index);
    if (!found || openSeal({ ...found, sk, pk, world: book.world, lot }).ok)
      return err('lot_void_false', `of entry ${index}`);
    sealed.delete(index);
  }
  return more || sealed.size === 0 ? ok() : err('lot_incomplete', `${sealed.size} sealed values are left`);
}

function isOpened(
  { world }: LotBook,
  lot: number,
  { key, seal }: SealedIntent,
  opening: LotEntry['openings'][number],
): boolean {
  const { nonce: nonce32, value } = opening;
  return equalBytes(sealCommit({ world, lot, key, nonce32, value }), seal.commit);
}

function lotOf({ lots }: LotBook, lot: number): Lot {
  const known = lots.get(lot);
  if (known) return known;
  const fresh: Lot = { sealed: new Map() };
  lots.set(lot, fresh);
  return fresh;
}
