/** What this device draws itself of a world it looks on at: hashes by size, of the sizes that it is asked for and of the newest ones. */
import { type AnyGame, type Bytes, drawView, sha256, type World } from '@fairground/ledger';

/** Ends of batches; a picture that comes later than so many of them is drawn again from the log. */
const KEPT = 64;
const MOST_WANTED = 16;

export class Drawings {
  readonly #wanted = new Set<number>();
  readonly #hashes = new Map<number, Bytes>();

  /** This size is drawn when the log comes by it. */
  want(size: number): void {
    this.#wanted.add(size);
    const [oldest] = this.#wanted;
    if (this.#wanted.size > MOST_WANTED && oldest !== undefined) this.#wanted.delete(oldest);
  }

  /** Undefined where it was not drawn. */
  hashAt(size: number): Bytes | undefined {
    return this.#hashes.get(size);
  }

  /** After each entry; `isEnd` after the last of a batch. */
  passed(game: AnyGame, { size, state }: World<unknown>, isEnd: boolean): void {
    if (!this.#wanted.delete(size) && !isEnd) return;
    const hash = draw(game, state);
    if (hash) this.#hashes.set(size, hash);
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > KEPT && oldest !== undefined) this.#hashes.delete(oldest);
  }
}

/** A game that shows what has no encoding has no signed pictures either. */
function draw(game: AnyGame, state: unknown): Bytes | undefined {
  try {
    return sha256(drawView(game, state));
  } catch {
    return undefined;
  }
}
