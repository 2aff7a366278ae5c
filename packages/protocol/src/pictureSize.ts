/** How large a picture says it is, from its header alone: one that would fill the memory is never unpacked. */
import { type PictureType, pictureType } from './pictureType.ts';

export interface PictureSize {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/** Undefined for what is none of the three, or ends before it has said its size. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const type = pictureType(bytes);
  const size = type && readers[type](new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  return type && size && size.width > 0 && size.height > 0 ? { type, ...size } : undefined;
}

type Size = Omit<PictureSize, 'type'>;

const readers: Readonly<Record<PictureType, (view: DataView) => Size | undefined>> = {
  'image/png': readPng,
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
};

/** PNG §11.2.1: IHDR is the first chunk. */
function readPng(view: DataView): Size | undefined {
  const isHeader = view.byteLength >= 24 && view.getUint32(12) === 0x49484452;
  return isHeader ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined;
}

/** ITU T.81 §B.1.1.3: segments one after the other until the one that begins a frame. */
function readJpeg(view: DataView): Size | undefined {
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which stand among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** RFC 9649 §2.5–2.7: lossy, lossless, or extended with a canvas. */
function readWebp(view: DataView): Size | undefined {
  if (view.byteLength < 30) return undefined;
  switch (view.getUint32(12)) {
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 0x56503858:
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
