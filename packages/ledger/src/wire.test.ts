import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCbor } from './cbor.ts';
import { makeCreate, parseCreate, signCreate } from './create.ts';
import type { LogEntry } from './entry.ts';
import { decodeEntry, encodeEntry } from './entryCodec.ts';
import { genesisPolicy, originOf, parseGenesis, worldIdOf, worldPolicy } from './genesis.ts';
import {
  MAX_INTENT_BYTES,
  intentHash,
  intentHeader,
  makeIntent,
  noIntent,
  parseIntent,
  signIntent,
} from './intent.ts';
import { formatPolicy } from './policy.ts';
import { parseReceipt, signReceipt } from './receipt.ts';
import { unwrap } from './result.ts';
import { parseSeen, signSeen } from './seen.ts';
import { sha256 } from './sha256.ts';
import { decodePair, encodePair, pairFromJson, pairToJson, verifyPair } from './signedPair.ts';
import { sampleHash as hash, samples, sampleSig as sig, sampleSigner as signer } from './testing/samples.ts';
import { cosignatureType, createVkey } from './vkey.ts';

const { genesis } = samples;
const kinds = Object.entries(samples);
const refusalOf = (entry: object) => {
  const decoded = decodeEntry(encodeEntry(entry as LogEntry));
  return decoded.ok ? 'ok' : decoded.code;
};

describe('entries', () => {
  it.each(kinds)('[L100] %s comes back as it was written', (_kind, entry) => {
    const bytes = encodeEntry(entry);
    expect(unwrap(decodeEntry(bytes))).toEqual(entry);
    expect(encodeEntry(unwrap(decodeEntry(bytes)))).toEqual(bytes);
  });

  it.each(kinds)('[L101] %s with a field more, less, or of another type is refused', (_kind, entry) => {
    expect(refusalOf({ ...entry, more: 1 })).toBe('entry_shape');
    for (const [name, value] of Object.entries(entry)) {
      if (name === 'kind') continue;
      const { [name]: gone, ...without } = entry as unknown as Record<string, unknown>;
      const isOptional = entry.kind === 'intent' && (name === 'rtt' || name === 'refused');
      expect(gone).toBe(value);
      expect([name, refusalOf(without)]).toEqual([name, isOptional ? 'ok' : 'entry_shape']);
      const isAnything = name === 'value' || name === 'ask' || name === 'fallback' || name === 'config';
      if (isAnything) continue;
      const wrong = { ...entry, [name]: typeof value === 'boolean' ? null : false };
      expect([name, refusalOf(wrong)]).toEqual([name, 'entry_shape']);
    }
  });

  it('[L101] what is too large, no CBOR, not canonical, no map, or of an unknown kind is refused by its code', () => {
    const long = encodeEntry({ ...samples.reveal, value: 'x'.repeat(8192) });
    expect(decodeEntry(long)).toMatchObject({ code: 'entry_too_large' });
    expect(decodeEntry(new Uint8Array([0xff]))).toMatchObject({ code: 'entry_malformed' });
    expect(decodeEntry(new Uint8Array([0xb8, 0]))).toMatchObject({ code: 'entry_not_canonical' });
    expect(decodeEntry(encodeCbor([1]))).toMatchObject({ code: 'entry_shape' });
    for (const kind of ['party', 'toString', '__proto', 7]) {
      expect(decodeEntry(encodeCbor({ kind, at: 1 }))).toMatchObject({ code: 'entry_kind_unknown' });
    }
    expect(refusalOf({ ...samples.time, at: -1 })).toBe('entry_shape');
    expect(refusalOf({ ...samples.pause, reason: 'Not a code' })).toBe('entry_shape');
  });

  it('[L101] no bytes make the decoder throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeEntry(bytes)).toHaveProperty('ok');
      }),
    );
    const bytes = encodeEntry(genesis);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const decoded = decodeEntry(bytes.with(at, value));
        if (decoded.ok) expect(encodeEntry(decoded.value)).toEqual(bytes.with(at, value));
      }),
    );
  });
});

