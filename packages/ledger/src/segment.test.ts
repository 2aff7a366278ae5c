import { load } from '@automerge/automerge';
import { type BinaryDocumentId, interpretAsDocumentId } from '@automerge/automerge-repo';
import { describe, expect, it } from 'vitest';
import { bytesToHex } from './hex.ts';
import { utf8ToBytes } from './utf8.ts';
import { sha256, sha256Parts } from './sha256.ts';
import { u64be, copyBytes } from './bytes.ts';
import { unwrap } from './result.ts';
import { readSegment, sealSegment, segmentDocId } from './segment.ts';
import { buildWorld, counter, guessing, signEntries } from './testing/index.ts';

const built = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'segment', script: guessing });
const segment = { first: 0, entries: built.entries, checkpoint: built.checkpoint };

describe('segments as documents', () => {
  it('[L150] two builders make the same bytes, and they stay the same from version to version', async () => {
    const one = await sealSegment(0, segment);
    const cosigned = `${Buffer.from(built.checkpoint).toString()}\u2014 witness.example/w1 ${'AAAA'.repeat(25)}\n`;
    const two = await sealSegment(0, { ...segment, checkpoint: utf8ToBytes(cosigned) });
    expect(two).toEqual(one);
    expect(bytesToHex(sha256(one.bytes))).toBe(
      'ca8e0d7eed13f2b96dbced177840335da6f2f123ef5561929d13b88324511cc8',
    );
  });

  it('[L150] the document is one change at time 0 by an actor that follows from the origin', async () => {
    const { bytes } = await sealSegment(0, segment);
    const { getAllChanges, decodeChange } = await import('@automerge/automerge');
    const changes = getAllChanges(load(bytes)).map(decodeChange);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      time: 0,
      seq: 1,
      actor: bytesToHex(sha256(utf8ToBytes(built.world.origin)).subarray(0, 16)),
    });
  });

  it('[L151] the id is automerge-repo’s writing of 16 bytes that follow from origin and number', () => {
    const hash = sha256Parts(utf8ToBytes(`fairground/segment/v1\n${built.world.origin}`), u64be(3));
    const id: string = interpretAsDocumentId(copyBytes(hash, 0, 16) as unknown as BinaryDocumentId);
    expect(segmentDocId(built.world.origin, 3)).toBe(id);
    expect(segmentDocId(built.world.origin, 2)).not.toBe(id);
  });

  it('[L152] reading gives the entries and the checkpoint back; other bytes are refused', async () => {
    const { bytes } = await sealSegment(0, segment);
    expect(unwrap(await readSegment(bytes))).toEqual(segment);
    const { from, save } = await import('@automerge/automerge');
    const strangers = [
      new Uint8Array(0),
      bytes.subarray(9),
      save(from({ first: 0 })),
      save(from({ first: 0, blocks: [], checkpoint: bytes })),
    ];
    for (const stranger of strangers)
      expect(await readSegment(stranger)).toMatchObject({ ok: false, code: 'segment_malformed' });
  });

  it('[L152] a checkpoint of another size and a segment inside a bundle are not sealed', async () => {
    const short = await signEntries(built.authority, built.world.origin, built.entries.slice(1));
    await expect(sealSegment(0, { ...segment, checkpoint: short })).rejects.toThrow('another size');
    const inside = { first: 1, entries: built.entries.slice(1), checkpoint: built.checkpoint };
    await expect(sealSegment(0, inside)).rejects.toThrow('begins at a bundle');
  });
});
