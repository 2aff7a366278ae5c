import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.ts';
import { makeDropProof } from './drop.ts';
import { type Signer, seedSigner } from './ed25519.ts';
import { type LogEntry } from './entry.ts';
import { decodeEntry, encodeEntry } from './entryCodec.ts';
import { makeEquivocationProof } from './equivocation.ts';
import { type FaultProof, formatFaultProof, judgeFault, parseFaultProof } from './faultProof.ts';
import { logVkey } from './genesis.ts';
import { appendLeaf, emptyFrontier, leafHash, merkleRoot } from './merkle.ts';
import { consistencyProof, inclusionProof } from './merkleProof.ts';
import { signReceipt } from './receipt.ts';
import { unwrap } from './result.ts';
import { makeRotate } from './rotate.ts';
import { sha256 } from './sha256.ts';
import { encodeWorld, parseWorld } from './snapshot.ts';
import { buildWorld, counter, guessing, openDriver, signEntries } from './testing/index.ts';
import { makeStateFaultProof } from './stateFault.ts';
import { openWorld } from './world.ts';
import { step } from './replay.ts';
import { utf8ToBytes } from './utf8.ts';

const options = { game: counter, config: { goal: 9 }, seed: 'faults' };
const built = await buildWorld({ ...options, script: guessing });
const { entries, authority } = built;
const { origin, opening, authorityKey } = built.world;
const vkey = logVkey(origin, authorityKey);
const leaves = entries.map(leafHash);
/** Another history of the same log: one entry replaced. */
const forged = entries.map((bytes, i) =>
  i === 3 ? encodeEntry({ kind: 'time', at: built.world.at }) : bytes,
);
const sign = (list: readonly Bytes[]) => signEntries(authority, origin, list);

/** Through the file and back, as somebody else reads it. */
async function judged(proof: FaultProof, games = [counter]) {
  const { verdict, code } = await judgeFault(unwrap(parseFaultProof(formatFaultProof(proof))), games);
  return `${verdict}: ${code}`;
}

describe('equivocation', () => {
  it('[L160] two roots of one size convict; one root twice, or a bad signature, does not', async () => {
    const one = await sign(entries);
    const two = await sign(forged);
    expect(await judged(makeEquivocationProof(vkey, { smaller: one, larger: two }))).toBe(
      'convicts: equivocation',
    );
    expect(await judged(makeEquivocationProof(vkey, { smaller: one, larger: one }))).toBe(
      'unproven: same_root',
    );
    const unsigned = await signEntries(built.authority, origin, entries).then((note) =>
      Uint8Array.from(note).with(note.length - 8, 65),
    );
    expect(await judged(makeEquivocationProof(vkey, { smaller: two, larger: unsigned }))).toBe(
      'unproven: note_signature_bad',
    );
  });

  it.each([5, 4, 8])(
    '[L161] a smaller tree of %i leaves that the larger one does not begin with convicts, if the hashes make the larger root',
    async (m) => {
      const smaller = await sign(forged.slice(0, m));
      const larger = await sign(entries);
      const proof = consistencyProof(leaves, m, leaves.length);
      const seed = merkleRoot(leaves.slice(0, m));
      const withSeed = Math.log2(m) % 1 === 0 ? { seed } : {};
      expect(await judged(makeEquivocationProof(vkey, { smaller, larger, proof, ...withSeed }))).toBe(
        'convicts: equivocation',
      );
      const honest = await sign(entries.slice(0, m));
      expect(await judged(makeEquivocationProof(vkey, { smaller: honest, larger, proof, ...withSeed }))).toBe(
        'unproven: consistent',
      );
    },
  );

  it('[L161] hashes that miss the larger root convict nobody', async () => {
    const smaller = await sign(forged.slice(0, 5));
    const larger = await sign(entries);
    const proof = consistencyProof(leaves, 5, leaves.length);
    for (let i = 0; i < proof.length; i++) {
      const garbled = proof.map((hash, j) => (i === j ? sha256(hash) : hash));
      expect(await judged(makeEquivocationProof(vkey, { smaller, larger, proof: garbled }))).toBe(
        'unproven: root_not_reached',
      );
    }
    expect(await judged(makeEquivocationProof(vkey, { smaller, larger, proof: proof.slice(1) }))).toBe(
      'unproven: proof_length',
    );
    const four = await sign(forged.slice(0, 4));
    const unseeded = { smaller: four, larger, proof: consistencyProof(leaves, 4, leaves.length) };
    expect(await judged(makeEquivocationProof(vkey, unseeded))).toBe('unproven: seed_missing');
  });
});

