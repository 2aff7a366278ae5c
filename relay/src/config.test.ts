import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyToDid, publicKeyFromSeed, unwrap } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { readRelayConfig, relayVariables } from './config.ts';
import { loadSecret } from './keys.ts';
import { listen } from './listen.ts';
import { random } from './testing/party.ts';

describe('[Y80] the configuration', () => {
  it('has a default for all that is needed, and help for everything', () => {
    const config = unwrap(readRelayConfig({}));
    expect(config).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      dataDir: './data',
      tls: undefined,
      trustProxy: false,
      addressFactor: 1,
      authorities: [],
    });
    for (const { help, write } of Object.values(relayVariables))
      expect(Math.min(help.length, write.length)).toBeGreaterThan(5);
  });

  it('reads what is set; an empty variable is none', () => {
    const key = publicKeyFromSeed(new Uint8Array(32).fill(3));
    const config = unwrap(
      readRelayConfig({
        PORT: '0',
        HOST: '',
        AUTHORITY_KEYS: ` ${keyToDid(key)} ,`,
        RELAY_NAMES: 'a:1, b, [::1]:8080, 10.0.0.5,Fair-2.local:443',
        RELAY_TRUST_PROXY: 'true',
        PUBLIC_URL: 'https://fair.example',
      }),
    );
    expect(config).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      names: ['a:1', 'b', '[::1]:8080', '10.0.0.5', 'Fair-2.local:443'],
      trustProxy: true,
      publicUrl: 'https://fair.example',
    });
    expect(config.authorities).toEqual([key]);
  });

  it.each([
    [{ PORT: 'eighty' }, 'PORT=eighty does not work: write a number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT=70000 does not work: write a number from 0 to 65535.'],
    [
      { PUBLIC_URL: 'fair.example' },
      'PUBLIC_URL=fair.example does not work: write a URL such as https://fair.example.',
    ],
    [
      { AUTHORITY_KEYS: 'did:key:zzz' },
      'AUTHORITY_KEYS=did:key:zzz does not work: write did:key:z… keys, separated by commas.',
    ],
    [
      { RELAY_LOG_LEVEL: 'loud' },
      'RELAY_LOG_LEVEL=loud does not work: write debug, info, warn, error or silent.',
    ],
    [
      { RELAY_NAMES: 'http://fair.local' },
      'RELAY_NAMES=http://fair.local does not work: write names separated by commas, such as fair.local,10.0.0.5:8080.',
    ],
    [{ TLS_CERT: '/a.pem' }, 'TLS_CERT and TLS_KEY belong together: set both, or neither.'],
  ])('%o is answered with what to write', (environment, message) => {
    expect(readRelayConfig(environment)).toMatchObject({ ok: false, code: 'config_invalid', message });
  });

  it.each(['a b', 'fair.local:', 'fair.local/x', 'a:1, :2', '[::1'])('a name %s is refused', (names) => {
    expect(readRelayConfig({ RELAY_NAMES: names })).toMatchObject({ ok: false, code: 'config_invalid' });
  });
});

describe('[Y81] listening', () => {
  it('on a taken port says which one to write', async () => {
    const server = unwrap(await listen({ port: 0, host: '127.0.0.1' }));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const second = await listen({ port, host: '127.0.0.1' });
    expect(second).toMatchObject({
      ok: false,
      message: `Port ${port} is taken: stop what uses it, or write another one, such as PORT=${port + 1}.`,
    });
    server.close();
  });

  it('on somebody else’s address or with no certificate says what to write', async () => {
    expect(await listen({ port: 0, host: '203.0.113.1' })).toMatchObject({
      message: expect.stringContaining('write 0.0.0.0 or 127.0.0.1'),
    });
    const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' };
    expect(await listen({ port: 0, host: '127.0.0.1', tls })).toMatchObject({
      message: expect.stringContaining('TLS_CERT and TLS_KEY cannot be used'),
    });
  });
});

it('[Y82] a secret is made once, readable by its owner only, and a damaged one is not replaced', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'fairground-keys-')), 'deep', 'session.key');
  const made = await loadSecret(path, random);
  expect(made).toHaveLength(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await loadSecret(path, random)).toEqual(made);
  await writeFile(path, 'short');
  await expect(loadSecret(path, random)).rejects.toThrow('damaged');
});
