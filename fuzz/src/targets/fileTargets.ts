/** Files and tiles: ZIP, bundles, tiles, segments, snapshots, proofs of faults. */
import {
  type Bytes,
  concatBytes,
  decodeEntryBundle,
  decodeFrontier,
  encodeEntry,
  encodeEntryBundle,
  encodeFrontier,
  encodeWorld,
  equalBytes,
  formatFaultProof,
  judgeFault,
  parseFaultProof,
  parseTile,
  parseWorld,
  readSegment,
  readZip,
  sealSegment,
  verify,
  writeZip,
  zipSource,
  bundleLimits,
  pairToJson,
  bytesToUtf8,
  bytesToBase64url,
  createVkey,
  formatVkey,
} from '@fairground/ledger';
import { samples } from '@fairground/ledger/testing';
import { games, nim, trivia } from '@fairground/rules';
import { bendBytes, join } from '../inputs/bytes.ts';
import { cborInputs } from '../inputs/cborInputs.ts';
import { jsonInputs } from '../inputs/jsonInputs.ts';
import { partsInputs } from '../inputs/partsInputs.ts';
import { zipInputs } from '../inputs/zipInputs.ts';
import { claim, claimSame, type Target, textOf } from '../target.ts';
import { bundle, bytes32, checkpoint, key, sig, statesOf, world, worldEntries } from './seeds.ts';

const note = bytesToUtf8(checkpoint) ?? '';
const vkey = formatVkey(createVkey(world.origin, 1, world.authorityKey));
const entriesText = worldEntries.slice(0, 3).map(bytesToBase64url);
const pairs = pairToJson({ bytes: bytes32, sig });
const hash = bytesToBase64url(bytes32);
const proofs = [
  { kind: 'equivocation', vkey, smaller: note, larger: note, proof: [], seed: hash },
  { kind: 'equivocation', vkey, smaller: note, larger: note, proof: [hash, hash] },
  { kind: 'drop', vkey, receipt: pairs, checkpoint: note, leaf: hash, inclusion: [hash] },
  { kind: 'drop', vkey, receipt: pairs, checkpoint: note, close: entriesText.at(-1), inclusion: [] },
  { kind: 'delay', vkey, checkpoint: note, entries: entriesText, intent: pairs, seen: pairs },
  { kind: 'view', vkey, view: pairs, checkpoint: note, entries: entriesText },
  { kind: 'view', vkey, view: pairs, checkpoint: note },
  {
    kind: 'state',
    vkey,
    checkpoint: note,
    frontier: bytesToBase64url(encodeFrontier({ size: 0, hashes: [] })),
    entries: entriesText,
  },
  {
    kind: 'state',
    vkey,
    checkpoint: note,
    frontier: bytesToBase64url(encodeFrontier({ size: 1, hashes: [bytes32] })),
    snapshot: hash,
    rotations: [bytesToBase64url(encodeEntry(samples.rotate))],
    entries: entriesText,
  },
];
const frontiers = [0, 1, 5, 255].map((size) =>
  encodeFrontier({ size, hashes: bitsOf(size).map(() => bytes32) }),
);
const segment = await sealSegment(0, { first: 0, entries: worldEntries, checkpoint });
const evening = encodeWorld(trivia, world);
const tail = encodeEntryBundle(worldEntries);

