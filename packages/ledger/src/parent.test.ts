import { describe, expect, it } from 'vitest';
import { encodeEntry } from './entryCodec.ts';
import type { Genesis, LostEnd } from './entry.ts';
import { seedSigner } from './ed25519.ts';
import { MAX_LOST_RECEIPTS, parseGenesis } from './genesis.ts';
import { signCheckpoint } from './checkpoint.ts';
import { merkleRoot } from './merkle.ts';
import { counter, openDriver } from './testing/index.ts';
import { unwrap } from './result.ts';

const hash = (n: number) => new Uint8Array(32).fill(n);
const receiptsAt = (...indexes: readonly number[]) =>
  indexes.map((index) => ({ index, intentHash: hash(index) }));

async function genesisOf(lost: LostEnd, size = 5): Promise<Genesis> {
  const signer = seedSigner(hash(1));
  const root = merkleRoot(Array.from({ length: size }, (_, i) => hash(i)));
  const checkpoint = await signCheckpoint(signer, { origin: 'fair.example/1/abc', size, root });
  const { genesis } = openDriver({ game: counter, seed: 'heir', config: { goal: 9 } }).world.opening;
  return { ...genesis, config: { goal: 9 }, parent: { checkpoint, state: hash(2), lost } };
}

describe('[L172] the genesis of a successor', () => {
  it('names what was signed beyond the parent’s note, and receipts of it by index', async () => {
    const genesis = await genesisOf({ size: 9, root: hash(3), receipts: receiptsAt(5, 6, 8) });
    expect(unwrap(parseGenesis(encodeEntry(genesis))).parent).toEqual(genesis.parent);
  });

  it.each([
    ['no more than the note', { size: 5, root: hash(3), receipts: [] }],
    ['a receipt of what stands', { size: 9, root: hash(3), receipts: receiptsAt(4) }],
    ['a receipt past what was signed', { size: 9, root: hash(3), receipts: receiptsAt(9) }],
    ['receipts out of order', { size: 9, root: hash(3), receipts: receiptsAt(7, 6) }],
    ['one entry twice', { size: 9, root: hash(3), receipts: receiptsAt(6, 6) }],
    [
      'too many receipts',
      {
        size: 99,
        root: hash(3),
        receipts: receiptsAt(...Array.from({ length: MAX_LOST_RECEIPTS + 1 }, (_, i) => i + 5)),
      },
    ],
  ])('is refused with %s', async (_, lost) => {
    expect(parseGenesis(encodeEntry(await genesisOf(lost)))).toMatchObject({ code: 'genesis_parent' });
  });

  it('is refused where the parent’s note cannot be read', async () => {
    const genesis = await genesisOf({ size: 9, root: hash(3), receipts: [] });
    const parent = { ...genesis.parent, checkpoint: hash(9) } as Genesis['parent'];
    const changed = encodeEntry({ ...genesis, ...(parent && { parent }) });
    expect(parseGenesis(changed)).toMatchObject({ code: 'genesis_parent' });
  });
});
