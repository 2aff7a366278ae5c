/** Signs without a promise and without making the key anew each time. */
import { copyBytes, concatBytes, publicKeyFromSeed } from '@fairground/ledger';
import type { Bytes } from '@fairground/ledger';
import { createPrivateKey, sign } from 'node:crypto';
import type { SyncSigner } from '../ports.ts';

/** RFC 8410 §7: what stands before the seed. */
const pkcs8Prefix = new Uint8Array([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/** Throws unless the seed has 32 bytes. */
export function syncSigner(seed: Bytes): SyncSigner {
  const der = Buffer.from(concatBytes(pkcs8Prefix, seed));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const signSync = (message: Bytes) => copyBytes(sign(null, message, key));
  return { key: publicKeyFromSeed(seed), signSync, sign: async (message) => signSync(message) };
}