describe('intents', () => {
  const parts = { world: hash, key: signer.key, seq: 0, prev: noIntent, kind: 'take', body: { count: 2 } };

  it('[L102] an intent comes back as it was made, its header is the same map without the body, its hash is of its bytes', async () => {
    const bytes = makeIntent(parts);
    expect(unwrap(parseIntent(bytes))).toEqual({ v: 1, ...parts });
    const { body, ...rest } = parts;
    expect(body).toEqual({ count: 2 });
    expect(intentHeader(parts)).toEqual(encodeCbor({ v: 1, ...rest }));
    const signed = await signIntent(signer, parts);
    expect(signed).toMatchObject({ bytes, hash: sha256(bytes) });
    expect(intentHash(bytes)).toEqual(signed.hash);
    expect(await verifyPair('intent', signer.key, signed)).toBe(true);
    expect(await verifyPair('receipt', signer.key, signed)).toBe(false);
  });

  it('[L102] what is too large, crooked, or brings its own kind is refused', () => {
    const refusal = (intent: object) => parseIntent(encodeCbor({ v: 1, ...parts, ...intent }));
    expect(parseIntent(new Uint8Array(MAX_INTENT_BYTES + 1))).toMatchObject({ code: 'intent_too_large' });
    expect(parseIntent(new Uint8Array(0))).toMatchObject({ code: 'intent_malformed' });
    expect(parseIntent(new Uint8Array([0xb8, 0]))).toMatchObject({ code: 'intent_not_canonical' });
    expect(refusal({ body: { kind: 'take' } })).toMatchObject({ code: 'intent_body_kind' });
    for (const bad of [
      { v: 2 },
      { seq: -1 },
      { key: sig },
      { prev: sig },
      { world: sig },
      { kind: 'A b' },
      { body: [] },
      { more: 1 },
    ]) {
      expect(refusal(bad)).toMatchObject({ code: 'intent_shape' });
    }
  });

  it('[L102] the longest intent still fits an entry with everything that an entry may say of it', () => {
    const entry = {
      at: Number.MAX_SAFE_INTEGER,
      via: 'v'.repeat(64),
      rtt: Number.MAX_SAFE_INTEGER,
      refused: 'r'.repeat(64),
    };
    const bytes = new Uint8Array(MAX_INTENT_BYTES);
    expect(encodeEntry({ kind: 'intent', ...entry, bytes, sig }).length).toBeLessThanOrEqual(8192);
  });
});

