import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { base64ToBytes } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { verifyConsistency, verifyInclusion } from './merkleVerify.ts';

interface Vector {
  readonly leafIdx: bigint;
  readonly treeSize: bigint;
  readonly root: string;
  readonly leafHash: string;
  readonly size1: bigint;
  readonly size2: bigint;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const data =
  process.env['FAIRGROUND_TEST_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const folder = `${data}/merkle-vectors/testdata`;
const isThere = existsSync(folder);
const where = isThere
  ? 'the JSON vectors'
  : 'the JSON vectors (SKIPPED: none found, set FAIRGROUND_TEST_DATA)';

describe.skipIf(!isThere)(`transparency-dev/merkle: ${where}`, () => {
  it('[L24] every inclusion vector gives its verdict', () => {
    const files = globSync(`${folder}/inclusion/**/*.json`);
    expect(files.length).toBeGreaterThan(90);
    for (const file of files) {
      const { leafIdx, treeSize, root, leafHash: leaf, proof, wantErr } = readVector(file);
      const claim = {
        leaf: base64(leaf),
        index: leafIdx,
        size: treeSize,
        root: base64(root),
        proof: (proof ?? []).map(base64),
      };
      if (verifyInclusion(claim).ok === wantErr) expect.fail(file);
    }
  });

  it('[L24] every consistency vector gives its verdict', () => {
    const files = globSync(`${folder}/consistency/**/*.json`);
    expect(files.length).toBeGreaterThan(90);
    for (const file of files) {
      const { size1, size2, root1, root2, proof, wantErr } = readVector(file);
      const claim = {
        m: size1,
        n: size2,
        root1: base64(root1),
        root2: base64(root2),
        proof: (proof ?? []).map(base64),
      };
      if (verifyConsistency(claim).ok === wantErr) expect.fail(file);
    }
  });
});

/** Numbers from their source text: the vectors go up to 2^64, where JSON's numbers round. */
function readVector(file: string): Vector {
  const exact = readFileSync(file, 'utf8').replaceAll(
    /("(?:leafIdx|treeSize|size1|size2)": )(-?\d+)/g,
    '$1"$2n"',
  );
  return JSON.parse(exact, (_key, value: unknown) =>
    typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as Vector;
}

function base64(text: string): Bytes {
  return base64ToBytes(text) ?? new Uint8Array(0);
}
