/** Sealed intents by lot while a log streams by, and whether each lot is opened whole and truly. */
import { type Bytes, equalBytes } from './bytes.ts';
import type { KeyEntry, LotEntry } from './entry.ts';
import { type IntentParts, intentHeader } from './intent.ts';
import { type LotOpening, lotKeyPair, sealOf } from './lot.ts';
import { type Result, err, ok } from './result.ts';
import { type Seal, type SealContext, openSeal, sealCommit } from './seal.ts';

export type LotRefusal = 'lot_key' | 'lot_opening' | 'lot_void_false' | 'lot_incomplete';

/** The header is made only for the few that are claimed void. */
interface Sealed {
  readonly parts: IntentParts;
  readonly seal: Seal;
}

interface Lot {
  pk?: Bytes;
  /** As soon as a part has shown the right one: a curve multiplication a lot, not a part. */
  sk?: Bytes;
  /** Not opened yet, by the index of the intent's entry. */
  readonly sealed: Map<number, Sealed>;
}

export interface LotBook {
  readonly world: Bytes;
  readonly lots: Map<number, Lot>;
}

export function createLotBook(world: Bytes): LotBook {
  return { world, lots: new Map() };
}

/** A lot has one key: with a second, what was sealed to the first could be called void. */
export function noteKey(book: LotBook, { lot, pk }: KeyEntry): Result<void, 'lot_key'> {
  const opened = lotOf(book, lot);
  if (opened.pk) return err('lot_key', `a second key for lot ${lot}`);
  opened.pk = pk;
  return ok();
}

/** For admitted intents; does nothing for those without a seal. */
export function noteSealed(book: LotBook, parts: IntentParts, index: number): void {
  const found = sealOf(parts);
  if (found) lotOf(book, found.lot).sealed.set(index, { parts, seal: found.seal });
}

/**
 * The key is the lot's, every opening has its commit, what is claimed void does not open, and after the last part nothing that was sealed
 * before is left. Only what is claimed void costs a decryption.
 */
export function checkLot(book: LotBook, entry: LotEntry): Result<void, LotRefusal> {
  const { lot, sk, openings, more } = entry;
  const opened = lotOf(book, lot);
  const { pk, sealed } = opened;
  const isKnown = opened.sk !== undefined && equalBytes(opened.sk, sk);
  if (!pk || !(isKnown || equalBytes(pk, lotKeyPair(sk).pk))) return err('lot_key');
  opened.sk = sk;
  for (const opening of openings) {
    const found = sealed.get(opening.index);
    if (!found || !isOpened(book, lot, found, opening))
      return err('lot_opening', `of entry ${opening.index}`);
    sealed.delete(opening.index);
  }
  for (const index of entry.void) {
    const found = sealed.get(index);
    if (!found || opens({ ...found, sk, pk, world: book.world, lot }))
      return err('lot_void_false', `of entry ${index}`);
    sealed.delete(index);
  }
  return more || sealed.size === 0 ? ok() : err('lot_incomplete', `${sealed.size} sealed values are left`);
}

function isOpened(
  { world }: LotBook,
  lot: number,
  { parts, seal }: Sealed,
  { nonce, value }: LotOpening,
): boolean {
  return equalBytes(sealCommit({ world, lot, key: parts.key, nonce32: nonce, value }), seal.commit);
}

function opens({
  parts,
  ...rest
}: Sealed & Pick<SealContext, 'world' | 'lot' | 'pk'> & { readonly sk: Bytes }): boolean {
  return openSeal({ ...rest, key: parts.key, header: intentHeader(parts) }).ok;
}

function lotOf({ lots }: LotBook, lot: number): Lot {
  const known = lots.get(lot);
  if (known) return known;
  const fresh: Lot = { sealed: new Map() };
  lots.set(lot, fresh);
  return fresh;
}