describe('signed words', () => {
  it('[L103] a pair travels as CBOR and as JSON; other forms are refused', () => {
    const pair = { bytes: hash, sig };
    expect(unwrap(decodePair(encodePair(pair)))).toEqual(pair);
    expect(unwrap(pairFromJson(JSON.parse(JSON.stringify(pairToJson(pair)))))).toEqual(pair);
    for (const bad of [
      encodeCbor([hash]),
      encodeCbor([hash, hash]),
      encodeCbor([hash, sig, 1]),
      encodeCbor({ bytes: hash, sig }),
      hash,
    ]) {
      expect(decodePair(bad)).toMatchObject({ code: 'pair_malformed' });
    }
    for (const bad of [
      null,
      [],
      {},
      { bytes: '!', sig: '' },
      { bytes: '', sig: 'AAAA' },
      { bytes: 1, sig: 2 },
    ]) {
      expect(pairFromJson(bad)).toMatchObject({ code: 'pair_malformed' });
    }
  });

  it('[L104] receipts, sightings and requests for a world come back as they were signed, each under its own kind', async () => {
    const receipt = {
      world: hash,
      origin: 'a/b',
      keyId: new Uint8Array(4),
      intentHash: hash,
      leafHash: hash,
      index: 3,
      at: 5,
    };
    const seen = { world: hash, lot: null, intentHash: hash, headSize: 1, headRoot: hash, at: 5 };
    const create = {
      authority: signer.key,
      game: 'nim',
      config: {},
      visibility: 'private',
      room: null,
      nonce: new Uint8Array(16),
      at: 5,
    } as const;
    const [one, two, three] = [
      await signReceipt(signer, receipt),
      await signSeen(signer, seen),
      await signCreate(signer, create),
    ];
    expect(unwrap(parseReceipt(one.bytes))).toEqual({ v: 1, ...receipt });
    expect(unwrap(parseSeen(two.bytes))).toEqual({ v: 1, ...seen, witness: signer.key });
    expect(unwrap(parseCreate(three.bytes))).toEqual({ v: 1, ...create, host: signer.key });
    const pairs = [
      ['receipt', one],
      ['seen', two],
      ['create', three],
    ] as const;
    for (const [kind, pair] of pairs) {
      for (const [other] of pairs) expect(await verifyPair(other, signer.key, pair)).toBe(other === kind);
    }
    expect(parseReceipt(two.bytes)).toMatchObject({ code: 'receipt_malformed' });
    expect(parseSeen(three.bytes)).toMatchObject({ code: 'seen_malformed' });
    expect(parseCreate(one.bytes)).toMatchObject({ code: 'create_malformed' });
    expect(parseCreate(new Uint8Array(8193))).toMatchObject({ code: 'create_too_large' });
    const other = makeCreate({ ...create, host: signer.key, visibility: 'hidden' as 'private' });
    expect(parseCreate(other)).toMatchObject({ code: 'create_malformed' });
  });
});

describe('genesis', () => {
  const refusal = (change: object) => {
    const parsed = parseGenesis(encodeEntry({ ...genesis, ...change }));
    return parsed.ok ? 'ok' : parsed.code;
  };

  it('[L105] the world’s id is the hash of the genesis, its origin the authority’s name and that id', () => {
    const bytes = encodeEntry(genesis);
    expect(worldIdOf(bytes)).toEqual(sha256(bytes));
    expect(originOf('home.example/1', new Uint8Array(32))).toBe(`home.example/1/${'a'.repeat(52)}`);
    expect(unwrap(parseGenesis(bytes))).toEqual(genesis);
  });

  it('[L105] a genesis whose name cannot begin an origin, whose keys are crooked, or whose policy is another spelling is refused', () => {
    for (const name of ['', 'a b', 'a+b', 'fairground', 'fairground/x', 'x'.repeat(201)]) {
      expect(refusal({ authority: { ...genesis.authority, name } })).toBe('genesis_name');
    }
    const crooked = new Uint8Array(32).fill(1, 0, 1);
    expect(refusal({ authority: { ...genesis.authority, key: crooked } })).toBe('genesis_key');
    expect(refusal({ host: crooked })).toBe('genesis_key');
    expect(refusal({ successors: [crooked] })).toBe('genesis_key');
    for (const policy of ['', 'quorum  none\n', '# hi\nquorum none\n', 'quorum none'])
      expect(refusal({ policy })).toBe('genesis_policy');
    expect(parseGenesis(encodeEntry(samples.time))).toMatchObject({ code: 'genesis_missing' });
  });

  it('[L106] the policy of a genesis names witnesses and quorum; the world’s policy adds the log under its origin', () => {
    const witness = createVkey('witness.example/w1', cosignatureType, signer.key);
    const policy = genesisPolicy([witness], 1);
    expect(refusal({ policy })).toBe('ok');
    const file = formatPolicy(worldPolicy({ policy }, 'home.example/1/w', genesis.authority.key));
    expect(file).toMatch(/^log home\.example\/1\/w\+[0-9a-f]{8}\+\S+\nwitness witness\.example\/w1 /);
    expect(file.slice(file.indexOf('\n') + 1)).toBe(policy);
  });
});
