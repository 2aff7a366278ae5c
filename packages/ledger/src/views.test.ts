import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { seedSigner } from './ed25519.ts';
import { encodeEntry } from './entryCodec.ts';
import { type FaultProof, formatFaultProof, judgeFault, parseFaultProof } from './faultProof.ts';
import { logVkey } from './genesis.ts';
import { bytesToHex } from './hex.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { step } from './replay.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { verifyPair } from './signedPair.ts';
import { type ViewWord, drawView, makeView, parseView, signView } from './signedView.ts';
import { buildWorld, counter, guessing, signEntries } from './testing/index.ts';
import { bringEntries, leaveEntries, makeViewFaultProof } from './viewFault.ts';
import { openWorld } from './world.ts';

const built = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'golden', script: guessing });
const { entries, authority } = built;
const { origin, opening, authorityKey } = built.world;
const vkey = logVkey(origin, authorityKey);
const sign = (list: readonly Bytes[]) => signEntries(authority, origin, list);

/** What the rules draw after so many entries. */
function wordAt(size: number, change: Partial<ViewWord> = {}): ViewWord {
  const world = unwrap(openWorld(counter, entries[0] ?? new Uint8Array()));
  for (const entry of entries.slice(1, size)) unwrap(step(counter, world, entry));
  const root = merkleRoot(entries.slice(0, size).map(leafHash));
  return { world: opening.world, size, root, hash: sha256(drawView(counter, world.state)), ...change };
}

const lie = { hash: sha256(new Uint8Array([1])) };

async function proofOf(
  word: ViewWord,
  { list = entries, signer = authority, brings = true } = {},
): Promise<FaultProof> {
  const view = await signView(signer, word);
  const checkpoint = await sign(list);
  return makeViewFaultProof(vkey, { view, checkpoint, ...(brings && { entries: list }) });
}

/** Through the file and back, as somebody else reads it. */
async function judged(
  proof: FaultProof,
  { games = [counter], log }: { games?: (typeof counter)[]; log?: readonly Bytes[] } = {},
) {
  const judgement = await judgeFault(unwrap(parseFaultProof(formatFaultProof(proof))), games, [], log);
  return `${judgement.verdict}: ${judgement.code}`;
}

describe('signed views', () => {
  it('[L170] a view comes back from its bytes as it was written, and every other spelling is refused', () => {
    const word = wordAt(5);
    expect(parseView(makeView(word))).toEqual({ ok: true, value: { v: 1, ...word } });
    for (const bad of [
      new Uint8Array(0),
      makeView(word).slice(1),
      Uint8Array.from([...makeView(word), 0]),
      encodeCbor({ v: 2, ...word }),
      encodeCbor({ v: 1, ...word, more: 1 }),
      encodeCbor({ v: 1, ...word, size: -1 }),
      encodeCbor({ v: 1, ...word, root: word.root.slice(1) }),
    ])
      expect(parseView(bad)).toEqual({ ok: false, code: 'view_malformed' });
  });

  it('[L170] it is signed under its own kind: no other word of the same key passes for it', async () => {
    const pair = await signView(authority, wordAt(5));
    expect(await verifyPair('view', authorityKey, pair)).toBe(true);
    for (const kind of ['receipt', 'seen', 'intent'])
      expect(await verifyPair(kind, authorityKey, pair)).toBe(false);
  });

  it('[L170] the view of the golden ledger is these bytes and this signature', async () => {
    const { bytes, sig } = await signView(authority, wordAt(entries.length));
    expect(bytesToHex(bytes)).toBe(
      'a561760164686173685820171cbe89239c1069516baae9c615f6f3653e7c6c1fd7f0aeaef8fee16a5732ed6472' +
        '6f6f745820add2b429a75ae0a06bca9885abc991661b61d572f56d1c8438b159878818c3846473697a65106577' +
        '6f726c645820749aaeefc99eff48d342cae94634f0548652a337259b0c38909e4e0bbb3f1e8e',
    );
    expect(bytesToHex(sig)).toBe(
      '3daeb025eacada503972dfc13aec7560d711a9f4300fd4d52fcbaa8d6bd62e47ec59f000784a3566c52e50e44b' +
        '4846e8500403c88abadba4aa9030a503d07202',
    );
  });
});

