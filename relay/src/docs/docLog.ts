/** A document in memory and its log in the store: what is applied is collected, stored in a group, and only then called durable. */
import type { Bytes } from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import * as Y from 'yjs';
import type { DocStore, DocWrite, StoredDoc } from '../store/ports.ts';
import type { ClientIds } from './clientIds.ts';
import type { Committer, Pending } from './committer.ts';

export interface DocLogDeps {
  readonly store: DocStore;
  readonly committer: Committer;
  readonly ids: ClientIds;
  /** This update is durable now; `author` is who wrote all of it, if that was one alone. */
  durable(update: Bytes, author: Author | undefined): void;
  /** Something could not be stored: the memory is worth nothing. */
  lost(): void;
  /** Instead of `lost`, for what nobody would bring again: calls back when it is time to try once more. */
  readonly retry?: (again: () => void) => void;
}

/** A connection, told apart by being the same. */
export type Author = object;

interface Asker {
  readonly look: () => Bytes;
  readonly answer: (seen: Bytes) => void;
}

// A log this long, or twice the size of what it says, is written anew as one update.
const compactAfterUpdates = 200;
const compactAfterBytes = 256 * 1024;
const measureAfterBytes = 64 * 1024;

export class DocLog implements Pending {
  readonly doc = new Y.Doc();
  readonly #deps: DocLogDeps;
  readonly #name: string;
  readonly #stored = { updates: 0, bytes: 0 };
  #group: Bytes[] = [];
  #writers = new Set<number>();
  #authors = new Set<Author | undefined>();
  /** Of what is on its way to the store. */
  #author: Author | undefined;
  #isInFlight = false;
  /** Who asked while something was collected that is not on its way to the store yet. */
  #askers: Asker[] = [];
  /** What they are told when what is on its way is durable. */
  #answers: (() => void)[] = [];
  /** What the stored updates will say with those that are on their way, if it is to take their place. */
  #state: Bytes | undefined;
  #stateBytes = 0;
  /** Stored bytes when the state was measured; 0 if it never was. */
  #measuredAt = 0;
  #isEnded = false;

  constructor(deps: DocLogDeps, name: string, stored: StoredDoc | undefined) {
    this.#deps = deps;
    this.#name = name;
    for (const update of stored?.updates ?? []) {
      Y.applyUpdate(this.doc, update);
      this.#count(update);
    }
    this.doc.on('update', (update: Bytes) => {
      this.#group.push(update);
      deps.committer.add(this);
    });
  }

  /** Throws for what is no update. `clients`: the client ids that wrote it. */
  apply(update: Bytes, clients: readonly number[] = [], author?: Author): void {
    for (const client of clients) this.#writers.add(client);
    this.#authors.add(author);
    Y.applyUpdate(this.doc, update);
  }

  /**
   * Looks at the document as it stands at the end of a group, and hands on what it saw when that group is durable:
   * one commit later at most, however much comes in meanwhile.
   */
  whenDurable(look: () => Bytes, answer: (seen: Bytes) => void): void {
    if (this.#group.length > 0) return void this.#askers.push({ look, answer });
    const seen = look();
    if (this.#isInFlight) this.#answers.push(() => answer(seen));
    else answer(seen);
  }

  /**
   * What is stored is an upper bound of what the document says, and so is what it said when it was measured last with what came since.
   * Measuring is dear: it is done again only when enough came to make a difference, lest small updates hold up everybody.
   */
  hasRoomFor(update: Bytes): boolean {
    const fits = (bytes: number) => bytes + update.length <= limits.documentBytes.max;
    const since = () => this.#stored.bytes - this.#measuredAt;
    if (fits(this.#stored.bytes) || (this.#measuredAt > 0 && fits(this.#stateBytes + since()))) return true;
    if (this.#measuredAt > 0 && since() < measureAfterBytes) return false;
    this.#stateBytes = Y.encodeStateAsUpdate(this.doc).length;
    this.#measuredAt = this.#stored.bytes;
    return fits(this.#stateBytes);
  }

  end(): void {
    this.#isEnded = true;
    this.#askers = [];
    this.#answers = [];
    this.doc.destroy();
  }

  take(): DocWrite | undefined {
    const [first] = this.#group;
    if (!first || this.#isEnded) return undefined;
    const update = this.#group.length === 1 ? first : Y.mergeUpdates(this.#group);
    const clients = this.#deps.ids.toStore([...this.#writers]);
    this.#group = [];
    this.#writers = new Set();
    [this.#author] = this.#authors.size === 1 ? this.#authors : [];
    this.#authors = new Set();
    this.#isInFlight = true;
    this.#state = this.#isLong() ? Y.encodeStateAsUpdate(this.doc) : undefined;
    for (const { look, answer } of this.#askers.splice(0)) {
      const seen = look();
      this.#answers.push(() => answer(seen));
    }
    return { name: this.#name, update, clients };
  }

  committed({ update }: DocWrite): void {
    this.#isInFlight = false;
    if (this.#isEnded) return;
    this.#count(update);
    this.#deps.durable(update, this.#author);
    for (const answer of this.#answers.splice(0)) answer();
    if (this.#state) this.#compact(this.#state);
  }

  failed(write: DocWrite): void {
    const { retry, committer, lost } = this.#deps;
    if (!retry) return lost();
    this.#group.unshift(write.update);
    this.#authors.add(undefined);
    retry(() => {
      if (!this.#isEnded) committer.add(this);
    });
  }

  #count(update: Bytes): void {
    this.#stored.updates++;
    this.#stored.bytes += update.length;
  }

  #isLong(): boolean {
    const { updates, bytes } = this.#stored;
    return updates > compactAfterUpdates || bytes > Math.max(compactAfterBytes, 2 * this.#stateBytes);
  }

  /** `state` is exactly what the stored updates say. */
  #compact(state: Bytes): void {
    const { updates } = this.#stored;
    this.#stateBytes = state.length;
    this.#stored.updates = 1;
    this.#stored.bytes = state.length;
    this.#measuredAt = state.length;
    this.#deps.store.compact(this.#name, updates, state).catch(() => this.#deps.lost());
  }
}
