import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bytesToBase32,
  formatTlogProof,
  inclusionProof,
  keyToDid,
  leafHash,
  merkleRoot,
  seedSigner,
  signCheckpoint,
} from '@fairground/ledger';
import { secretOf } from '@fairground/rules/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eveningFile } from '../testing/evening.ts';
import { run, runJson } from '../testing/run.ts';

const seed = 'entry';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-entry-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('[C14] --proof with the .tlog-proof of an entry says what it shows, and ends with 0, 1 or 2', async () => {
  const evening = await eveningFile(seed, 1);
  const signer = seedSigner(secretOf(seed, 'authority'));
  const origin = `table.example/${bytesToBase32(evening.world)}`;
  const leaves = evening.entries.map(leafHash);
  const note = await signCheckpoint(signer, { origin, size: leaves.length, root: merkleRoot(leaves) });
  const text = formatTlogProof({
    ...{ extra: evening.entries[3] ?? new Uint8Array(0), index: 3 },
    proof: inclusionProof(leaves, 3, leaves.length),
    checkpoint: new TextDecoder().decode(note),
  });
  const did = keyToDid(signer.key);
  const path = join(folder, 'entry-3.tlog-proof');
  await writeFile(path, text);
  const proven = await run(['verify', '--proof', path, '--anchor', did]);
  expect(proven).toMatchObject({ code: 0, stderr: '' });
  expect(proven.stdout).toContain(`entry 3 of ${origin}`);
  expect(await run(['verify', '--proof', path])).toMatchObject({ code: 2, stdout: '' });
  await writeFile(path, text.replace('index 3', 'index 4'));
  const wrong = await runJson(['verify', '--proof', path, '--anchor', did, '--json']);
  expect(wrong).toMatchObject({ code: 1, json: { verdict: 'unproven', code: 'root_mismatch', index: 4 } });
});
