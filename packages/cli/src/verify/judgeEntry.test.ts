import {
  type Bytes,
  bytesToBase32,
  formatTlogProof,
  formatVkey,
  inclusionProof,
  keyToDid,
  leafHash,
  logVkey,
  merkleRoot,
  parseTlogProof,
  seedSigner,
  signCheckpoint,
  type TlogProof,
  unwrap,
} from '@fairground/ledger';
import { secretOf } from '@fairground/rules/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { eveningFile, type EveningFile } from '../testing/evening.ts';
import { describeEntry, isEntryProof, judgeEntry } from './judgeEntry.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const authority = seedSigner(secretOf('entry', 'authority'));
const stranger = seedSigner(secretOf('stranger', 'authority'));
let evening: EveningFile;
let origin: string;
let vkey: string;
let made: TlogProof;
const index = 7;

beforeAll(async () => {
  evening = await eveningFile('entry', 1);
  origin = `table.example/${bytesToBase32(evening.world)}`;
  vkey = formatVkey(logVkey(origin, authority.key));
  made = await proofOf(evening.entries, authority);
});

/** As the app hands it out (`app/lib/play/replay/proveEntry.ts`). */
async function proofOf(entries: readonly Bytes[], signer: typeof authority): Promise<TlogProof> {
  const leaves = entries.map(leafHash);
  const note = await signCheckpoint(signer, { origin, size: leaves.length, root: merkleRoot(leaves) });
  const checkpoint = new TextDecoder().decode(note);
  return {
    ...{ extra: entries[index] ?? new Uint8Array(0), index, checkpoint },
    proof: inclusionProof(leaves, index, leaves.length),
  };
}

const judge = (
  change: Partial<TlogProof> = {},
  anchors: readonly string[] = [vkey],
  known: readonly Bytes[] = [],
) => judgeEntry('x.tlog-proof', bytesOf(formatTlogProof({ ...made, ...change })), { anchors, known });