describe('wrong views', () => {
  it('[L171] another drawing than the rules give at that size convicts, at every size', async () => {
    for (let size = 1; size <= entries.length; size++) {
      expect(await judged(await proofOf(wordAt(size, lie)))).toBe('convicts: view_mismatch');
      expect(await judged(await proofOf(wordAt(size)))).toBe('unproven: no_fault');
    }
    const judgement = await judgeFault(await proofOf(wordAt(7, lie)), [counter]);
    expect(judgement).toMatchObject({ against: 'authority', index: 6 });
  });

  it('[L171] another root than the log’s at that size convicts; at the checkpoint’s own size without any entry', async () => {
    const root = sha256(authorityKey);
    expect(await judged(await proofOf(wordAt(5, { root })))).toBe('convicts: view_root');
    expect(await judged(await proofOf(wordAt(entries.length, { root }), { brings: false }))).toBe(
      'convicts: view_root',
    );
  });

  it('[L171] without entries the judge’s own log is looked at; a shorter or another one proves nothing', async () => {
    const proof = await proofOf(wordAt(5, lie), { brings: false });
    expect(await judged(proof)).toBe('unproven: entries_missing');
    expect(await judged(proof, { log: entries })).toBe('convicts: view_mismatch');
    expect(await judged(proof, { log: entries.slice(0, 9) })).toBe('unproven: root_not_reached');
    const other = entries.map((bytes, i) =>
      i === 3 ? encodeEntry({ kind: 'time', at: built.world.at }) : bytes,
    );
    expect(await judged(proof, { log: other })).toBe('unproven: root_not_reached');
    expect(await judged(bringEntries(proof, entries))).toBe('convicts: view_mismatch');
    expect(leaveEntries(bringEntries(proof, entries))).toEqual(proof);
    expect(bringEntries(proof, entries.slice(0, 9))).toEqual(proof);
  });

  it('[L171] junk convicts nobody', async () => {
    const stranger = seedSigner(sha256(authorityKey));
    const honest = await sign(entries);
    const view = await signView(authority, wordAt(5, lie));
    const cases: readonly (readonly [FaultProof, string])[] = [
      [await proofOf(wordAt(5, lie), { signer: stranger }), 'view_signature'],
      [await proofOf(wordAt(5, { ...lie, world: sha256(opening.world) })), 'view_of_another_log'],
      [await proofOf(wordAt(9, lie), { list: entries.slice(0, 8) }), 'view_ahead'],
      [await proofOf(wordAt(5, { ...lie, size: 0 })), 'view_ahead'],
      [
        makeViewFaultProof(vkey, { view, checkpoint: honest, entries: entries.slice(0, 9) }),
        'root_not_reached',
      ],
      [
        makeViewFaultProof(vkey, { view: { ...view, sig: view.sig.slice(1) }, checkpoint: honest }),
        'view_malformed',
      ],
      [
        makeViewFaultProof(logVkey(origin, stranger.key), { view, checkpoint: honest, entries }),
        'note_unsigned',
      ],
    ];
    for (const [proof, code] of cases) expect(await judged(proof)).toBe(`unproven: ${code}`);
  });

  it('[L171] rules that are not built in, or not those of the genesis, convict nobody', async () => {
    const proof = await proofOf(wordAt(5, lie));
    expect(await judged(proof, { games: [] })).toBe('unproven: rules_unknown');
    const mended = { ...counter, rules: sha256(counter.rules) };
    expect(await judged(proof, { games: [mended] })).toBe('unproven: rules_differ');
  });

  it('[L166] a proof of a wrong view has exactly its fields', async () => {
    const proof = await proofOf(wordAt(5, lie), { brings: false });
    expect(parseFaultProof(formatFaultProof(proof))).toEqual({ ok: true, value: proof });
    for (const bad of [
      { ...proof, more: 1 },
      { ...proof, view: 'x' },
      { ...proof, entries: ['!'] },
    ])
      expect(parseFaultProof(JSON.stringify(bad))).toMatchObject({ ok: false, code: 'proof_malformed' });
  });
});