describe('drop', () => {
  const index = 2;
  const receipt = (change: object = {}) =>
    signReceipt(authority, {
      world: opening.world,
      origin,
      keyId: vkey.keyId,
      intentHash: sha256(authorityKey),
      leafHash: leaves[index] ?? new Uint8Array(32),
      index,
      at: built.world.at,
      ...change,
    });
  const evidence = (list: readonly Bytes[]) => {
    const hashes = list.map(leafHash);
    return {
      leaf: hashes[index] ?? new Uint8Array(32),
      inclusion: inclusionProof(hashes, index, hashes.length),
    };
  };

  it('[L162] a receipt and another leaf at its index convict; the leaf that was promised, or a proof that misses, does not', async () => {
    const other = entries.map((bytes, i) =>
      i === index ? encodeEntry({ kind: 'time', at: built.world.at }) : bytes,
    );
    const checkpoint = await sign(other);
    expect(await judged(makeDropProof(vkey, await receipt(), checkpoint, evidence(other)))).toBe(
      'convicts: drop',
    );
    expect(await judged(makeDropProof(vkey, await receipt(), await sign(entries), evidence(entries)))).toBe(
      'unproven: receipt_kept',
    );
    const missing = { ...evidence(other), leaf: sha256(authorityKey) };
    expect(await judged(makeDropProof(vkey, await receipt(), checkpoint, missing))).toBe(
      'unproven: root_mismatch',
    );
    expect(await judged(makeDropProof(vkey, await receipt({ index: 3 }), checkpoint, evidence(other)))).toBe(
      'unproven: root_mismatch',
    );
    expect(await judged(makeDropProof(vkey, await receipt({ index: 99 }), checkpoint, evidence(other)))).toBe(
      'unproven: index_out_of_range',
    );
  });

  it('[L162] a receipt past the close convicts', async () => {
    const close = entries.at(-1) ?? new Uint8Array();
    const inclusion = inclusionProof(leaves, leaves.length - 1, leaves.length);
    const past = await receipt({ index: leaves.length });
    expect(await judged(makeDropProof(vkey, past, await sign(entries), { close, inclusion }))).toBe(
      'convicts: drop',
    );
    expect(
      await judged(makeDropProof(vkey, await receipt(), await sign(entries), { close, inclusion })),
    ).toBe('unproven: receipt_before_close');
    const state = { close: entries.at(-2) ?? new Uint8Array(), inclusion };
    expect(await judged(makeDropProof(vkey, past, await sign(entries), state))).toBe(
      'unproven: close_malformed',
    );
  });

  it('[L162] a receipt of another log, or that the log did not sign, convicts nobody', async () => {
    const checkpoint = await sign(forged);
    for (const change of [
      { origin: `${origin}x` },
      { keyId: new Uint8Array(4) },
      { world: sha256(opening.world) },
    ]) {
      expect(await judged(makeDropProof(vkey, await receipt(change), checkpoint, evidence(forged)))).toBe(
        'unproven: receipt_of_another_log',
      );
    }
    const { bytes } = await receipt();
    const { sig } = await receipt({ at: 0 });
    expect(await judged(makeDropProof(vkey, { bytes, sig }, checkpoint, evidence(forged)))).toBe(
      'unproven: receipt_signature',
    );
  });
});

describe('state fault', () => {
  it('[L164] from the genesis: entries that the rules cannot make convict at their index, honest ones do not', async () => {
    const honest = makeStateProof(entries, await sign(entries));
    expect(await judged(honest)).toBe('unproven: no_fault');
    const lied = entries.map((bytes) => lieAboutState(unwrap(decodeEntry(bytes))) ?? bytes);
    const proof = makeStateProof(lied, await sign(lied));
    expect(await judged(proof)).toBe('convicts: state_mismatch');
    expect(await judgeFault(proof, [counter])).toMatchObject({
      index: entries.length - 2,
      against: 'authority',
    });
    expect(await judged(proof, [])).toBe('unproven: rules_unknown');
    expect(await judged(makeStateProof(lied, await sign(entries)))).toBe('unproven: root_not_reached');
  });

  it('[L165] from a snapshot that a state entry has signed: the entries after it convict', async () => {
    const { driver, world, at } = atSegmentsEnd('snapshots');
    const snapshot = encodeWorld(counter, world);
    expect(unwrap(parseWorld(counter, snapshot)).size).toBe(at);
    const rest = driver.entries.slice(at);
    const key = logVkey(driver.world.origin, driver.authority.key);
    const frontier = driver.entries.slice(0, at).map(leafHash).reduce(appendLeaf, emptyFrontier());
    const proofOf = async (list: readonly Bytes[], change: object = {}) => {
      const checkpoint = await signEntries(driver.authority, driver.world.origin, [
        ...driver.entries.slice(0, at),
        ...list,
      ]);
      return judged(makeStateFaultProof(key, { checkpoint, frontier, snapshot, entries: list, ...change }));
    };
    expect(await proofOf(rest)).toBe('unproven: no_fault');
    const impossible = encodeEntry({ kind: 'resume', at: driver.now });
    expect(await proofOf([...rest, impossible])).toBe('convicts: resume_without_pause');
    expect(await proofOf(rest, { snapshot: Uint8Array.from([...snapshot, 0]) })).toBe(
      'unproven: snapshot_unsigned',
    );
    expect(
      await proofOf(rest, { frontier: appendLeaf(frontier, frontier.hashes[0] ?? new Uint8Array(32)) }),
    ).toBe('unproven: root_not_reached');
  });
});

