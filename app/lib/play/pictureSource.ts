/** Where the screens below get the pictures of questions from: a followed world, a file that was checked, or examples. */
import { getContext, setContext } from 'svelte';

/** By the SHA-256 in hexadecimal; gives nothing that has another one. `unreachable` when nobody answers. */
export type PictureSource = (
  hash: string,
) => Promise<
  { readonly ok: true; readonly value: Uint8Array } | { readonly ok: false; readonly code: string }
>;

export const PICTURES = Symbol('pictures');

/** Call while a component is being set up. */
export function providePictures(source: PictureSource): void {
  setContext(PICTURES, source);
}

export function pictureSource(): PictureSource {
  return (
    getContext<PictureSource | undefined>(PICTURES) ?? (async () => ({ ok: false, code: 'unreachable' }))
  );
}