export const fileTargets: readonly Target[] = [
  {
    name: 'zip',
    about: 'ZIP archives: directories and headers',
    inputs: zipInputs([bundle]),
    check(input) {
      const zip = readZip(input, bundleLimits);
      if (!zip.ok) return false;
      for (const { name, data } of zip.value)
        claim(!name.includes('..') && data.length <= input.length, 'a member leads elsewhere');
      return true;
    },
  },
  {
    name: 'bundle',
    about: '.fair files: members, inflated; the canonical form is the one that its members are written to',
    inputs: zipInputs([bundle]),
    async check(input) {
      const source = zipSource(input, { member: 2 ** 20, total: 2 ** 22, count: 100 });
      if (!source.ok) return false;
      const members = [];
      for (const name of source.value.names ?? []) {
        const bytes = await source.value.read(name).catch(() => undefined);
        if (!bytes) return false;
        members.push({ name, bytes });
      }
      if (source.value.packing?.().kind === 'canonical' && source.value.damaged?.size === 0)
        claimSame(writeZip(members), input);
      return true;
    },
  },
  {
    name: 'verify',
    about: 'whole .fair files, verified in full: nothing but the true bytes is valid',
    inputs: zipInputs([bundle]),
    async check(input) {
      const source = zipSource(input, { member: 2 ** 20, total: 2 ** 22, count: 100 });
      if (!source.ok) return false;
      const report = await verify(source.value, { games, level: 'full' });
      if (report.valid)
        claim(
          equalBytes(input, bundle) || source.value.packing?.().kind === 'other',
          'other bytes are valid',
        );
      return report.valid;
    },
  },
  {
    name: 'tile',
    about: 'tiles of hashes',
    inputs: partsInputs(
      [join(bytes32, key), bytes32],
      (random) => new Uint8Array(32 * random.below(259) + (random.oneIn(8) ? random.below(32) : 0)),
    ),
    check(input) {
      const tile = parseTile(input);
      if (tile.ok) claimSame(concatBytes(...tile.value), input);
      return tile.ok;
    },
  },
  {
    name: 'entry-bundle',
    about: 'bundles of entries',
    inputs: partsInputs([tail, encodeEntryBundle([bytes32])], (random) =>
      join(
        ...Array.from({ length: random.below(random.oneIn(50) ? 260 : 9) }, () =>
          prefixed(new Uint8Array(random.below(12))),
        ),
      ),
    ),
    check(input) {
      const entries = decodeEntryBundle(input);
      if (entries.ok) claimSame(encodeEntryBundle(entries.value), input);
      return entries.ok;
    },
  },
  {
    name: 'frontier',
    about: 'right edges of trees',
    inputs: partsInputs(frontiers, (random) =>
      encodeFrontier({ size: 3, hashes: [bytes32, key] }).slice(0, 8 + random.below(80)),
    ),
    check(input) {
      const frontier = decodeFrontier(input);
      if (frontier.ok) claimSame(encodeFrontier(frontier.value), input);
      return frontier.ok;
    },
  },
  {
    name: 'segment',
    about: 'sealed segments as Automerge documents',
    inputs: partsInputs([segment.bytes], (random) => bendBytes(segment.bytes, random, [segment.bytes])),
    async check(input) {
      const read = await readSegment(input);
      if (read.ok) claim(read.value.entries.length > 0, 'an empty segment was accepted');
      return read.ok;
    },
  },
  {
    name: 'fault-proof',
    about: 'proofs of faults as files, judged: mutants convict nobody',
    inputs: jsonInputs(proofs),
    async check(input) {
      const proof = parseFaultProof(textOf(input));
      if (!proof.ok) return false;
      const again = parseFaultProof(formatFaultProof(proof.value));
      claim(again.ok, 'a proof is not read as it was written');
      const { verdict } = await judgeFault(proof.value, games);
      claim(verdict === 'unproven', 'an honest authority is convicted');
      return true;
    },
  },
  {
    name: 'snapshot',
    about: 'snapshots of worlds, with the game state in them',
    inputs: cborInputs([evening]),
    check(input) {
      const restored = parseWorld(trivia, input);
      if (restored.ok) claimSame(encodeWorld(trivia, restored.value), input);
      return restored.ok;
    },
  },
  gameTarget('state-trivia', trivia, statesOf(trivia, 'trivia')),
  gameTarget('state-nim', nim, statesOf(nim, 'nim')),
];

/** Readers of one's own snapshots may throw; `parseWorld` takes what is written again as it was read. */
function gameTarget<State>(
  name: string,
  game: {
    encode(state: State): Bytes;
    decode(bytes: Bytes): State;
    view(state: State, viewer: object): unknown;
  },
  seeds: readonly Bytes[],
): Target {
  return {
    name,
    about: 'the state of a game',
    inputs: cborInputs(seeds),
    check(input) {
      let state: State;
      try {
        state = game.decode(input);
        if (!equalBytes(game.encode(state), input)) return false;
      } catch (fault) {
        claim(fault instanceof Error && !(fault instanceof RangeError), `decode throws ${String(fault)}`);
        return false;
      }
      return true;
    },
  };
}

function bitsOf(size: number): readonly number[] {
  return [...size.toString(2)].filter((bit) => bit === '1').map(Number);
}

function prefixed(bytes: Bytes): Bytes {
  return join(new Uint8Array([bytes.length >> 8, bytes.length]), bytes);
}
