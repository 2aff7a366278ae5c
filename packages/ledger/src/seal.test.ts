import { Aes128Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, ownBytes } from './bytes.ts';
import { type Cbor, encodeCbor } from './cbor.ts';
import { hex } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { hpkeOpenSync, hpkeSealSync } from './hpke.ts';
import { type HpkePrimitives, bestPrimitives, noblePrimitives, nodePrimitives } from './hpkePrimitives.ts';
import { nodeCrypto } from './platform.ts';
import { unwrap } from './result.ts';
import { openSeal, sealCommit, sealKeyPair, sealValue } from './seal.ts';
import { sha256 } from './sha256.ts';

const node = nodeCrypto();
if (!node) throw new Error('these tests compare with node:crypto and need Node');
const paths: [string, HpkePrimitives][] = [
  ['noble', noblePrimitives],
  ['node', nodePrimitives(node)],
];

/** RFC 9180 §A.1.1, sequence number 0. */
const rfc = {
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  skE: hex('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736'),
  enc: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
  pkR: hex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
  skR: hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
  pt: hex('4265617574792069732074727574682c20747275746820626561757479'),
  aad: hex('436f756e742d30'),
  ct: 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
};

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const oracle = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

describe('HPKE', () => {
  it.each(paths)('[L50] %s gives the vector of RFC 9180 A.1.1', (_name, primitives) => {
    expect(bytesToHex(primitives.publicKey(rfc.skR))).toBe(bytesToHex(rfc.pkR));
    const request = { pk: rfc.pkR, info: rfc.info, aad: rfc.aad, plaintext: rfc.pt, ephemeral: rfc.skE };
    const { enc, ct } = hpkeSealSync(request, primitives);
    expect([bytesToHex(enc), bytesToHex(ct)]).toEqual([rfc.enc, rfc.ct]);
    const opened = hpkeOpenSync(
      { sk: rfc.skR, pk: rfc.pkR, enc, ct, info: rfc.info, aad: rfc.aad },
      primitives,
    );
    expect(opened).toEqual(rfc.pt);
  });

  it('[L50] Node’s primitives are the ones used here', () => {
    expect(bestPrimitives()).not.toBe(noblePrimitives);
  });

  it.each(paths)(
    '[L50] %s and an independent implementation open each other’s',
    async (_name, primitives) => {
      const any = fc.uint8Array({ maxLength: 80 });
      await fc.assert(
        fc.asyncProperty(bytes32, bytes32, any, any, any, async (sk, ephemeral, info, aad, plaintext) => {
          const pk = primitives.publicKey(sk);
          const ours = hpkeSealSync({ pk, info, aad, plaintext, ephemeral }, primitives);
          const recipientKey = await oracle.kem.importKey('raw', buffer(sk), false);
          const theirs = await oracle.open(
            { recipientKey, enc: buffer(ours.enc), info: buffer(info) },
            buffer(ours.ct),
            buffer(aad),
          );
          expect(new Uint8Array(theirs)).toEqual(plaintext);
          const recipientPublicKey = await oracle.kem.importKey('raw', buffer(pk), true);
          const sealed = await oracle.seal(
            { recipientPublicKey, info: buffer(info) },
            buffer(plaintext),
            buffer(aad),
          );
          const opened = hpkeOpenSync(
            { sk, pk, enc: new Uint8Array(sealed.enc), ct: new Uint8Array(sealed.ct), info, aad },
            primitives,
          );
          expect(opened).toEqual(plaintext);
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each(paths)('[L51] %s opens nothing that does not belong together', (_name, primitives) => {
    const good = {
      sk: rfc.skR,
      pk: rfc.pkR,
      enc: hex(rfc.enc),
      ct: hex(rfc.ct),
      info: rfc.info,
      aad: rfc.aad,
    };
    const flipped = good.ct.map((byte, i) => (i === 3 ? byte ^ 1 : byte));
    const wrong: Partial<typeof good>[] = [
      { sk: rfc.skE, pk: hex(rfc.enc) },
      { pk: hex(rfc.enc) },
      { info: rfc.aad },
      { aad: rfc.info },
      { ct: flipped },
      { ct: good.ct.subarray(0, -1) },
      { ct: new Uint8Array(15) },
      { ct: new Uint8Array(0) },
      { enc: rfc.pkR },
      { enc: new Uint8Array(32) },
      { enc: new Uint8Array(31) },
      { sk: new Uint8Array(31) },
      { pk: new Uint8Array(33) },
    ];
    expect(wrong.map((change) => hpkeOpenSync({ ...good, ...change }, primitives))).toEqual(
      wrong.map(() => undefined),
    );
  });

  it.each(paths)('[L51] %s seals to no key of small order', (_name, primitives) => {
    const request = { info: rfc.info, aad: rfc.aad, plaintext: rfc.pt, ephemeral: rfc.skE };
    for (const pk of [new Uint8Array(32), new Uint8Array(32).fill(1, 0, 1), hex(`ec${'ff'.repeat(30)}7f`)]) {
      expect(() => hpkeSealSync({ ...request, pk }, primitives)).toThrow(RangeError);
    }
  });
});

describe('seals', () => {
  const secret = new Uint8Array(32).fill(5);
  const { pk, sk } = sealKeyPair(secret);
  const context = {
    world: new Uint8Array(32).fill(1),
    lot: 3,
    key: new Uint8Array(32).fill(2),
    pk,
    header: hex('a0'),
  };
  const nonce32 = new Uint8Array(32).fill(9);
  const seal = sealValue({ ...context, value: { bid: 7 }, nonce32, size: 64 });

  it('[L52] a seal opens to its nonce and value', () => {
    expect(openSeal({ ...context, sk, seal })).toEqual({
      ok: true,
      value: { nonce: nonce32, value: { bid: 7 } },
    });
  });

  it('[L52] every value that fits round-trips, with a fresh ephemeral key each time', () => {
    const value: fc.Arbitrary<Cbor> = fc.oneof(
      fc.maxSafeInteger(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(bytes32, bytes32, fc.nat(), value, (key, nonce, lot, any) => {
        const request = { ...context, key, lot, value: any, nonce32: nonce, size: 80 };
        const made = sealValue(request);
        expect(openSeal({ ...request, sk, seal: made })).toEqual({ ok: true, value: { nonce, value: any } });
        expect(bytesToHex(sealValue(request).enc)).not.toBe(bytesToHex(made.enc));
      }),
      { numRuns: 20 },
    );
  });

  it('[L52] with a given ephemeral key a seal is deterministic', () => {
    const request = { ...context, value: 1, nonce32, size: 64, ephemeral: secret };
    expect(sealValue(request)).toEqual(sealValue(request));
  });

  it.each([
    ['world', { world: new Uint8Array(32) }],
    ['lot', { lot: 4 }],
    ['header', { header: hex('a1') }],
    ['lot key', sealKeyPair(new Uint8Array(32).fill(6))],
  ])('[L52] it does not open under another %s', (_name, change) => {
    expect(openSeal({ ...context, sk, seal, ...change })).toEqual({ ok: false, code: 'seal_open' });
  });

  it('[L54] another sealer’s commit, or another commit, is found', () => {
    const other = { ...context, key: new Uint8Array(32).fill(3) };
    expect(openSeal({ ...other, sk, seal })).toEqual({ ok: false, code: 'seal_commit' });
    const swapped = { ...seal, commit: sha256(seal.commit) };
    expect(openSeal({ ...context, sk, seal: swapped })).toEqual({ ok: false, code: 'seal_commit' });
  });

  it('[L53] seals of one size are equally long', () => {
    const lengths = [0, 2 ** 53 - 1, 'abc', null].map((value) => {
      const { commit, enc, ct } = sealValue({ ...context, value, nonce32, size: 64 });
      return [commit.length, enc.length, ct.length];
    });
    expect(lengths).toEqual(lengths.map(() => [32, 32, 80]));
  });

  it('[L53] a value fits to the last byte, and throws past it', () => {
    const fits = encodeCbor([nonce32, 'abc']).length + 2;
    expect(
      openSeal({ ...context, sk, seal: sealValue({ ...context, value: 'abc', nonce32, size: fits }) }).ok,
    ).toBe(true);
    expect(() => sealValue({ ...context, value: 'abc', nonce32, size: fits - 1 })).toThrow('does not fit');
  });

  const body = encodeCbor([nonce32, 1]);
  const prefixed = concatBytes(new Uint8Array([0, body.length]), body);

  it.each([
    ['nothing', hex('')],
    ['half a length', hex('00')],
    ['a length past the end', concatBytes(hex('00ff'), body)],
    ['a length of zero', hex('00000000')],
    ['a byte in the padding', concatBytes(prefixed, hex('0001'))],
    ['a length one short', concatBytes(new Uint8Array([0, body.length - 1]), body)],
    ['CBOR that is not canonical', hex('00031801f6')],
    ['a list of one', framed([nonce32])],
    ['a list of three', framed([nonce32, 1, 2])],
    ['a short nonce', framed([hex('00'), 1])],
    ['a map', framed({ nonce: nonce32, value: 1 })],
  ])('[L54] a plaintext of %s is seal_padding', (_name, plaintext) => {
    const info = encodeCbor([context.world, context.lot, pk]);
    const sealed = hpkeSealSync({ pk, info, aad: context.header, plaintext, ephemeral: secret });
    const commit = sealCommit({ ...context, nonce32, value: 1 });
    expect(openSeal({ ...context, sk, seal: { commit, ...sealed } })).toEqual({
      ok: false,
      code: 'seal_padding',
    });
  });

  it('[L54] the same plaintext, well framed, opens', () => {
    const info = encodeCbor([context.world, context.lot, pk]);
    const plaintext = concatBytes(prefixed, hex('0000'));
    const sealed = hpkeSealSync({ pk, info, aad: context.header, plaintext, ephemeral: secret });
    const commit = sealCommit({ ...context, nonce32, value: 1 });
    expect(unwrap(openSeal({ ...context, sk, seal: { commit, ...sealed } })).value).toBe(1);
  });

  it('[L55] the commit is over world, lot, key, nonce and value', () => {
    const { world, lot, key } = context;
    expect(bytesToHex(seal.commit)).toBe(
      bytesToHex(sha256(encodeCbor(['seal/v1', world, lot, key, nonce32, { bid: 7 }]))),
    );
    expect(() => sealCommit({ ...context, nonce32, value: 1, lot: -1 })).toThrow(RangeError);
    expect(() => sealCommit({ ...context, nonce32: hex('00'), value: 1 })).toThrow(RangeError);
  });
});

function framed(value: Cbor): Bytes {
  const cbor = encodeCbor(value);
  return concatBytes(new Uint8Array([0, cbor.length]), cbor);
}

/** The oracle takes ArrayBuffers. */
function buffer(bytes: Bytes): ArrayBuffer {
  return ownBytes(bytes).slice().buffer;
}
