import { describe, expect, it } from 'vitest';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { publicKeyFromSeed } from './ed25519.ts';
import { openEscrow, sealEscrow, sealingSecretOf } from './escrow.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { bestPrimitives } from './hpkePrimitives.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { utf8ToBytes } from './utf8.ts';

const bytesOf = (label: string) => sha256(utf8ToBytes(label));
const [world, secret] = [bytesOf('world'), bytesOf('secret')];
const seeds = ['first', 'second'].map(bytesOf);
const ephemeral = (index: number) => bytesOf(`ephemeral ${index}`);
const escrow = sealEscrow({ world, secret, successors: seeds.map(publicKeyFromSeed), ephemeral });

describe('a secret in escrow', () => {
  it('[L185] is opened by each successor with its own key, and by nobody else', () => {
    for (const seed of seeds) expect(unwrap(openEscrow(escrow, world, seed))).toEqual(secret);
    expect(openEscrow(escrow, world, bytesOf('third'))).toMatchObject({ code: 'escrow_foreign' });
    expect(openEscrow(escrow, bytesOf('other'), seeds[0] ?? world)).toMatchObject({ code: 'escrow_foreign' });
    expect(bytesToHex(escrow)).not.toContain(bytesToHex(secret));
  });

  it('[L185] is bound to its world and to its receiver: a share that was moved does not open', () => {
    const { v, shares } = unwrap(decodeCbor(escrow)) as never as { v: 1; shares: { key: Uint8Array }[] };
    const [first, second] = shares;
    if (!first || !second) throw new Error('two were sealed');
    const swapped = [
      { ...second, key: first.key },
      { ...first, key: second.key },
    ];
    const moved = encodeCbor({ v, world, shares: swapped } as never);
    const elsewhere = encodeCbor({ v, world: bytesOf('other'), shares } as never);
    for (const seed of seeds) {
      expect(openEscrow(moved, world, seed)).toMatchObject({ code: 'escrow_damaged' });
      expect(openEscrow(elsewhere, bytesOf('other'), seed)).toMatchObject({ code: 'escrow_damaged' });
    }
  });

  it('[L185] of any bytes nothing is thrown, and any changed byte is refused', () => {
    const [seed = world] = seeds;
    expect(openEscrow(utf8ToBytes('{}'), world, seed)).toMatchObject({ code: 'escrow_malformed' });
    const alone = sealEscrow({ world, secret, successors: [publicKeyFromSeed(seed)], ephemeral });
    for (const at of alone.keys()) {
      const changed = Uint8Array.from(alone);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openEscrow(changed, world, seed).ok).toBe(false);
    }
  });

  it('[L186] the X25519 key of an Ed25519 key is that of libsodium’s conversion', () => {
    const seed = hexToBytes('421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee') ?? world;
    const sk = sealingSecretOf(seed);
    expect(bytesToHex(sk)).toBe('8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166');
    expect(bytesToHex(bestPrimitives().publicKey(sk))).toBe(
      'f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50',
    );
  });
});
