/** The container of a WebP, chunk by chunk (RFC 9649 §2.3–2.7): whether it holds pixels alone, and those alone out of one that holds more. */
import { type Bytes, concatBytes, utf8ToBytes } from '@fairground/ledger';

interface Chunk {
  readonly name: string;
  /** With its name and length, and the byte that makes it even. */
  readonly whole: Bytes;
}

const alphaOnly = 0x10;

/** One lossy or lossless bitstream, or an extended header that announces transparency alone and has it. */
export function hasPixelsAlone(bytes: Bytes): boolean {
  const chunks = chunksOf(bytes) ?? [];
  const names = chunks.map(({ name }) => name).join(' ');
  return isOneStream(names) || (names === 'VP8X ALPH VP8 ' && chunks[0]?.whole[8] === alphaOnly);
}

/** The same picture without profile, place and whatever else stood beside it. Undefined for what is no whole, still WebP. */
export function pixelsAlone(bytes: Bytes): Bytes | undefined {
  const chunks = chunksOf(bytes) ?? [];
  const kept = chunks.filter(({ name }) => ['ALPH', 'VP8 ', 'VP8L'].includes(name));
  const names = kept.map(({ name }) => name).join(' ');
  if (isOneStream(names)) return riff(kept);
  const header = chunks[0];
  if (names !== 'ALPH VP8 ' || header?.name !== 'VP8X') return undefined;
  const whole = new Uint8Array(header.whole);
  whole.set([alphaOnly, 0, 0, 0], 8);
  return riff([{ ...header, whole }, ...kept]);
}

function isOneStream(names: string): boolean {
  return names === 'VP8 ' || names === 'VP8L';
}

function riff(chunks: readonly Chunk[]): Bytes {
  const body = concatBytes(utf8ToBytes('WEBP'), ...chunks.map(({ whole }) => whole));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, body.length, true);
  return concatBytes(utf8ToBytes('RIFF'), length, body);
}

/** Those of a file that they fill to its end. */
function chunksOf(bytes: Bytes): readonly Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isWhole = bytes.length >= 12 && textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP';
  if (!isWhole || view.getUint32(4, true) !== bytes.length - 8) return undefined;
  const chunks: Chunk[] = [];
  let at = 12;
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at + 4, true);
    const next = at + 8 + size + (size % 2);
    chunks.push({ name: textAt(bytes, at), whole: bytes.subarray(at, next) });
    at = next;
  }
  return at === bytes.length ? chunks : undefined;
}

function textAt(bytes: Bytes, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
