import { describe, expect, it } from 'vitest';
import { blobPath, bundleMembers, writeBundle } from './bundle.ts';
import { memorySource, zipSource } from './bundleSource.ts';
import type { Bytes } from './bytes.ts';
import type { Cbor } from './cbor.ts';
import { dealCommit } from './commitment.ts';
import type { LogEntry } from './entry.ts';
import { bytesToHex } from './hex.ts';
import { namedFiles } from './namedFiles.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { buildWorld, counter } from './testing/index.ts';
import { verify } from './verify.ts';
import { utf8ToBytes } from './utf8.ts';

const picture = utf8ToBytes('a picture, as far as a ledger knows');
const other = utf8ToBytes('another one');
const hexOf = (bytes: Bytes) => bytesToHex(sha256(bytes));
const imageOf = (bytes: Bytes) => ({ alt: 'A thing', hash: hexOf(bytes) });

/** A world that opens two questions, each with a picture. */
const built = await buildWorld({
  game: counter,
  config: { goal: 9 },
  seed: 'pictures',
  script: async (driver) => {
    const { world } = driver.world.opening;
    const deals = [picture, other].map((bytes, index) => ({
      ...{ world, what: 'ask', index, nonce: driver.secret(`ask/${index}`) },
      value: { text: 'What is this?', image: imageOf(bytes) },
    }));
    driver.append({ kind: 'commit', what: 'ask', from: 0, commits: deals.map(dealCommit) });
    for (const { what, index, nonce, value } of deals)
      driver.append({ kind: 'reveal', what, index, nonce, value });
  },
});

async function filesOf(blobs: readonly Bytes[], change: (file: Uint8Array) => void = () => {}) {
  const file = writeBundle({ ...built, blobs });
  change(file);
  const report = await verify(unwrap(zipSource(file)), { games: [counter], level: 'full' });
  return { ...report, detail: report.checks.find(({ name }) => name === 'files')?.detail };
}

describe('files beside a log', () => {
  it('[L175] a file is named by an opened value that has its hash as text, and by no intent', () => {
    const reveal = (value: Cbor): LogEntry => ({
      ...{ kind: 'reveal', at: 1, what: 'ask', index: 0, nonce: new Uint8Array(32) },
      value,
    });
    const hash = hexOf(picture);
    expect(namedFiles(reveal({ image: imageOf(picture), more: [{ hash: hexOf(other) }] }))).toEqual([
      hash,
      hexOf(other),
    ]);
    const none: readonly Cbor[] = [
      { text: hash },
      { hash: hash.toUpperCase() },
      { hash: hash.slice(1) },
      { hash: sha256(picture) },
      null,
      hash,
    ];
    for (const value of none) expect(namedFiles(reveal(value))).toEqual([]);
    expect(namedFiles({ kind: 'time', at: 1 })).toEqual([]);
  });

  it('[L175] what opened values name goes with the bundle, in whatever order it is given, and is checked', async () => {
    const { valid, detail } = await filesOf([picture, other]);
    expect({ valid, detail }).toEqual({
      valid: true,
      detail: expect.stringContaining('2 files have the hashes'),
    });
    expect(writeBundle({ ...built, blobs: [other, picture] })).toEqual(
      writeBundle({ ...built, blobs: [picture, other] }),
    );
  });

  it('[L176] a bundle without its files is valid and says how many are not there', async () => {
    expect(await filesOf([])).toMatchObject({
      valid: true,
      detail: expect.stringMatching(/nothing beside the log; 2 that entries name are not here$/),
    });
    expect(await filesOf([other])).toMatchObject({
      valid: true,
      detail: expect.stringMatching(
        /1 files have the hashes that entries name; 1 that entries name is not here$/,
      ),
    });
  });

  it('[L175] a changed byte of a file fails as blob_mismatch, and so does another file under its name', async () => {
    const at = (file: Uint8Array) => Buffer.from(file.buffer).indexOf(Buffer.from(picture));
    const changed = await filesOf([picture, other], (file) => (file[at(file)]! ^= 1));
    expect(changed.failure).toMatchObject({ code: 'blob_mismatch', message: blobPath(picture) });
    const members = new Map(bundleMembers({ ...built }).map(({ name, bytes }) => [name, bytes]));
    const swapped = memorySource(new Map([...members, [blobPath(picture), other]]));
    const options = { games: [counter], level: 'quick' } as const;
    expect((await verify(swapped, options)).failure?.code).toBe('blob_mismatch');
    const stranger = memorySource(new Map([...members, [blobPath(utf8ToBytes('x')), utf8ToBytes('x')]]));
    expect((await verify(stranger, options)).failure?.code).toBe('member_unnamed');
  });

  it('[L177] at an address, where nothing is listed, each file that entries name is asked for and judged', async () => {
    const options = { games: [counter], level: 'quick' } as const;
    const served = async (...changes: readonly (readonly [string, Bytes])[]) => {
      const members = new Map(bundleMembers(built).map(({ name, bytes }) => [name, bytes]));
      for (const [name, bytes] of changes) members.set(name, bytes);
      const report = await verify({ read: async (path) => members.get(path) }, options);
      return report.failure?.code ?? report.checks.find(({ name }) => name === 'files')?.detail;
    };
    const both = [picture, other].map((bytes) => [blobPath(bytes), bytes] as const);
    expect(await served(...both)).toMatch(/2 files have the hashes that entries name$/);
    expect(await served(...both.slice(1))).toMatch(/1 files have .* 1 that entries name is not here$/);
    expect(await served([blobPath(picture), other])).toBe('blob_mismatch');
  });
});
