import { ed25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256, sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedCache } from './boundedCache.ts';
import { concatBytes } from './bytes.ts';
import { didToKey, keyToDid } from './didKey.ts';
import {
  publicKeyFromSeed,
  seedSigner,
  signEd25519,
  signedBytes,
  verifyEd25519,
  verifyEd25519Sync,
  verifyWithNative,
  verifyWithNoble,
  verifyWithNode,
  verifyWithWebCrypto,
} from './ed25519.ts';
import { parsePublicKey } from './ed25519Key.ts';
import { hex } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { hkdfSha256, hmacSha256 } from './hkdf.ts';
import { sha256, sha256Parts } from './sha256.ts';
import { bytesToUtf8, utf8ToBytes } from './utf8.ts';

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The verdicts of every path; undefined would mean that a path is missing here. */
async function verdicts(key: Uint8Array, message: Uint8Array, signature: Uint8Array) {
  return [
    verifyWithNoble(key, message, signature),
    verifyWithNode(key, message, signature),
    await verifyWithWebCrypto(key, message, signature),
    await verifyWithNative(key, message, signature),
    await verifyEd25519(key, message, signature),
    verifyEd25519Sync(key, message, signature),
  ];
}

const everywhere = (verdict: boolean) => Array(6).fill(verdict);

function scalarToBytes(scalar: bigint): Uint8Array {
  return hex(scalar.toString(16).padStart(64, '0')).reverse();
}

