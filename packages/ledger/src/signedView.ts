/** The authority's word for what a world looks like at a size, to somebody who only looks on; whoever runs the rules finds a false one. */
import type { Bytes } from './bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts';
import type { Signer } from './ed25519.ts';
import type { Replayable } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { bytesOf, isUint, literal, shape } from './shape.ts';
import { type SignedPair, signPair } from './signedPair.ts';

export interface ViewWord {
  readonly world: Bytes;
  /** Entries that it stands for: it is drawn right after the last of them. */
  readonly size: number;
  /** Of the tree of that size. */
  readonly root: Bytes;
  /** SHA-256 of what `drawView` draws. */
  readonly hash: Bytes;
}

const isView = shape<ViewWord & { readonly v: 1 }>({
  v: literal(1),
  world: bytesOf(32),
  size: isUint,
  root: bytesOf(32),
  hash: bytesOf(32),
});

export function makeView({ world, size, root, hash }: ViewWord): Uint8Array<ArrayBuffer> {
  return encodeCbor({ v: 1, world, size, root, hash });
}

export function parseView(bytes: Bytes): Result<ViewWord, 'view_malformed'> {
  const decoded = decodeCbor(bytes);
  const view: unknown = decoded.ok ? decoded.value : undefined;
  return isView(view) ? ok(view) : err('view_malformed');
}

export function signView(signer: Signer, view: ViewWord): Promise<SignedPair> {
  return signPair('view', signer, makeView(view));
}

/** What a looker-on sees of a state, as canonical CBOR. Throws if the game shows what has no encoding. */
export function drawView<State>(
  game: Pick<Replayable<never, State, never>, 'view'>,
  state: State,
): Uint8Array<ArrayBuffer> {
  return encodeCbor(game.view(state, {}) as Cbor);
}
