/** A picture of a world as its `view` document holds it, once it is known whose word it is. */
import {
  type Bytes,
  type Cbor,
  decodeCbor,
  equalBytes,
  err,
  type Genesis,
  logVkey,
  ok,
  originOf,
  parseGenesis,
  parseView,
  type Result,
  sha256,
  type SignedPair,
  verifyCheckpoint,
  verifyHeir,
  verifyPair,
  type ViewWord,
  type Vkey,
  worldIdOf,
} from '@fairground/ledger';
import { decodePicture, type Picture, VIEW_ROOT } from '@fairground/protocol';
import type * as Y from 'yjs';

export interface SignedPicture {
  readonly genesis: Genesis;
  readonly vkey: Vkey;
  readonly word: ViewWord;
  readonly view: SignedPair;
  /** The checkpoint that it stands for, which the same key has signed; of the same size, the root is for the reader to compare. */
  readonly note: Bytes;
  readonly noteRoot: Bytes;
  readonly drawn: Cbor;
}

/** The newest that the document holds. */
export function pictureIn(doc: Y.Doc): Bytes | undefined {
  const all = doc.getArray<unknown>(VIEW_ROOT);
  const last: unknown = all.length > 0 ? all.get(all.length - 1) : undefined;
  return last instanceof Uint8Array ? new Uint8Array(last) : undefined;
}

/** The genesis's own, or the one to which it says itself that it was handed on. */
function signingKey(key: Bytes, { heir }: Picture): Bytes {
  return heir && verifyHeir({ key, heir: heir.key }, heir) ? heir.key : key;
}

/** Refuses what is not this world's, and what its key has not signed. `vkey` is the key that the log names now, where it is known. */
export async function readPicture(
  world: Bytes,
  bytes: Bytes,
  vkey?: Vkey,
): Promise<Result<SignedPicture, string>> {
  const decoded = decodePicture(bytes);
  if (!decoded.ok) return decoded;
  const { genesis: genesisBytes, checkpoint: note, view: pair, drawn: drawnBytes } = decoded.value;
  if (!equalBytes(worldIdOf(genesisBytes), world)) return err('genesis_mismatch');
  const genesis = parseGenesis(genesisBytes);
  if (!genesis.ok) return genesis;
  const { name, key } = genesis.value.authority;
  const signer = vkey ?? logVkey(originOf(name, world), signingKey(key, decoded.value));
  const view: SignedPair = { bytes: pair[0], sig: pair[1] };
  const word = parseView(view.bytes);
  if (!word.ok) return word;
  if (!equalBytes(word.value.world, world)) return err('view_of_another_log');
  if (!(await verifyPair('view', signer.key, view))) return err('view_signature');
  const signed = await verifyCheckpoint(note, signer);
  if (!signed.ok) return signed;
  if (signed.value.size !== word.value.size || word.value.size === 0) return err('checkpoint_size');
  const drawn = decodeCbor(drawnBytes);
  if (!drawn.ok || !equalBytes(sha256(drawnBytes), word.value.hash)) return err('picture_hash');
  const noteRoot = signed.value.root;
  return ok({
    genesis: genesis.value,
    vkey: signer,
    word: word.value,
    view,
    note,
    noteRoot,
    drawn: drawn.value,
  });
}