describe('whose fault it is', () => {
  const stranger = seedSigner(sha256(utf8ToBytes('a stranger')));
  const lied = entries.map((bytes) => lieAboutState(unwrap(decodeEntry(bytes))) ?? bytes);
  const underKeyOf = async (signer: Signer, name: string, list: readonly Bytes[]) =>
    judged(
      makeStateFaultProof(logVkey(name, signer.key), {
        checkpoint: await signEntries(signer, name, list),
        frontier: emptyFrontier(),
        entries: list,
      }),
    );

  it('[L168] a lie under an honest log’s name that its own key has not signed convicts nobody', async () => {
    expect(await underKeyOf(authority, origin, lied)).toBe('convicts: state_mismatch');
    expect(await underKeyOf(stranger, origin, lied)).toBe('unproven: other_key');
  });

  it('[L168] a key that was handed on convicts the one that came after it, and the old one no more', async () => {
    const driver = openDriver({ ...options, seed: 'handed on' });
    driver.append(await makeRotate(driver.world, { from: driver.authority, to: stranger }, driver.now));
    const impossible = encodeEntry({ kind: 'resume', at: driver.now });
    const list = [...driver.entries, impossible];
    expect(await underKeyOf(stranger, driver.world.origin, list)).toBe('convicts: resume_without_pause');
    expect(await underKeyOf(driver.authority, driver.world.origin, list)).toBe('unproven: other_key');
  });

  it('[L168] a snapshot is believed about the state, and not about whose the log is', async () => {
    const { world, driver, at } = atSegmentsEnd('framed');
    const snapshot = encodeWorld(counter, { ...world, authorityKey: stranger.key });
    const state = encodeEntry({ kind: 'state', at: driver.now, hash: sha256(snapshot) });
    const before = driver.entries.slice(0, at);
    const rest = [state, encodeEntry({ kind: 'resume', at: driver.now })];
    const proof = makeStateFaultProof(logVkey(world.origin, stranger.key), {
      checkpoint: await signEntries(stranger, world.origin, [...before, ...rest]),
      frontier: before.map(leafHash).reduce(appendLeaf, emptyFrontier()),
      snapshot,
      entries: rest,
    });
    expect(await judged(proof)).toBe('unproven: other_key');
  });
});

describe('proof files', () => {
  it('[L166] an unknown kind, a missing or extra field, and text that is no JSON are refused', async () => {
    const proof = makeEquivocationProof(vkey, { smaller: await sign(entries), larger: await sign(forged) });
    expect(parseFaultProof(formatFaultProof(proof))).toEqual({ ok: true, value: proof });
    const { smaller, ...without } = proof;
    expect(smaller).toContain(origin);
    for (const bad of [
      '',
      '{',
      'null',
      '[]',
      { ...proof, kind: 'envy' },
      { ...proof, more: 1 },
      without,
      { ...proof, vkey: 'x' },
      { ...proof, proof: ['!'] },
    ]) {
      const text = typeof bad === 'string' ? bad : JSON.stringify(bad);
      expect(parseFaultProof(text)).toMatchObject({ ok: false, code: 'proof_malformed' });
    }
  });
});

/** A little past its first segment, and as it stood before the `state` at that segment's end. */
function atSegmentsEnd(seed: string) {
  const driver = openDriver({ ...options, seed });
  while (driver.entries.length < 1030) driver.append({ kind: 'time' });
  const at = 1023;
  const world = unwrap(openWorld(counter, driver.entries[0] ?? new Uint8Array()));
  for (const entry of driver.entries.slice(1, at)) unwrap(step(counter, world, entry));
  return { driver, world, at };
}

function makeStateProof(list: readonly Bytes[], checkpoint: Bytes) {
  return makeStateFaultProof(vkey, { checkpoint, frontier: emptyFrontier(), entries: list });
}

function lieAboutState(entry: LogEntry): Bytes | undefined {
  return entry.kind === 'state' ? encodeEntry({ ...entry, hash: sha256(entry.hash) }) : undefined;
}