describe('[C14] the proof of one entry', () => {
  test('is told from a proof of a fault by its first line', () => {
    expect(isEntryProof(bytesOf(formatTlogProof(made)))).toBe(true);
    expect(isEntryProof(bytesOf('{"kind":"drop"}'))).toBe(false);
    expect(isEntryProof(new Uint8Array(0))).toBe(false);
  });

  test('is proven by the vkey, the did:key, the world beside a key, and a key of many that are known', async () => {
    const proven = { verdict: 'proven', code: 'proven', index, size: evening.entries.length, origin, vkey };
    expect(await judge()).toMatchObject(proven);
    expect(await judge({}, [keyToDid(authority.key)])).toMatchObject(proven);
    const world = bytesToBase32(evening.world);
    expect(await judge({}, [keyToDid(authority.key), world])).toMatchObject(proven);
    expect(await judge({}, [], [stranger.key, authority.key])).toMatchObject(proven);
    expect(await judge({}, [world], [authority.key])).toMatchObject(proven);
  });

  test('says in words what is shown, by whom, and what is not', async () => {
    const words = describeEntry(await judge());
    expect(words).toContain(`entry ${index} of ${origin} is “`);
    expect(words).toContain(vkey);
    expect(words).toContain(`a log of ${evening.entries.length} entries`);
    expect(words).toContain('Not proven: what the other entries say');
  });

  test('bytes that are no entry are proven as bytes, and called so', async () => {
    const entries = evening.entries.with(index, bytesOf('anything'));
    const judged = await judge(await proofOf(entries, authority));
    expect(judged).toMatchObject({ verdict: 'proven', entry: null });
    expect(describeEntry(judged)).toContain('bytes that are no entry of ours');
  });

  test.each<[string, string, () => Partial<TlogProof> | Promise<Partial<TlogProof>>]>([
    ['another number', 'root_mismatch', () => ({ index: index - 1 })],
    ['a number past the end', 'index_out_of_range', () => ({ index: evening.entries.length })],
    ['another entry', 'root_mismatch', () => ({ extra: evening.entries[index + 1]! })],
    ['an entry with one bit changed', 'root_mismatch', () => ({ extra: flipped(made.extra!) })],
    [
      'a path with one bit changed',
      'root_mismatch',
      () => ({ proof: made.proof.with(0, flipped(made.proof[0]!)) }),
    ],
    ['a path without its end', 'proof_length', () => ({ proof: made.proof.slice(0, -1) })],
    [
      'the root of another log of that authority',
      'root_mismatch',
      () => checkpointOver(evening.entries.toReversed()),
    ],
    ['a root that nobody signed', 'note_signature_bad', () => otherRoot()],
    [
      'a size that nobody signed',
      'note_signature_bad',
      () => ({ checkpoint: made.checkpoint.replace(/\n\d+\n/u, '\n9999\n') }),
    ],
    ['a checkpoint by somebody else', 'note_unsigned', async () => proofOf(evening.entries, stranger)],
    [
      'a checkpoint without its signature',
      'note_malformed',
      () => ({ checkpoint: made.checkpoint.split('\n\n')[0]! + '\n' }),
    ],
    ['a checkpoint that is cut off', 'note_malformed', () => ({ checkpoint: made.checkpoint.slice(0, -9) })],
  ])('with %s is not proven (%s)', async (_, code, change) => {
    const judged = await judge(await change());
    expect(judged).toMatchObject({ verdict: 'unproven', code, size: null, vkey: null });
    expect(describeEntry(judged)).toContain('Not proven');
  });

  test.each<[string, string, () => readonly string[]]>([
    ['another key', 'note_unsigned', () => [keyToDid(stranger.key)]],
    [
      'the key under another name',
      'anchor_mismatch',
      () => [formatVkey(logVkey('other.example/1', authority.key))],
    ],
    ['two keys that are not the same', 'anchor_mismatch', () => [vkey, keyToDid(stranger.key)]],
    ['another world', 'anchor_mismatch', () => [vkey, 'a'.repeat(52)]],
  ])('held against %s is not proven (%s)', async (_, code, anchors) => {
    expect(await judge({}, anchors())).toMatchObject({ verdict: 'unproven', code });
  });

  test('without a key nothing can be said, and a world id is none', async () => {
    await expect(judge({}, [])).rejects.toThrow('--anchor');
    await expect(judge({}, [bytesToBase32(evening.world)])).rejects.toThrow('names no key');
  });

  test('cut off anywhere before its checkpoint, with junk in it, or without its entry it is no proof', async () => {
    const whole = formatTlogProof(made);
    const head = whole.indexOf('\n\n');
    for (const text of [
      whole.slice(0, 30),
      whole.slice(0, head),
      whole.replace('index', 'place'),
      whole.replace('@v1', '@v2'),
      `${whole.slice(0, head)}\nnonsense${whole.slice(head)}`,
      formatTlogProof({ index, proof: made.proof, checkpoint: made.checkpoint }),
    ])
      await expect(judgeEntry('x.tlog-proof', bytesOf(text), { anchors: [vkey], known: [] })).rejects.toThrow(
        /x\.tlog-proof/u,
      );
    expect(unwrap(parseTlogProof(whole)).index).toBe(index);
  });
});

function flipped(bytes: Bytes): Bytes {
  const changed = bytes.slice();
  changed[0] = (changed[0] ?? 0) ^ 1;
  return changed;
}

async function checkpointOver(entries: readonly Bytes[]): Promise<Partial<TlogProof>> {
  return { checkpoint: (await proofOf(entries, authority)).checkpoint };
}

/** The lines of one checkpoint under the signature of another. */
async function otherRoot(): Promise<Partial<TlogProof>> {
  const { checkpoint = '' } = await checkpointOver(evening.entries.toReversed());
  return { checkpoint: `${checkpoint.split('\n\n')[0]}\n\n${made.checkpoint.split('\n\n')[1]}` };
}
