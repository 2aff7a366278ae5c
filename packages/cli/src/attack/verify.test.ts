import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleMembers,
  leafHash,
  merkleRoot,
  seedSigner,
  signCheckpoint,
  writeZip,
  type ZipMember,
} from '@fairground/ledger';
import { createEvening, entriesOf, playerOf, seat, secretOf, send, worldOf } from '@fairground/rules/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJson } from '../testing/run.ts';
import { readAtMost } from '../verify/bounded.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An authority of the attacker's own signs what it likes of its own world. */
async function signed(size: number): Promise<readonly ZipMember[]> {
  const table = createEvening({ seed: 'evil', config: { questions: 1 } });
  const host = playerOf(table, 'host');
  seat(table, 'host', 'Bo');
  send(table, host, 'start');
  const world = worldOf(table);
  const entries = entriesOf(table);
  const signer = seedSigner(secretOf('evil', 'authority'));
  const root = merkleRoot(entries.map(leafHash));
  const sign = (of: number) => signCheckpoint(signer, { origin: world.origin, size: of, root });
  const members = bundleMembers({ world, entries, checkpoint: await sign(entries.length) });
  const checkpoint = await sign(size);
  return members.map((member) => (member.name === 'checkpoint' ? { ...member, bytes: checkpoint } : member));
}

describe('files that are made to hurt whoever verifies them', () => {
  it.each([10_000_000, 2 ** 32, 2 ** 52])(
    '[X48] a checkpoint over %i entries is answered at once',
    async (size) => {
      const file = join(folder, `${size}.fair`);
      await writeFile(file, writeZip(await signed(size)));
      const began = performance.now();
      const { code, json } = await runJson(['verify', file, '--json']);
      expect([1, 2]).toContain(code);
      expect(json).toMatchObject({
        valid: false,
        failure: { code: size < 2 ** 24 ? 'member_missing' : 'log_too_large' },
      });
      expect(performance.now() - began).toBeLessThan(10_000);
    },
  );
});

describe('an address that never stops sending', () => {
  let server: Server;
  let sent = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      const part = Buffer.alloc(64 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(part)) sent += part.length;
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('[X49] is read no further than the limit', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await readAtMost(await fetch(`http://127.0.0.1:${port}/x.fair`), 2 ** 20)).toBeUndefined();
    expect(sent).toBeLessThan(2 ** 26);
  });
});
