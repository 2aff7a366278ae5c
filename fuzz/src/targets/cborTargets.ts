/** What is canonical CBOR: values, entries, intents, requests, words. */
import {
  type Bytes,
  type Cbor,
  decodeCbor,
  decodeEntry,
  decodePair,
  encodeCbor,
  encodeEntry,
  encodePair,
  equalBytes,
  formatVkey,
  logVkey,
  makeCreate,
  makeIntent,
  makeReceipt,
  makeSeen,
  makeView,
  openEscrow,
  pairFromJson,
  pairToJson,
  parseCreate,
  parseGenesis,
  parseIntent,
  parseReceipt,
  parseSeen,
  parseView,
  publicKeyFromSeed,
  sealEscrow,
} from '@fairground/ledger';
import { decodeAnyEntry, parseAnyIntent } from '@fairground/ledger/testing';
import { cborInputs } from '../inputs/cborInputs.ts';
import { jsonInputs } from '../inputs/jsonInputs.ts';
import { claim, claimSame, type Target, textOf } from '../target.ts';
import { bytes16, bytes32, entrySeeds, intentSeeds, key, sig } from './seeds.ts';

const create = makeCreate({
  authority: key,
  host: key,
  game: 'trivia',
  config: { questions: 3, topics: ['general'] },
  visibility: 'unlisted',
  room: bytes16,
  nonce: bytes16,
  at: 1_750_000_000_000,
} as Parameters<typeof makeCreate>[0]);
const receipt = makeReceipt({
  world: bytes32,
  origin: 'fair.example/abc',
  keyId: bytes32.subarray(0, 4),
  intentHash: bytes32,
  leafHash: bytes32,
  index: 300,
  at: 1_750_000_000_000,
});
const seen = makeSeen({
  world: bytes32,
  lot: 3,
  intentHash: bytes32,
  witness: key,
  headSize: 70_000,
  headRoot: bytes32,
  at: 1_750_000_000_000,
} as Parameters<typeof makeSeen>[0]);
const pair = encodePair({ bytes: receipt, sig });
const heirs = [bytes32, bytes32.toReversed()];
const escrow = sealEscrow({
  ...{ world: bytes32, secret: bytes32, successors: heirs.map(publicKeyFromSeed) },
  ephemeral: (index) => bytes32.map((byte) => byte ^ (index + 1)),
});

/** Both ways to read the same thing must come to the same answer. */
function claimAlike(short: unknown, long: unknown): void {
  claim(comparable(short) === comparable(long), 'the short way reads something else than the long way');
}

function comparable(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner instanceof Uint8Array ? Buffer.from(inner).toString('hex') : inner,
  );
}

export const cborTargets: readonly Target[] = [
  {
    name: 'escrow',
    about: 'secrets that are sealed for successors',
    inputs: cborInputs([escrow], ['key', 'enc', 'ct', 'shares', 'world']),
    check(input) {
      const opened = openEscrow(input, bytes32, bytes32);
      if (opened.ok) claim(equalBytes(opened.value, bytes32), 'a share opens to what was not sealed in it');
      return opened.ok;
    },
  },
  {
    name: 'cbor',
    about: 'canonical CBOR values',
    inputs: cborInputs([...entrySeeds, ...intentSeeds, receipt], ['a', 'bb', 'kind']),
    check: (input) => same(decodeCbor(input), input, encodeCbor),
  },
  {
    name: 'entry',
    about: 'ledger entries, by the short way and the long one',
    inputs: cborInputs(entrySeeds),
    check(input) {
      const entry = decodeEntry(input);
      if (entry.ok && entry.value.kind === 'intent')
        claimAlike(sorted(entry.value), sorted(unwrapped(decodeAnyEntry(input))));
      return same(entry, input, encodeEntry);
    },
  },
  {
    name: 'intent',
    about: 'intents, by the short way and the long one',
    inputs: cborInputs(intentSeeds),
    check(input) {
      const intent = parseIntent(input);
      const long = parseAnyIntent(input);
      claim(intent.ok === long.ok || input.length > 7680, 'one way takes what the other refuses');
      if (intent.ok) claimAlike(sorted(intent.value), sorted(unwrapped(long)));
      return same(intent, input, makeIntent);
    },
  },
  {
    name: 'genesis',
    about: 'the first entry, with its policy',
    inputs: cborInputs(entrySeeds.slice(0, 2)),
    check: (input) => {
      const genesis = parseGenesis(input);
      if (genesis.ok)
        claim(formatVkey(logVkey('a/b', genesis.value.authority.key)).length > 0, 'its log has no key');
      return same(genesis, input, encodeEntry);
    },
  },
  {
    name: 'create',
    about: 'requests for a world',
    inputs: cborInputs([create]),
    check: (input) => same(parseCreate(input), input, makeCreate),
  },
  {
    name: 'receipt',
    about: 'receipts',
    inputs: cborInputs([receipt]),
    check: (input) => same(parseReceipt(input), input, makeReceipt),
  },
  {
    name: 'view',
    about: 'signed views',
    inputs: cborInputs([makeView({ world: bytes32, size: 9, root: bytes32, hash: bytes32 })]),
    check: (input) => same(parseView(input), input, makeView),
  },
  {
    name: 'seen',
    about: 'sightings',
    inputs: cborInputs([seen]),
    check: (input) => same(parseSeen(input), input, makeSeen),
  },
  {
    name: 'pair',
    about: 'signed pairs in CBOR',
    inputs: cborInputs([pair, encodePair({ bytes: seen, sig })]),
    check: (input) => same(decodePair(input), input, encodePair),
  },
  {
    name: 'pair-json',
    about: 'signed pairs in JSON',
    inputs: jsonInputs([pairToJson({ bytes: bytes32, sig }), pairToJson({ bytes: seen, sig })]),
    check(input) {
      const json = jsonOf(textOf(input));
      const read = pairFromJson(json);
      if (!read.ok) return false;
      const { bytes, sig: signature } = json as { readonly bytes: string; readonly sig: string };
      const again = pairToJson(read.value);
      claim(again.bytes === bytes && again.sig === signature, 'a second spelling was accepted');
      return true;
    },
  },
];

function same<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false },
  input: Bytes,
  write: (value: T & Cbor) => Bytes,
): boolean {
  if (result.ok) claimSame(write(result.value as T & Cbor), input);
  return result.ok;
}

function unwrapped<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false },
): T | undefined {
  return result.ok ? result.value : undefined;
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