describe('hashes', () => {
  it('[L13] SHA-256, HMAC and HKDF give the published vectors', () => {
    expect(bytesToHex(sha256(utf8ToBytes('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256Parts(utf8ToBytes('a'), utf8ToBytes('bc'))).toEqual(sha256(utf8ToBytes('abc')));
    // RFC 4231 §4.2
    expect(bytesToHex(hmacSha256(new Uint8Array(20).fill(0x0b), utf8ToBytes('Hi There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    // RFC 5869 §A.1
    const info = hex('f0f1f2f3f4f5f6f7f8f9');
    expect(
      bytesToHex(hkdfSha256(new Uint8Array(22).fill(0x0b), hex('000102030405060708090a0b0c'), info, 42)),
    ).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  });

  it('[L13] Node and noble agree on all lengths, also past the 1,024 bytes of info that Node allows', () => {
    const input = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(
        input,
        input,
        fc.uint8Array({ maxLength: 1100 }),
        fc.integer({ min: 1, max: 200 }),
        (a, b, c, length) => {
          expect(sha256(a)).toEqual(nobleSha256(a));
          expect(hmacSha256(a, b)).toEqual(hmac(nobleSha256, a, b));
          expect(hkdfSha256(a, b, c, length)).toEqual(hkdf(nobleSha256, a, b, c, length));
        },
      ),
    );
    const long = new Uint8Array(1025);
    expect(hkdfSha256(long, long, long, 32)).toEqual(hkdf(nobleSha256, long, long, long, 32));
  });

  it('[L13] digests are plain arrays, not views of a pool', () => {
    const digests = [
      sha256(hex('00')),
      hmacSha256(hex('00'), hex('00')),
      hkdfSha256(hex('00'), hex('00'), hex('00'), 16),
    ];
    expect(digests.map((digest) => digest.buffer.byteLength)).toEqual([32, 32, 16]);
    expect(digests.every((digest) => Object.getPrototypeOf(digest) === Uint8Array.prototype)).toBe(true);
  });
});

describe('public keys', () => {
  const good = publicKeyFromSeed(hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));
  const torsion = Point.fromBytes(hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'));

  it('[L14] a key made from a seed is accepted, and copied', () => {
    const parsed = parsePublicKey(good);
    expect(parsed).toEqual({ ok: true, value: good });
    expect(parsed.ok && parsed.value !== good).toBe(true);
  });

  it.each([
    ['31 bytes', hex('00'.repeat(31)), 'key_length'],
    ['33 bytes', hex('00'.repeat(33)), 'key_length'],
    ['a y that is no point', hex(`02${'00'.repeat(31)}`), 'key_not_canonical'],
    ['y = p + 1, another spelling of the identity', hex(`ee${'ff'.repeat(30)}7f`), 'key_not_canonical'],
    ['y = p', hex(`ed${'ff'.repeat(30)}7f`), 'key_not_canonical'],
    ['the identity with a negative zero', hex(`01${'00'.repeat(30)}80`), 'key_not_canonical'],
    ['the identity', hex(`01${'00'.repeat(31)}`), 'key_small_order'],
    ['the point of order 2', hex(`ec${'ff'.repeat(30)}7f`), 'key_small_order'],
    ['a point of order 4', hex('00'.repeat(32)), 'key_small_order'],
    ['a point of order 8', torsion.toBytes(), 'key_small_order'],
    ['a good key plus a point of order 8', Point.fromBytes(good).add(torsion).toBytes(), 'key_torsion'],
  ])('[L14] %s is refused', (_name, key, code) => {
    expect(parsePublicKey(key)).toEqual({ ok: false, code });
    expect(parsePublicKey(key)).toEqual({ ok: false, code });
  });

  it('[L17] keys round-trip as did:key, in the form of the W3C examples', () => {
    const example = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp';
    const key = didToKey(example);
    expect(key.ok && keyToDid(key.value)).toBe(example);
    fc.assert(
      fc.property(bytes32, (seed) => {
        const made = publicKeyFromSeed(seed);
        expect(didToKey(keyToDid(made))).toEqual({ ok: true, value: made });
      }),
      { numRuns: 10 },
    );
    expect(() => keyToDid(hex('00'))).toThrow(RangeError);
  });

  it.each([
    ['nothing', '', 'did_malformed'],
    ['another method', 'did:web:example.com', 'did_malformed'],
    ['another codec', 'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc', 'did_malformed'],
    [
      'a letter outside the alphabet',
      'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0',
      'did_malformed',
    ],
    ['an upper-case scheme', 'DID:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', 'did_malformed'],
    ['a very long text', `did:key:z${'6'.repeat(100_000)}`, 'did_malformed'],
    ['a short key', 'did:key:zK3c', 'did_malformed'],
    ['a key of small order', keyToDid(hex('00'.repeat(32))), 'key_small_order'],
  ])('[L17] a did of %s is refused', (_name, did, code) => {
    expect(didToKey(did)).toMatchObject({ ok: false, code });
  });
});

describe('signatures', () => {
  const seed = hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
  const key = publicKeyFromSeed(seed);

  it('[L16] signing gives the vectors of RFC 8032 §7.1, with Node and with noble alike', () => {
    expect(bytesToHex(key)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    expect(bytesToHex(signEd25519(seed, new Uint8Array(0)))).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    fc.assert(
      fc.property(bytes32, fc.uint8Array(), (secret, message) => {
        expect(signEd25519(secret, message)).toEqual(ed25519.sign(message, secret));
      }),
      { numRuns: 10 },
    );
    expect(() => signEd25519(hex('00'), hex('00'))).toThrow(RangeError);
    expect(() => publicKeyFromSeed(hex('00'))).toThrow(RangeError);
  });

  it('[L16] a seed signer signs for its key', async () => {
    const signer = seedSigner(seed);
    const message = signedBytes('intent', hex('a0'));
    expect(bytesToUtf8(message.subarray(0, -1))).toBe('fairground/intent/v1\n');
    expect(await verdicts(signer.key, message, await signer.sign(message))).toEqual(everywhere(true));
  });

  it('[L15] every path accepts good signatures and rejects a changed byte anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(63),
        fc.integer({ min: 1, max: 255 }),
        async (message, at, flip) => {
          const signature = signEd25519(seed, message);
          expect(await verdicts(key, message, signature)).toEqual(everywhere(true));
          signature[at] = (signature[at] ?? 0) ^ flip;
          expect(await verdicts(key, message, signature)).toEqual(everywhere(false));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('[L15] the crooked signature that noble by itself accepts is rejected by every path', async () => {
    const crookedKey = hex('fd1724385aa0c75b64fb78cd602fa1d991fdebf76b13c58ed702eac835e9f618');
    const crooked = hex(
      'd63c01223147541df4e170763e9e2788a8bf5971f52a93c5829dbe6f5ff6bba99a6f06eb54dc20f04142c2130132fa0c253863e36d2102945477bdec32f7d508',
    );
    const message = utf8ToBytes('intent');
    expect(ed25519.verify(crooked, message, crookedKey)).toBe(true);
    expect(parsePublicKey(crookedKey).ok).toBe(true);
    expect(await verdicts(crookedKey, message, crooked)).toEqual(everywhere(false));
  });

  it('[L15] S + L, the other spelling of a good S, is rejected by every path', async () => {
    const message = utf8ToBytes('m');
    const signature = signEd25519(seed, message);
    const s = BigInt(`0x${bytesToHex(signature.slice(32).reverse())}`);
    const other = concatBytes(signature.subarray(0, 32), scalarToBytes(s + order));
    expect(await verdicts(key, message, other)).toEqual(everywhere(false));
  });

  it('[L15] R = identity, which some engines accept, is rejected by every path', async () => {
    const message = utf8ToBytes('m');
    const r = Point.ZERO.toBytes();
    const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
    const k = BigInt(`0x${bytesToHex(sha512(concatBytes(r, key, message)).reverse())}`) % order;
    const signature = concatBytes(r, scalarToBytes((k * scalar) % order));
    expect(ed25519.verify(signature, message, key)).toBe(true);
    expect(await verdicts(key, message, signature)).toEqual(everywhere(false));
  });

  it.each([
    ['the identity', hex(`01${'00'.repeat(31)}`)],
    ['a second spelling of the identity', hex(`ee${'ff'.repeat(30)}7f`)],
    ['no point', hex(`02${'00'.repeat(31)}`)],
    ['31 bytes', hex('00'.repeat(31))],
  ])('[L15] no path verifies for a key that is %s', async (_name, badKey) => {
    expect(await verdicts(badKey, utf8ToBytes('m'), signEd25519(seed, utf8ToBytes('m')))).toEqual(
      everywhere(false),
    );
  });

  it('[L15] a signature of another length is rejected by every path', async () => {
    const signature = signEd25519(seed, hex('00'));
    expect(await verdicts(key, hex('00'), signature.subarray(0, 63))).toEqual(everywhere(false));
    expect(await verdicts(key, hex('00'), concatBytes(signature, hex('00')))).toEqual(everywhere(false));
  });
});

describe('remembering', () => {
  it('[L18] makes a value once, and again after newer ones have pushed it out', () => {
    const cached = boundedCache<string>(2);
    const made: string[] = [];
    const get = (name: string) => cached(name, () => (made.push(name), name));
    for (const name of ['a', 'a', 'b', 'a', 'c', 'b', 'c', 'a']) expect(get(name)).toBe(name);
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });
});
