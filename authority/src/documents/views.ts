/**
 * `view:<world>`: signed pictures for whoever only looks on. Drawn where somebody looks and nowhere else, once a second and world at most,
 * so that a match without lookers-on pays nothing for them and one with thousands no more than one with one (docs/adr/0010).
 */
import {
  type Bytes,
  bytesToHex,
  drawView,
  equalBytes,
  frontierRoot,
  makeView,
  sha256,
  signedBytes,
} from '@fairground/ledger';
import {
  MAX_PICTURE,
  type PictureHeir,
  type ToRelay,
  encodePicture,
  formatWorldId,
} from '@fairground/protocol';
import { heirOf } from '../keys/heirs.ts';
import { signerOf } from '../keys/keyRing.ts';
import type { Committed } from '../log/committed.ts';
import type { Pending } from '../log/pending.ts';
import type { AuthorityKeys, Clock, Log } from '../ports.ts';
import type { LiveWorld, Slot } from '../worlds/live.ts';
import { type PictureDoc, createPictureDoc } from './pictureDoc.ts';

export interface Views {
  /** Somebody looks at this world, or nobody does any more. */
  watch(world: Bytes, isWatched: boolean): void;
  /** A commit of these worlds is about to be written: what is to be shown after it is drawn now, while the state is that of its end. */
  sealing(pending: Pending): void;
  published(committed: Committed): void;
  /** Another link: who looks is said again. */
  forget(): void;
}

export interface ViewsDeps {
  readonly keys: AuthorityKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
  send(frame: ToRelay): void;
}

const paceMs = 1_000;

interface Drawing {
  readonly size: number;
  readonly root: Bytes;
  readonly drawn: Bytes;
  /** Which the log names at this size. */
  readonly key: Bytes;
  readonly heir: PictureHeir | undefined;
}

interface Watched {
  readonly doc: PictureDoc;
  /** Nothing is shown before. */
  nextAt: number;
  /** Of a commit that is on its way. */
  drawing?: Drawing;
  cancel?: () => void;
}

export function createViews(deps: ViewsDeps): Views {
  return new Pictures(deps);
}

/** Owns the timers of the worlds that are looked at; everything by world in hex. */
class Pictures implements Views {
  readonly #deps: ViewsDeps;
  readonly #watched = new Map<string, Watched>();

  constructor(deps: ViewsDeps) {
    this.#deps = deps;
  }

  watch(world: Bytes, isWatched: boolean): void {
    const id = bytesToHex(world);
    if (!isWatched) return this.#drop(id);
    if (this.#watched.has(id) || !this.#deps.slots.has(id)) return;
    this.#watched.set(id, { doc: createPictureDoc(formatWorldId(world)), nextAt: 0 });
    this.#showNow(id);
  }

  sealing({ worlds }: Pending): void {
    if (this.#watched.size === 0) return;
    for (const [id, { closed }] of worlds) {
      const watched = this.#watched.get(id);
      const live = this.#deps.slots.get(id)?.live;
      // The last one is shown in any case: a closed world is not drawn any more.
      const isWanted = watched && live && (closed || this.#isDue(watched));
      const drawing = isWanted ? this.#draw(live) : undefined;
      if (watched && drawing) watched.drawing = drawing;
    }
  }

  published({ append, root, checkpoint }: Committed): void {
    const id = bytesToHex(append.world);
    const watched = this.#watched.get(id);
    if (!watched) return;
    const size = append.expectedSize + append.entries.length;
    const { drawing } = watched;
    delete watched.drawing;
    // A commit that failed may have had another end at this size.
    if (drawing?.size === size && equalBytes(drawing.root, root))
      this.#show(id, watched, drawing, checkpoint);
    else this.#showNow(id);
  }

  forget(): void {
    for (const id of [...this.#watched.keys()]) this.#drop(id);
  }

  #drop(id: string): void {
    this.#watched.get(id)?.cancel?.();
    this.#watched.delete(id);
  }

  #isDue({ nextAt }: Watched): boolean {
    return this.#deps.clock.now() >= nextAt;
  }

  /** What is published, if the state is still that; else with the commit that is on its way. */
  #showNow(id: string): void {
    const watched = this.#watched.get(id);
    const slot = this.#deps.slots.get(id);
    if (!watched || !slot?.live || slot.size === 0 || slot.size <= watched.doc.size) return;
    if (!this.#isDue(watched)) return this.#showLater(id, watched);
    if (slot.live.replay.size !== slot.size) return;
    const drawing = this.#draw(slot.live);
    if (drawing) this.#show(id, watched, drawing, slot.checkpoint);
  }

  #showLater(id: string, watched: Watched): void {
    watched.cancel ??= this.#deps.clock.setTimer(watched.nextAt - this.#deps.clock.now(), () => {
      delete watched.cancel;
      this.#showNow(id);
    });
  }

  #draw({ game, replay, tree }: LiveWorld): Drawing | undefined {
    try {
      const { size, state, authorityKey: key, opening } = replay;
      const heir = heirOf(this.#deps.keys, opening.genesis.authority.key, key);
      return { size, root: frontierRoot(tree.frontier), drawn: drawView(game, state), key, heir };
    } catch (fault) {
      // The log goes on without pictures: nothing hangs on them.
      this.#deps.log.error({ fault, world: replay.origin }, 'a world could not be drawn');
      return undefined;
    }
  }

  #show(id: string, watched: Watched, drawing: Drawing, checkpoint: Bytes): void {
    const { size, root, drawn, key, heir } = drawing;
    const { slots, keys, send, clock, log } = this.#deps;
    const slot = slots.get(id);
    if (!slot || size <= watched.doc.size) return;
    watched.nextAt = clock.now() + paceMs;
    const word = makeView({ world: slot.world, size, root, hash: sha256(drawn) });
    const view: [Bytes, Bytes] = [word, signerOf(keys, key).signSync(signedBytes('view', word))];
    const picture = encodePicture({ genesis: slot.genesis, checkpoint, view, drawn, ...(heir && { heir }) });
    if (picture.length > MAX_PICTURE)
      return log.warn({ size, bytes: picture.length }, 'a picture is too large');
    send({ t: 'doc', name: `view:${formatWorldId(slot.world)}`, update: watched.doc.put(size, picture) });
  }
}
