/** The device's Ed25519 key: non-extractable where WebCrypto has it, a plain seed where it has not (a LAN address over http). */
import { type Bytes, keyToDid, publicKeyFromSeed, type Signer, signEd25519 } from '@fairground/ledger';
import type { Storage } from './storage/storage.ts';

export interface Identity extends Signer {
  readonly did: string;
  /** False where the page is no secure context: the key then lies readable in the browser's storage. */
  readonly protected: boolean;
}

type Kept =
  | { readonly kind: 'webcrypto'; readonly pair: CryptoKeyPair; readonly key: Bytes }
  | { readonly kind: 'seed'; readonly seed: Bytes };

/** Loads this device's key or makes one. Two tabs that start at once end up with the same key: the first stored one stands. */
export async function loadIdentity(storage: Storage, random: (length: number) => Bytes): Promise<Identity> {
  const kept = (await storage.get('identity', 'device')) as Kept | undefined;
  if (kept) return toIdentity(kept);
  const made = (await makeWebCryptoKey()) ?? { kind: 'seed', seed: random(32) };
  if (await storage.add('identity', 'device', made)) return toIdentity(made);
  return toIdentity((await storage.get('identity', 'device')) as Kept);
}

export function seedIdentity(seed: Bytes): Identity {
  return toIdentity({ kind: 'seed', seed });
}

async function makeWebCryptoKey(): Promise<Kept | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  try {
    const pair = (await subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    return { kind: 'webcrypto', pair, key: new Uint8Array(await subtle.exportKey('raw', pair.publicKey)) };
  } catch {
    return undefined; // a browser without Ed25519 in WebCrypto
  }
}

function toIdentity(kept: Kept): Identity {
  if (kept.kind === 'seed') {
    const key = publicKeyFromSeed(kept.seed);
    return {
      key,
      did: keyToDid(key),
      protected: false,
      sign: async (message) => signEd25519(kept.seed, message),
    };
  }
  const { pair, key } = kept;
  return {
    key,
    did: keyToDid(key),
    protected: true,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, new Uint8Array(message))),
  };
}
