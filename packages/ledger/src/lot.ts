/** Sealed intents by lot, and how a lot is opened: every value by commit, its key published, what does not open named void. */
import { type Bytes, isBytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { type LotEntry, MAX_ENTRY_BYTES } from './entry.ts';
import { encodeEntry } from './entryCodec.ts';
import { type IntentParts, intentHeader } from './intent.ts';
import { type Seal, openSeal, sealKeyPair } from './seal.ts';
import { bytesOf, isUint, shape } from './shape.ts';

/** An intent with a sealed value, as its entry has it. */
export interface SealedIntent {
  /** Of its entry. */
  readonly index: number;
  readonly key: Bytes;
  /** CBOR of the intent without its body: the AAD of its seal. */
  readonly header: Bytes;
  readonly seal: Seal;
}

export type LotOpening = LotEntry['openings'][number];

export interface OpenedLot {
  readonly openings: readonly LotOpening[];
  readonly void: readonly number[];
}

/** A `lot` entry before the authority stamps its time. */
export type LotDraft = Omit<LotEntry, 'at'>;

const isSeal = shape<Seal>({ commit: bytesOf(32), enc: bytesOf(32), ct: isBytes });

/** The X25519 pair of a lot, from its 32-byte secret. */
export const lotKeyPair = sealKeyPair;

/** The lot and the seal of an intent whose body has `lot: uint` and `seal: {commit, enc, ct}`; undefined for others. */
export function sealOf({
  body,
}: Pick<IntentParts, 'body'>): { readonly lot: number; readonly seal: Seal } | undefined {
  const lot: unknown = body['lot'];
  const seal: unknown = body['seal'];
  return isUint(lot) && typeof lot === 'number' && isSeal(seal) ? { lot, seal } : undefined;
}

/** The same with everything that opening it needs. */
export function sealedOf(
  parts: IntentParts,
  index: number,
): { readonly lot: number; readonly sealed: SealedIntent } | undefined {
  const found = sealOf(parts);
  if (!found) return undefined;
  const { lot, seal } = found;
  return { lot, sealed: { index, key: parts.key, header: intentHeader(parts), seal } };
}

/** Opens everything that was sealed to a lot; what does not open to its own commit is void. */
export function openLot({
  world,
  lot,
  secret,
  sealed,
}: {
  readonly world: Bytes;
  readonly lot: number;
  readonly secret: Bytes;
  readonly sealed: readonly SealedIntent[];
}): OpenedLot {
  const { pk, sk } = lotKeyPair(secret);
  const openings: LotOpening[] = [];
  const failed: number[] = [];
  for (const { index, key, header, seal } of sealed) {
    const opened = openSeal({ sk, pk, world, lot, key, header, seal });
    if (opened.ok) openings.push({ index, nonce: opened.value.nonce, value: opened.value.value });
    else failed.push(index);
  }
  return { openings, void: failed };
}

/** The `lot` entries of an opened lot, in parts that fit; one, if nothing was sealed. */
export function lotEntries(lot: number, secret: Bytes, opened: OpenedLot): readonly LotDraft[] {
  const { sk } = lotKeyPair(secret);
  const parts: { openings: LotOpening[]; void: number[] }[] = [{ openings: [], void: [] }];
  let room = partRoom;
  for (const item of [...opened.openings, ...opened.void]) {
    const length = itemLength(item);
    if (length > room) {
      parts.push({ openings: [], void: [] });
      room = partRoom;
    }
    const last = parts[parts.length - 1];
    if (typeof item === 'number') last?.void.push(item);
    else last?.openings.push(item);
    room -= length;
  }
  return parts.map((part, i) => ({ kind: 'lot', lot, sk, ...part, more: i < parts.length - 1 }));
}

/** What an empty part leaves, with the longest numbers and list heads. */
const partRoom = MAX_ENTRY_BYTES - emptyPart() - 2 * 3;

function emptyPart(): number {
  const longest = Number.MAX_SAFE_INTEGER;
  return encodeEntry({
    kind: 'lot',
    at: longest,
    lot: longest,
    sk: new Uint8Array(32),
    openings: [],
    void: [],
    more: true,
  }).length;
}

function itemLength(item: LotOpening | number): number {
  return encodeCbor(typeof item === 'number' ? item : { ...item }).length;
}
