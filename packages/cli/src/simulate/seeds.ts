/** Everything of a party that chance decides follows from one number, except the keys and nonces that must never repeat. */
import { type Bytes, drawStream, type DrawStream, hkdfSha256, utf8ToBytes } from '@fairground/ledger';

export interface Seed {
  /** 32 bytes for one purpose. */
  bytes(label: string): Bytes;
  /** A stream of draws for one purpose. */
  draws(label: string): DrawStream;
}

export function createSeed(number: number): Seed {
  const root = utf8ToBytes(`fairground/simulate/${number}`);
  const bytes = (label: string) => hkdfSha256(root, new Uint8Array(0), utf8ToBytes(label), 32);
  return { bytes, draws: (label) => drawStream(bytes(label), 'draw') };
}
