import { verifyEd25519 } from '@fairground/ledger';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatBackupCode, parseBackupCode } from './backupCode.ts';
import { adoptSeed, loadIdentity, readableSeed, seedIdentity } from './identity.ts';
import { systemPorts } from './ports.ts';
import { createMemoryStorage } from './storage/memoryStorage.ts';

const { random } = systemPorts();
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const message = new Uint8Array([1, 2, 3]);

describe('[D180] a backup code', () => {
  it('is fourteen groups of four, and gives the seed back however it is typed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const code = formatBackupCode(seed);
        expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/u);
        const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
        for (const text of [code, typed, ` ${code}\n`])
          expect(parseBackupCode(text)).toEqual({ ok: true, value: seed });
      }),
    );
  });

  it('with one wrong character, or two that swapped places, is refused', () => {
    fc.assert(
      fc.property(seeds, fc.nat(55), fc.nat(30), (seed, at, other) => {
        const letters = [...formatBackupCode(seed).replaceAll('-', '')];
        const wrong = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(letters[at] ?? '', '')[other] ?? '';
        const changed = letters.with(at, wrong).join('');
        expect(parseBackupCode(changed)).toMatchObject({ ok: false, code: 'backup_mistyped' });
        const next = letters[(at + 1) % 56] ?? '';
        if (next !== letters[at]) {
          const swapped = letters
            .with(at, next)
            .with((at + 1) % 56, letters[at] ?? '')
            .join('');
          expect(parseBackupCode(swapped)).toMatchObject({ ok: false, code: 'backup_mistyped' });
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    '',
    'ABCD',
    `${formatBackupCode(new Uint8Array(32))}0`,
    formatBackupCode(new Uint8Array(32)).replace('0', 'U'),
  ])('%j is none', (text) =>
    expect(parseBackupCode(text)).toMatchObject({ ok: false, code: 'backup_malformed' }),
  );
});

describe('[D181] a key that is taken over', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('signs as the key of that seed, and cannot be read where the machine can keep it so', async () => {
    const storage = createMemoryStorage();
    const before = await loadIdentity(storage, random);
    const seed = random(32);
    await adoptSeed(storage, seed, random);
    const after = await loadIdentity(storage, random);
    expect(after.did).toBe(seedIdentity(seed).did);
    expect(after.did).not.toBe(before.did);
    expect(after.protected).toBe(true);
    expect(await readableSeed(storage)).toBeUndefined();
    expect(await verifyEd25519(seedIdentity(seed).key, message, await after.sign(message))).toBe(true);
  });

  it('leaves the key before where it can still be found', async () => {
    const storage = createMemoryStorage();
    await loadIdentity(storage, random);
    const before = await storage.get('identity', 'device');
    await adoptSeed(storage, random(32), random);
    expect((await storage.list('identity', 'former/')).map(([, value]) => value)).toEqual([before]);
  });

  it('can be written down later where nothing protects it', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const storage = createMemoryStorage();
    const seed = random(32);
    await adoptSeed(storage, seed, random);
    expect((await loadIdentity(storage, random)).protected).toBe(false);
    expect(await readableSeed(storage)).toEqual(seed);
  });
});
