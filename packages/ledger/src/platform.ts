/**
 * What the engine offers beyond the language, looked up when it is used and never imported: the same source runs in Node, browsers,
 * QuickJS and JavaScriptCore's shell. Only what this package calls is declared.
 */

/** An imported native key; opaque here. */
export type NativeKey = object;

interface DerKey {
  readonly key: Uint8Array;
  readonly format: 'der';
  readonly type: 'spki' | 'pkcs8';
}

interface AesGcm {
  setAAD(aad: Uint8Array): unknown;
  update(data: Uint8Array): Uint8Array;
  final(): Uint8Array;
  getAuthTag(): Uint8Array;
  setAuthTag(tag: Uint8Array): unknown;
}

/** The part of `node:crypto` that is used; its buffers come from a pool, so callers copy them. */
export interface NodeCrypto {
  hash(algorithm: string, data: Uint8Array, encoding: 'latin1'): string;
  hkdfSync(hash: string, ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): ArrayBuffer;
  createPublicKey(key: DerKey): NativeKey;
  createPrivateKey(key: DerKey): NativeKey;
  sign(algorithm: null, message: Uint8Array, key: NativeKey): Uint8Array;
  verify(algorithm: null, message: Uint8Array, key: NativeKey, signature: Uint8Array): boolean;
  diffieHellman(keys: { readonly privateKey: NativeKey; readonly publicKey: NativeKey }): Uint8Array;
  createCipheriv(algorithm: string, key: Uint8Array, iv: Uint8Array): AesGcm;
  createDecipheriv(algorithm: string, key: Uint8Array, iv: Uint8Array): AesGcm;
}

/** The part of WebCrypto that is used; absent on an insecure origin (plain http on a LAN address). */
export interface WebCrypto {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: { readonly name: string },
    extractable: boolean,
    usages: ['verify'],
  ): Promise<NativeKey>;
  verify(
    algorithm: { readonly name: string },
    key: NativeKey,
    signature: Uint8Array<ArrayBuffer>,
    message: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

interface Host {
  readonly process?: { getBuiltinModule?(id: string): unknown };
  readonly crypto?: {
    readonly subtle?: WebCrypto;
    getRandomValues?(bytes: Uint8Array<ArrayBuffer>): unknown;
  };
  readonly TextEncoder?: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder?: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string };
}

/** The global object seen as what may or may not be there. */
export const host = globalThis as unknown as Host;

let nodeCryptoModule: NodeCrypto | null | undefined;

/** `node:crypto` where there is one, without an import that a browser bundle or QuickJS would trip over. */
export function nodeCrypto(): NodeCrypto | undefined {
  nodeCryptoModule ??= findNodeCrypto();
  return nodeCryptoModule ?? undefined;
}

/** WebCrypto's `subtle` where the engine and the origin have it. */
export function webCrypto(): WebCrypto | undefined {
  return host.crypto?.subtle;
}

/** Fresh random bytes, also on an insecure origin. Throws where the engine has no source of them (QuickJS, jsc). */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  if (!host.crypto?.getRandomValues)
    throw new Error('randomBytes: this engine has no random source; hand the bytes in');
  host.crypto.getRandomValues(bytes);
  return bytes;
}

function findNodeCrypto(): NodeCrypto | null {
  const found = host.process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
  // Bundlers' stand-ins for `process` answer with empty objects.
  return typeof found?.hash === 'function' ? found : null;
}
