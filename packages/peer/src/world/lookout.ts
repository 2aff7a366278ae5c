/**
 * Looks on at a world by its signed pictures: the newest is shown until the log itself is verified, and every one is compared with what
 * this device draws at that size. One that the rules do not draw is a lie that its own signature proves.
 */
import { type Bytes, equalBytes, makeViewFaultProof } from '@fairground/ledger';
import type { OpenDocument } from '../document.ts';
import type { Drawings } from './drawings.ts';
import type { Tribunal } from './tribunal.ts';
import { pictureIn, readPicture, type SignedPicture } from './picture.ts';
import type { VerifiedLog } from './verifiedLog.ts';

export interface LookoutDeps {
  readonly log: VerifiedLog;
  readonly drawings: Drawings;
  readonly tribunal: Pick<Tribunal, 'hear' | 'accuse'>;
  /** Opens the document of pictures anew. */
  open(): OpenDocument;
  /** There is a newer picture. */
  changed(): void;
}

/** Pictures of longer logs than ours that wait to be compared. */
const MOST_AHEAD = 8;
/** A picture that came too late for our own drawing is drawn again from the genesis on, in logs up to this size; in longer ones it is passed over. */
const MOST_REPLAYED = 8_192;

export class Lookout {
  readonly #deps: LookoutDeps;
  #document: OpenDocument;
  #newest: SignedPicture | undefined;
  #last: Bytes = new Uint8Array(0);
  readonly #ahead = new Map<number, SignedPicture>();
  #working: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: LookoutDeps) {
    this.#deps = deps;
    this.#document = this.#attach();
  }

  /** The newest that the authority has signed; nothing else is known of it. */
  get newest(): SignedPicture | undefined {
    return this.#newest;
  }

  /** The log has grown. */
  grown(): void {
    this.#later(async () => {
      for (const [size, picture] of [...this.#ahead]) {
        if (size > this.#deps.log.entries.length) continue;
        this.#ahead.delete(size);
        await this.#compare(picture);
      }
    });
  }

  reconnect(): void {
    this.#document.reconnect();
  }

  close(): void {
    this.#isClosed = true;
    this.#document.close();
  }

  #attach(): OpenDocument {
    const document = this.#deps.open();
    document.doc.on('update', () => this.#later(() => this.#read(document)));
    return document;
  }

  /** In order. What goes wrong with a picture is no reason to stop: the log is what counts. */
  #later(act: () => Promise<void>): void {
    this.#working = this.#working.then(() => (this.#isClosed ? undefined : act())).catch(() => {});
  }

  async #read({ doc }: OpenDocument): Promise<void> {
    const { log, changed } = this.#deps;
    const bytes = pictureIn(doc);
    if (!bytes || equalBytes(bytes, this.#last)) return;
    this.#last = bytes;
    const picture = await readPicture(log.world, bytes, log.vkey);
    if (!picture.ok) return;
    await this.#compare(picture.value);
    if (picture.value.word.size <= (this.#newest?.word.size ?? 0)) return;
    this.#newest = picture.value;
    changed();
  }

  async #compare(picture: SignedPicture): Promise<void> {
    const { log, drawings, tribunal } = this.#deps;
    const { word, note, noteRoot } = picture;
    if (word.size > log.entries.length) return this.#await(picture);
    // Two roots of one size, both signed: that is proof enough without the entries.
    if (!equalBytes(word.root, noteRoot)) return this.#accuse(picture);
    if (!(await tribunal.hear(note, 'picture'))) return undefined;
    const own = drawings.hashAt(word.size);
    if (own ? equalBytes(own, word.hash) : word.size > MOST_REPLAYED) return undefined;
    return this.#accuse(picture, log.entries.slice(0, word.size));
  }

  #await(picture: SignedPicture): void {
    const { size } = picture.word;
    this.#deps.drawings.want(size);
    this.#ahead.set(size, picture);
    const [oldest] = this.#ahead.keys();
    if (this.#ahead.size > MOST_AHEAD && oldest !== undefined) this.#ahead.delete(oldest);
  }

  async #accuse({ vkey, view, note }: SignedPicture, entries?: readonly Bytes[]): Promise<void> {
    const evidence = { view, checkpoint: note, ...(entries && { entries }) };
    await this.#deps.tribunal.accuse(makeViewFaultProof(vkey, evidence));
  }
}
