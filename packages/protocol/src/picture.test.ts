import { type Bytes, encodeCbor } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { MAX_PICTURE, decodePicture, encodePicture, type Picture } from './index.ts';

const b = (length: number): Bytes => new Uint8Array(length).fill(length % 251);
const picture: Omit<Picture, 'heir'> = { genesis: b(9), checkpoint: b(8), view: [b(7), b(64)], drawn: b(5) };

describe('[W11] a picture', () => {
  it('comes back as it was written', () => {
    expect(decodePicture(encodePicture(picture))).toEqual({ ok: true, value: picture });
  });

  it.each([
    ['no CBOR', b(3)],
    ['null', encodeCbor(null)],
    ['a member too many', encodeCbor({ ...picture, view: [b(7), b(64)], more: 1 })],
    ['a signature too short', encodeCbor({ ...picture, view: [b(7), b(63)] })],
    ['no drawing', encodeCbor({ genesis: b(9), checkpoint: b(8), view: [b(7), b(64)] })],
    ['a text for a drawing', encodeCbor({ ...picture, view: [b(7), b(64)], drawn: 'x' })],
    ['a byte after its end', Uint8Array.from([...encodePicture(picture), 0])],
    ['more than 128 KiB', encodePicture({ ...picture, drawn: b(MAX_PICTURE) })],
  ])('with %s is refused', (_, bytes) => {
    expect(decodePicture(bytes)).toMatchObject({ ok: false, code: 'picture_malformed' });
  });
});
