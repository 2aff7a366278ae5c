/** Dice that nobody alone decides (formats §6): commits first, then secrets, one seed, and streams of draws from it. */
import { type Bytes, byteAt, concatBytes, u64be } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { hkdfSha256, hmacSha256 } from './hkdf.ts';
import { sha256 } from './sha256.ts';
import { utf8ToBytes } from './utf8.ts';

/** The shares of a locked draw; both lists in ascending order of their owners' keys. */
export interface Shares {
  readonly world: Bytes;
  readonly secretsInKeyOrder: readonly Bytes[];
  readonly commits: readonly Bytes[];
}

/** Draws in order; `position` words are used up, so that a state can keep its place. */
export interface DrawStream {
  /** A fair integer in [0, n), 1 ≤ n ≤ 2^32. */
  below(n: number): number;
  /** 0 … n − 1 in a fair random order. */
  shuffle(n: number): number[];
  /** One item; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  readonly position: number;
}

const two32 = 0x1_0000_0000;
const wordsPerBlock = 8;

/** SHA-256(CBOR(["rand-commit/v1", nonce, who, secret])): never itself the seed. Throws unless nonce, key and secret have 32 bytes. */
export function randCommit(nonce: Bytes, who: Bytes, secret: Bytes): Uint8Array<ArrayBuffer> {
  if (![nonce, who, secret].every((part) => part.length === 32))
    throw new RangeError('randCommit: 32 bytes each');
  return sha256(encodeCbor(['rand-commit/v1', nonce, who, secret]));
}

/**
 * HKDF-SHA256(ikm = secrets in key order, salt = SHA-256(CBOR(["rand-seed/v1", world, commits…])), info = "seed/v1"), 32 bytes. Throws
 * without a secret, or unless there is one commit a secret.
 */
export function seedFrom({ world, secretsInKeyOrder, commits }: Shares): Uint8Array<ArrayBuffer> {
  if (secretsInKeyOrder.length === 0 || secretsInKeyOrder.length !== commits.length) {
    throw new RangeError('seedFrom: one commit a secret, and at least one');
  }
  const salt = sha256(encodeCbor(['rand-seed/v1', world, ...commits]));
  return hkdfSha256(concatBytes(...secretsInKeyOrder), salt, utf8ToBytes('seed/v1'), 32);
}

/** Block c = HMAC-SHA256(seed, label ‖ 00 ‖ u64be(c)). */
export function drawBlock(seed: Bytes, label: string, counter: number): Uint8Array<ArrayBuffer> {
  if (label.includes('\0')) throw new RangeError('drawBlock: a label holds no NUL');
  return hmacSha256(seed, concatBytes(utf8ToBytes(label), new Uint8Array(1), u64be(counter)));
}

/** The blocks of one label read as u32be words, from word `from` on. One label a purpose: two streams of one label are the same. */
export function drawStream(seed: Bytes, label: string, from = 0): DrawStream {
  let position = from;
  let block = new Uint8Array(0);
  let blockIndex = -1;

  function word(): number {
    const needed = Math.floor(position / wordsPerBlock);
    if (needed !== blockIndex) {
      block = drawBlock(seed, label, needed);
      blockIndex = needed;
    }
    const value = u32be(block, 4 * (position % wordsPerBlock));
    position++;
    return value;
  }

  function below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > two32) throw new RangeError('below: n out of range');
    const limit = Math.floor(two32 / n) * n; // words from here on would favour small results
    let value = word();
    while (value >= limit) value = word();
    return value % n;
  }

  function shuffle(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let top = n - 1; top > 0; top--) {
      const other = below(top + 1);
      const held = order[top] ?? 0;
      order[top] = order[other] ?? 0;
      order[other] = held;
    }
    return order;
  }

  function pick<T>(items: readonly T[]): T {
    const at = below(items.length);
    const [item] = items.slice(at, at + 1) as [T];
    return item;
  }

  return {
    below,
    shuffle,
    pick,
    get position() {
      return position;
    },
  };
}

/** 0 … n − 1 shuffled by the first words of a label's stream (Fisher–Yates, from the top down). */
export function shuffled(seed: Bytes, label: string, n: number): number[] {
  return drawStream(seed, label).shuffle(n);
}

function u32be(bytes: Bytes, at: number): number {
  return (
    byteAt(bytes, at) * 0x100_0000 +
    byteAt(bytes, at + 1) * 0x1_0000 +
    byteAt(bytes, at + 2) * 0x100 +
    byteAt(bytes, at + 3)
  );
}
