import { equalBytes, signedBytes, utf8ToBytes, verifyEd25519 } from '@fairground/ledger';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findIdentity, loadIdentity } from './identity.ts';
import { systemPorts } from './ports.ts';
import { createMemoryStorage } from './storage/memoryStorage.ts';

const { random } = systemPorts();
const message = signedBytes('test', utf8ToBytes('a message'));

describe('the device’s key', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('[D17] is made once and found again, unreadable where the machine can keep it so', async () => {
    const storage = createMemoryStorage();
    const identity = await loadIdentity(storage, random);
    const again = await loadIdentity(storage, random);
    expect(equalBytes(identity.key, again.key)).toBe(true);
    expect(identity.protected).toBe(true);
    expect(await verifyEd25519(identity.key, message, await again.sign(message))).toBe(true);
  });

  it('[D17] is one key for two pages that start at once', async () => {
    const storage = createMemoryStorage();
    const [one, two] = await Promise.all([loadIdentity(storage, random), loadIdentity(storage, random)]);
    expect(one.did).toBe(two.did);
  });

  it('[D17] works where there is no WebCrypto, and says that it is not protected', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const identity = await loadIdentity(createMemoryStorage(), random);
    expect(identity.protected).toBe(false);
    const signature = await identity.sign(message);
    vi.unstubAllGlobals();
    expect(await verifyEd25519(identity.key, message, signature)).toBe(true);
  });

  it.each([
    ['junk', 'a key'],
    ['another version', { kind: 'hardware', handle: 7 }],
    ['a short seed', { kind: 'seed', seed: new Uint8Array(5) }],
    ['a handle without its key', { kind: 'webcrypto', pair: {}, key: new Uint8Array(32) }],
  ])('[D45] that is %s is set aside for a fresh one, and the page opens', async (_, damaged) => {
    const storage = createMemoryStorage();
    await storage.put('identity', 'device', damaged);
    expect(await findIdentity(storage)).toBeUndefined();
    const identity = await loadIdentity(storage, random);
    expect((await loadIdentity(storage, random)).did).toBe(identity.did);
    expect((await storage.list('identity', 'unreadable/')).map(([, value]) => value)).toEqual([damaged]);
  });
});
