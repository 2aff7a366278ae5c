import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeBundle } from './bundle.ts';
import { zipSource } from './bundleSource.ts';
import { bytesToHex } from './hex.ts';
import { unwrap } from './result.ts';
import { stateHash } from './snapshot.ts';
import { buildWorld, counter, guessing } from './testing/index.ts';
import { verify } from './verify.ts';

const golden = new Uint8Array(readFileSync(new URL('../fixtures/guessing.fair', import.meta.url)));

describe('the golden ledger', () => {
  it('[L147] the same script makes the same file, byte for byte, and the same state', async () => {
    const built = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'golden', script: guessing });
    expect(bytesToHex(stateHash(counter, built.world))).toBe(
      'b4d6bd8d35890e21fc77da1f90e2034ff836a6ff2d476874f78bbf462ee15260',
    );
    expect(writeBundle(built)).toEqual(golden);
  });

  it('[L147] it verifies in full', async () => {
    const report = await verify(unwrap(zipSource(golden)), { games: [counter], level: 'full' });
    expect(report).toMatchObject({ valid: true, size: 16, players: 2, game: 'counter' });
  });
});
