/**
 * A binary WebSocket message as it stands on the wire (RFC 6455 §5.2: final, unmasked, not compressed). A broadcast is framed once and
 * written to each reader's TCP socket as it is, instead of being framed for each of them.
 */
import type { Bytes } from '@fairground/ledger';

let last: { readonly message: Bytes; readonly wire: Buffer } | undefined;

/** The same message object as the last time costs nothing; its bytes must not change. */
export function wireFrame(message: Bytes): Buffer {
  if (last?.message !== message) last = { message, wire: frame(message) };
  return last.wire;
}

function frame(message: Bytes): Buffer {
  const header = headerOf(message.length);
  return Buffer.concat([header, message]);
}

function headerOf(length: number): Buffer {
  const finalBinary = 0x82;
  if (length < 126) return Buffer.from([finalBinary, length]);
  if (length < 65_536) return Buffer.from([finalBinary, 126, length >> 8, length & 255]);
  const header = Buffer.alloc(10);
  header[0] = finalBinary;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
