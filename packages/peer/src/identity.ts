/** The device's Ed25519 key: non-extractable where WebCrypto has it, a plain seed where it has not (a LAN address over http). */
import { type Bytes, createSign, keyToDid, publicKeyFromSeed, type Signer } from '@fairground/ledger';
import type { Storage } from './storage/storage.ts';

export interface Identity extends Signer {
  readonly did: string;
  /** False where the page is no secure context: the key then lies readable in the browser's storage. */
  readonly protected: boolean;
}

type Kept =
  | { readonly kind: 'webcrypto'; readonly pair: CryptoKeyPair; readonly key: Bytes }
  | { readonly kind: 'seed'; readonly seed: Bytes };

const PLACE = 'device';

/** Loads this device's key or makes one. Two tabs that start at once end up with the same key: the first stored one stands. */
export async function loadIdentity(storage: Storage, random: (length: number) => Bytes): Promise<Identity> {
  const kept = await storage.get('identity', PLACE);
  const found = await toIdentity(kept);
  if (found) return found;
  // What cannot be used is put aside: whoever can read it may still want it.
  if (kept !== undefined)
    await storage.swap('identity', [[PLACE, kept]], [[`unreadable/${random(8).join('')}`, kept]], () => true);
  const made = (await makeWebCryptoKey()) ?? { kind: 'seed', seed: random(32) };
  await storage.add('identity', PLACE, made);
  const identity = await findIdentity(storage);
  if (!identity) throw new Error('a key that was just made cannot be used');
  return identity;
}

/** This device's key, if it has one that can be used. */
export async function findIdentity(storage: Storage): Promise<Identity | undefined> {
  return toIdentity(await storage.get('identity', PLACE));
}

/** The seed, where it lies readable anyway: a key that the machine protects cannot be written down. */
export async function readableSeed(storage: Storage): Promise<Bytes | undefined> {
  const kept = (await storage.get('identity', PLACE)) as Partial<Kept> | undefined;
  return kept?.kind === 'seed' ? kept.seed : undefined;
}

/** From now on this device signs with the key of that seed; the one before is put aside. Pages that are open keep theirs until they are loaded anew. */
export async function adoptSeed(
  storage: Storage,
  seed: Bytes,
  random: (length: number) => Bytes,
): Promise<void> {
  const before = await storage.get('identity', PLACE);
  const made = (await importWebCryptoKey(seed)) ?? { kind: 'seed', seed };
  const was = before === undefined ? [] : ([[PLACE, before]] as const);
  const former = before === undefined ? [] : ([[`former/${random(8).join('')}`, before]] as const);
  await storage.swap('identity', was, [...former, [PLACE, made]], () => true);
}

export function seedIdentity(seed: Bytes): Identity {
  return fromSeed(seed);
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

/** An Ed25519 seed in PKCS #8 (RFC 8410 §7): the only form that WebCrypto takes a private key in. */
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

async function importWebCryptoKey(seed: Bytes): Promise<Kept | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  try {
    const key = new Uint8Array(publicKeyFromSeed(seed));
    const der = new Uint8Array([...PKCS8, ...seed]);
    const privateKey = await subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
    const publicKey = await subtle.importKey('raw', key, 'Ed25519', true, ['verify']);
    return { kind: 'webcrypto', pair: { privateKey, publicKey }, key };
  } catch {
    return undefined;
  }
}

/** Undefined for what is damaged, or of another version of the app. */
async function toIdentity(stored: unknown): Promise<Identity | undefined> {
  const kept = stored as Partial<Record<'kind' | 'seed' | 'pair' | 'key', unknown>> | undefined;
  if (kept?.kind === 'seed' && kept.seed instanceof Uint8Array && kept.seed.length === 32)
    return fromSeed(kept.seed);
  if (kept?.kind !== 'webcrypto' || !(kept.key instanceof Uint8Array) || kept.key.length !== 32)
    return undefined;
  const identity = fromPair(kept.pair as CryptoKeyPair, kept.key);
  // A copied or restored profile may hold a handle whose key material is gone.
  return (await canSign(identity)) ? identity : undefined;
}

async function canSign(identity: Identity): Promise<boolean> {
  return identity.sign(new Uint8Array(1)).then(
    () => true,
    () => false,
  );
}

function fromSeed(seed: Bytes): Identity {
  const key = publicKeyFromSeed(seed);
  const sign = createSign(seed);
  return {
    key,
    did: keyToDid(key),
    protected: false,
    sign: async (message) => sign(message),
  };
}

function fromPair(pair: CryptoKeyPair, key: Bytes): Identity {
  return {
    key,
    did: keyToDid(key),
    protected: true,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, new Uint8Array(message))),
  };
}
