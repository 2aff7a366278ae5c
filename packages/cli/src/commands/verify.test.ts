import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import {
  bytesToBase32,
  decodeEntry,
  drawView,
  formatFaultProof,
  formatWords,
  intentHash,
  keyToDid,
  leafHash,
  logVkey,
  makeEquivocationProof,
  makeViewFaultProof,
  merkleRoot,
  noIntent,
  openWorld,
  publicKeyFromSeed,
  seedSigner,
  sha256,
  signCheckpoint,
  signIntent,
  signReceipt,
  signSeen,
  signView,
  step,
  unwrap,
  zipSource,
} from '@fairground/ledger';
import { trivia } from '@fairground/rules';
import { secretOf } from '@fairground/rules/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { eveningFile, type EveningFile } from '../testing/evening.ts';
import { run, runJson } from '../testing/run.ts';

const seed = 'verify';
let folder: string;
let evening: EveningFile;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-verify-'));
  evening = await eveningFile(seed);
  file = join(folder, 'evening.fair');
  await writeFile(file, evening.bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const authorityDid = () => keyToDid(publicKeyFromSeed(secretOf(seed, 'authority')));

describe('[C10] verify --json', () => {
  test('prints exactly the report of the contract and ends with 0 for a valid file', async () => {
    const { code, json } = await runJson(['verify', file, '--level', 'full', '--json']);
    expect(code).toBe(0);
    expect(json).toEqual({
      valid: true,
      level: 'full',
      trust: 'self-asserted',
      world: bytesToBase32(evening.world),
      origin: `table.example/${bytesToBase32(evening.world)}`,
      game: 'trivia',
      version: 1,
      size: evening.entries.length,
      players: 2,
      ms: expect.any(Number) as number,
      checks: expect.any(Array) as unknown[],
      failure: null,
    });
  });

  test('names code and index of a changed entry and ends with 1', async () => {
    const entry = evening.entries[12] ?? new Uint8Array(0);
    const changed = evening.bytes.slice();
    const at = indexOf(changed, entry) + entry.length - 1;
    changed[at] = (changed[at] ?? 0) ^ 1;
    const path = join(folder, 'changed.fair');
    await writeFile(path, changed);
    const { code, json } = await runJson(['verify', path, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject({ valid: false, failure: { code: 'leaf_mismatch', index: 12 } });
  });

  test('reports a file that is cut off with 1', async () => {
    const path = join(folder, 'cut.fair');
    await writeFile(path, evening.bytes.slice(0, -10));
    const { code, json } = await runJson(['verify', path, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject({ valid: false, world: '', failure: { code: 'zip_malformed', index: null } });
  });
});

describe('[C11] verify says whose word it is', () => {
  test.each([
    ['the world id', () => bytesToBase32(evening.world)],
    ["the authority's did:key", authorityDid],
  ])('pinned by %s', async (_, anchor) => {
    const { code, json } = await runJson(['verify', file, '--anchor', anchor(), '--json']);
    expect([code, (json as { trust: string }).trust]).toEqual([0, 'pinned']);
  });

  test('another anchor is not valid', async () => {
    const other = keyToDid(publicKeyFromSeed(secretOf('other', 'authority')));
    const { code, json } = await runJson(['verify', file, '--anchor', other, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject({ valid: false, failure: { code: 'anchor_mismatch' } });
  });

  test('known by a file of keys, with comments and blank lines', async () => {
    const known = join(folder, 'known.txt');
    await writeFile(known, `# friends\n\n${authorityDid()}  # the club\n`);
    const { code, json } = await runJson(['verify', file, '--known', known, '--json']);
    expect([code, (json as { trust: string }).trust]).toEqual([0, 'known']);
  });

  test('a line of the file that is no key is named', async () => {
    const known = join(folder, 'broken.txt');
    await writeFile(known, `${authorityDid()}\nnonsense\n`);
    const { code, stderr } = await run(['verify', file, '--known', known]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${known}, line 2`);
  });

  test('for people it says what was left out and whose word it rests on', async () => {
    const quick = await run(['verify', file, '--level', 'quick']);
    expect(quick.stdout).toMatch(/Valid[\s\S]*self-asserted[\s\S]*authorship not checked/);
    const full = await run(['verify', file]);
    expect(full.stdout).not.toContain('not checked');
    const quiet = await run(['verify', file, '--quiet']);
    expect(quiet.stdout.trim().split('\n')).toHaveLength(1);
  });
});

describe('[C12] verify reads from anywhere', () => {
  test('an unzipped folder, and the same served as static files', async () => {
    const source = unwrap(zipSource(evening.bytes));
    const unzipped = join(folder, 'unzipped');
    const members = new Map<string, Uint8Array>();
    for (const name of source.names ?? []) {
      const bytes = (await source.read(name)) ?? new Uint8Array(0);
      members.set(name, bytes);
      await mkdir(dirname(join(unzipped, name)), { recursive: true });
      await writeFile(join(unzipped, name), bytes);
    }
    expect((await run(['verify', unzipped, '--quiet'])).code).toBe(0);

    const server = createServer((request, response) => {
      const bytes = members.get((request.url ?? '').replace(/^\/log\/w\//, ''));
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const served = await run(['verify', `${url}/log/w`, '--quiet']);
    const nothing = await run(['verify', `${url}/log/other`, '--quiet']);
    server.closeAllConnections();
    server.close();
    expect([served.code, nothing.code]).toEqual([0, 2]);
    expect(nothing.stderr).toContain('404');
  });

  test('a missing file, a foreign file and an unreachable server end with 2 and a sentence', async () => {
    const text = join(folder, 'notes.txt');
    await writeFile(text, 'Dear friends');
    for (const place of [join(folder, 'nowhere.fair'), text, 'http://127.0.0.1:1/log/w']) {
      const { code, stderr, stdout } = await run(['verify', place]);
      expect({ place, code, stdout }).toEqual({ place, code: 2, stdout: '' });
      expect(stderr).toMatch(/^fairground: .+[.?]\n$/);
    }
  });
});

test('[C13] --proof says whom a proof of a fault convicts, and that a proof of nothing convicts nobody', async () => {
  const signer = seedSigner(secretOf(seed, 'authority'));
  const origin = `table.example/${bytesToBase32(evening.world)}`;
  const vkey = logVkey(origin, signer.key);
  const sign = (byte: number) =>
    signCheckpoint(signer, { origin, size: 5, root: new Uint8Array(32).fill(byte) });
  const [one, other] = [await sign(1), await sign(2)];
  const path = join(folder, 'fault.json');

  await writeFile(path, formatFaultProof(makeEquivocationProof(vkey, { smaller: one, larger: other })));
  const guilty = await runJson(['verify', '--proof', path, '--json']);
  expect(guilty.code).toBe(0);
  expect(guilty.json).toMatchObject({ verdict: 'convicts', against: 'authority', code: 'equivocation' });

  await writeFile(path, formatFaultProof(makeEquivocationProof(vkey, { smaller: one, larger: one })));
  const nothing = await run(['verify', '--proof', path]);
  expect(nothing.code).toBe(1);
  expect(nothing.stdout).toContain('against nobody');

  await writeFile(path, '{}');
  expect((await run(['verify', '--proof', path])).code).toBe(2);
  expect((await run(['verify'])).stderr).toMatch(/^fairground: Say what to verify/);
});

test('[C13] --proof with the log judges a wrong view that leaves the entries out; an honest view convicts nobody', async () => {
  const signer = seedSigner(secretOf(seed, 'authority'));
  const origin = `table.example/${bytesToBase32(evening.world)}`;
  const size = evening.entries.length;
  const root = merkleRoot(evening.entries.map(leafHash));
  const checkpoint = await signCheckpoint(signer, { origin, size, root });
  const world = unwrap(openWorld(trivia, evening.entries[0] ?? new Uint8Array()));
  for (const entry of evening.entries.slice(1)) unwrap(step(trivia, world, entry));
  const path = join(folder, 'view.json');
  const write = async (hash: Uint8Array) => {
    const view = await signView(signer, { world: evening.world, size, root, hash });
    await writeFile(
      path,
      formatFaultProof(makeViewFaultProof(logVkey(origin, signer.key), { view, checkpoint })),
    );
  };

  await write(new Uint8Array(32));
  expect(await runJson(['verify', '--proof', path, '--json'])).toMatchObject({
    code: 1,
    json: { code: 'entries_missing' },
  });
  expect(await runJson(['verify', file, '--proof', path, '--json'])).toMatchObject({
    code: 0,
    json: { verdict: 'convicts', against: 'authority', code: 'view_mismatch', index: size - 1 },
  });
  await write(sha256(drawView(trivia, world.state)));
  expect(await runJson(['verify', file, '--proof', path, '--json'])).toMatchObject({
    code: 1,
    json: { code: 'no_fault' },
  });
});

test('[C80] --receipt proves a drop, or a delay, or says that what was promised is there', async () => {
  const signer = seedSigner(secretOf(seed, 'authority'));
  const origin = `table.example/${bytesToBase32(evening.world)}`;
  const vkey = logVkey(origin, signer.key);
  const index = evening.entries.findIndex((bytes) => {
    const entry = decodeEntry(bytes);
    return entry.ok && entry.value.kind === 'intent';
  });
  const entry = unwrap(decodeEntry(evening.entries[index] ?? new Uint8Array()));
  if (entry.kind !== 'intent') throw new Error('an evening has intents');
  const intent = { bytes: entry.bytes, sig: entry.sig };
  const receiptAt = (at: number) =>
    signReceipt(signer, {
      ...{ world: evening.world, origin, keyId: vkey.keyId, intentHash: intentHash(intent.bytes) },
      ...{ leafHash: leafHash(evening.entries[index] ?? new Uint8Array()), index: at, at: entry.at },
    });
  const [words, out] = [join(folder, 'words.json'), join(folder, 'drop.json')];
  const ask = () => runJson(['verify', file, '--receipt', words, '-o', out, '--json']);

  await writeFile(words, formatWords([{ intent, receipt: await receiptAt(index) }]));
  expect(await ask()).toMatchObject({ code: 1, json: { verdict: 'unproven', code: 'receipt_kept' } });
  expect((await run(['verify', file, '--receipt', words])).stdout).toContain('Kept');

  await writeFile(words, formatWords([{ intent, receipt: await receiptAt(index + 1) }]));
  const dropped = await ask();
  expect(dropped).toMatchObject({ code: 0, json: { against: 'authority', code: 'drop', index: index + 1 } });
  // For somebody who has neither the log nor the receipt.
  expect((await run(['verify', '--proof', out])).code).toBe(0);

  await writeFile(words, formatWords([{ intent, receipt: await receiptAt(9_999) }]));
  expect(await ask()).toMatchObject({ code: 0, json: { code: 'drop', index: 9_999 } }); // the log is closed before it

  const relay = seedSigner(new Uint8Array(32).fill(5));
  const late = await signIntent(seedSigner(new Uint8Array(32).fill(6)), {
    ...{ world: evening.world, seq: 0, prev: noIntent, kind: 'join' },
    body: { name: 'Late', avatar: 0, rand: new Uint8Array(32), box: new Uint8Array(32) },
  });
  const seen = await signSeen(relay, {
    ...{ world: evening.world, lot: null, intentHash: intentHash(late.bytes), headSize: 1, at: 0 },
    headRoot: merkleRoot([leafHash(evening.entries[0] ?? new Uint8Array())]),
  });
  await writeFile(words, formatWords([{ intent: late, seen }]));
  expect(await ask()).toMatchObject({ code: 1, json: { code: 'witness_unknown' } });
  const known = join(folder, 'relays.txt');
  await writeFile(known, keyToDid(relay.key));
  const delayed = await runJson(['verify', file, '--receipt', words, '--known', known, '--json']);
  expect(delayed).toMatchObject({ code: 0, json: { against: 'carrier', code: 'delay' } });

  await writeFile(words, '{}');
  expect((await run(['verify', file, '--receipt', words])).code).toBe(2);
});

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  return Buffer.from(bytes).indexOf(part);
}
