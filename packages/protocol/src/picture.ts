/** What lies in `doc.getArray('pictures')` of a `view:<world>` document: one picture, the newest, all that a looker-on needs to believe it. */
import { type Bytes, type Result, decodeCbor, encodeCbor, err, ok } from '@fairground/ledger';
import { z } from 'zod';
import { zBytes } from './schema.ts';

export const VIEW_ROOT = 'pictures';

/** A larger one is not published, and not read: whoever looks on follows the log then. */
export const MAX_PICTURE = 128 * 1024;

const PictureHeir = z.strictObject({ key: zBytes(32), sigOld: zBytes(64), sigNew: zBytes(64) });
/** The key that signs now, where the genesis names an earlier one: both say so. */
export type PictureHeir = z.infer<typeof PictureHeir>;

/** Nobody need be asked whose word it is: the world's id is the hash of the genesis, which names the key. */
export const Picture = z.strictObject({
  genesis: zBytes(),
  /** The signed note of the view's size, without the lines of witnesses. */
  checkpoint: zBytes(),
  /** The signed `view/v1`. */
  view: z.tuple([zBytes(), zBytes(64)]),
  /** The drawn state, whose SHA-256 the view holds. */
  drawn: zBytes(),
  heir: PictureHeir.optional(),
});
export type Picture = z.infer<typeof Picture>;

export function encodePicture({ genesis, checkpoint, view: [bytes, sig], drawn, heir }: Picture): Bytes {
  return encodeCbor({ genesis, checkpoint, view: [bytes, sig], drawn, ...(heir && { heir: { ...heir } }) });
}

/** Form only; what it says is the reader's to verify. */
export function decodePicture(bytes: Bytes): Result<Picture, 'picture_malformed'> {
  if (bytes.length > MAX_PICTURE) return err('picture_malformed', 'too large');
  const decoded = decodeCbor(bytes);
  const picture = Picture.safeParse(decoded.ok ? decoded.value : undefined);
  return picture.success ? ok(picture.data) : err('picture_malformed');
}
