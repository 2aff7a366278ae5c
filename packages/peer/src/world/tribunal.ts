/** Watches whether the authority keeps its word in one world: one history for all, what it receipted, what it was sent in time. */
import {
  accuseOfDrop,
  type Bytes,
  bytesToHex,
  bringEntries,
  clockAllowance,
  equalBytes,
  type FaultProof,
  formatVkey,
  hashReaderOf,
  judgeDrop,
  judgeDelay,
  judgeFault,
  type Judgement,
  leafHash,
  makeDelayProof,
  makeStateFaultProof,
  parseReceipt,
  parseSeen,
  type Stepped,
  utf8ToBytes,
} from '@fairground/ledger';
import type * as Y from 'yjs';
import { isSettled, type OutboxRecord } from '../outbox/record.ts';
import type { ReadLog } from './catchUp.ts';
import { type Charge, createCourt, headIn } from './court.ts';
import type { LogKeeper } from './logKeeper.ts';
import { type Batch, newestNote } from './tail.ts';
import type { Failed, LogFault, VerifiedLog } from './verifiedLog.ts';

export interface TribunalDeps {
  readonly log: VerifiedLog;
  readonly readLog: ReadLog;
  /** This device's intents in this world. */
  mine(): readonly OutboxRecord[];
  /** The keys of relays whose word counts for this device: those that it has chosen itself. */
  relays(): readonly Bytes[];
  readonly keeper: Pick<LogKeeper, 'charged' | 'charges'>;
  /** What this device had kept is read. */
  ready(): Promise<void>;
  /** Something is proved, or doubted. */
  changed(): void;
}

/** Heads of longer logs that are kept until ours is as long; of each that showed one the newest. */
const MOST_AHEAD = 32;
const MOST_WAITING = 8;

export class Tribunal {
  readonly #deps: TribunalDeps;
  readonly #court: ReturnType<typeof createCourt>;
  readonly #ahead = new Map<string, Bytes>();
  /** Those that were ahead when we last looked. */
  #pursued: ReadonlyMap<string, Bytes> = new Map();
  /** Receipts that were found kept, sightings and views that were tried. */
  readonly #settled = new Set<string>();
  /** Proofs about entries that we do not have yet. */
  readonly #waiting: FaultProof[] = [];
  /** Lots that the log has opened: a sighting may come later than that. */
  readonly #opened = new Set<number>();
  #checking: Promise<void> = Promise.resolve();
  #charges: readonly Charge[] = [];
  #isDoubted = false;
  #withheld: number | undefined;
  /** The end of the tail that was compared with our log last. */
  #lastNote: Bytes = new Uint8Array(0);

  constructor(deps: TribunalDeps) {
    this.#deps = deps;
    this.#court = createCourt(deps);
  }

  /** What is proved, against whomever. */
  get charges(): readonly Charge[] {
    return this.#charges;
  }

  /** The authority has signed a head that is not of our history, and nobody has brought what would prove it. */
  get isDoubted(): boolean {
    return this.#isDoubted;
  }

  /** The entry that holds something of ours by a receipt: a log so long was signed a while ago, and nobody shows that part. No proof. */
  get withheld(): number | undefined {
    return this.#withheld;
  }

  /** What is proved against the authority: it ends all trust in this world. */
  get fault(): LogFault | undefined {
    const found = this.#charges.find(({ judgement }) => judgement.against === 'authority');
    if (!found) return undefined;
    const { code, index } = found.judgement;
    return { blame: 'authority', code, index: index ?? this.#deps.log.entries.length, message: code };
  }

  /** Judges again what an earlier page had found. */
  async reopen(): Promise<void> {
    if (!this.#deps.log.opened) return;
    for (const proof of await this.#deps.keeper.charges()) await this.#take(proof);
  }

  /** A note that somebody (`from`) shows as the newest that it has verified. True if it is of our history as far as we have it. */
  async hear(note: Bytes, from: string): Promise<boolean> {
    await this.#deps.ready();
    const heard = await this.#court.hear(note);
    if (heard.kind === 'guilty') this.#charge(heard.charge);
    if (heard.kind === 'ahead') this.#keep(note, from);
    return heard.kind === 'same';
  }

  /** A proof that somebody else has found; true if it convicts this log's own key. Whatever else it is changes nothing. */
  async accuse(proof: FaultProof): Promise<boolean> {
    await this.#deps.ready();
    return this.#take(proof);
  }

  /** A tail that was written anew may end where ours ends, or before, with another history. */
  async hearTail(doc: Y.Doc): Promise<void> {
    const note = newestNote(doc);
    if (!note || equalBytes(note, this.#lastNote)) return;
    this.#lastNote = note;
    const heard = await this.#court.hear(note);
    if (heard.kind === 'guilty') this.#charge(heard.charge);
  }

  /** A batch that the log's key has signed does not extend our log: a lie, if its own hashes show it; else the transport's fault. */
  async badBatch(batch: Batch): Promise<void> {
    const heard = await this.#court.hear(batch.checkpoint);
    if (heard.kind === 'guilty') return this.#charge(heard.charge);
    if (heard.kind !== 'ahead') return undefined;
    const own = batch.first === 0 ? hashReaderOf(batch.entries.map(leafHash)) : undefined;
    for (const hashes of own ? [own, undefined] : [undefined]) {
      const compared = await this.#court.compareAhead(batch.checkpoint, hashes);
      if (compared.kind === 'guilty') return this.#charge(compared.charge);
      if (compared.kind === 'same') return undefined;
    }
    this.#doubt();
  }

  /** The authority signed what the rules or what was bound before forbid. */
  ruleBroken({ fault, signed }: Failed): void {
    if (!signed) return;
    const proof = makeStateFaultProof(signed.vkey, signed);
    const { code, index } = fault;
    const named = { against: 'authority', vkey: proof.vkey, code, index } as const;
    this.#charge({ judgement: { verdict: 'convicts', ...named }, proof });
  }

  /** Heads that were ahead of us a while ago and still are: asks the log's tiles whether they go on from ours. */
  async pursue(): Promise<void> {
    const due = [...this.#ahead].filter(([from, note]) => this.#pursued.get(from) === note);
    this.#pursued = new Map(this.#ahead);
    this.#noteWithheld(due.map(([, note]) => headIn(note)?.size ?? 0));
    const [first] = due;
    if (!first) return;
    const [from, note] = first;
    this.#ahead.delete(from);
    const heard = await this.#court.hear(note);
    const compared = heard.kind === 'ahead' ? await this.#court.compareAhead(note) : heard;
    if (compared.kind === 'guilty') this.#charge(compared.charge);
    if (compared.kind === 'unproven') this.#doubt();
  }

  #noteWithheld(sizes: readonly number[]): void {
    const here = this.#deps.log.entries.length;
    const known = Math.max(0, ...sizes);
    const indexes = this.#deps.mine().flatMap(({ receipt }) => {
      const word = receipt && parseReceipt(receipt.bytes);
      return word?.ok && word.value.index >= here && word.value.index < known ? [word.value.index] : [];
    });
    if (indexes.length === 0 || this.#withheld !== undefined) return;
    this.#withheld = Math.min(...indexes);
    this.#deps.changed();
  }

  /** The log has grown, or one of our intents has got a receipt. */
  grown(steps: readonly Stepped<unknown>[] = []): void {
    if (steps.length > 0) this.#isDoubted = false;
    if ((this.#withheld ?? Infinity) < this.#deps.log.entries.length) this.#withheld = undefined;
    for (const { entry } of steps) if (entry.kind === 'lot') this.#opened.add(entry.lot);
    this.#checking = this.#checking.then(() => this.#check()).catch(() => {});
  }

  async #check(): Promise<void> {
    // A copy: what is still ahead is put back, and would be come by again without end.
    for (const [from, note] of [...this.#ahead]) {
      this.#ahead.delete(from);
      await this.hear(note, from);
    }
    for (const proof of this.#waiting.splice(0)) await this.#take(proof);
    for (const record of this.#deps.mine()) {
      await this.#checkReceipt(record);
      await this.#checkSighting(record);
    }
  }

  async #checkReceipt({ receipt, hash }: OutboxRecord): Promise<void> {
    const name = `receipt ${bytesToHex(hash)}`;
    const { vkey, entries, checkpoint } = this.#deps.log;
    const lastEntry = entries.at(-1);
    if (!receipt || !vkey || !checkpoint || !lastEntry || this.#settled.has(name)) return;
    const { hashes } = this.#deps.log; // brought up to date here, not for every entry that comes
    const log = { vkey, size: entries.length, hashes: hashes.read, checkpoint, lastEntry };
    const proof = await accuseOfDrop(log, receipt);
    if (!proof.ok && proof.code === 'receipt_ahead') return;
    this.#settled.add(name);
    if (!proof.ok) return;
    this.#chargeIf(await judgeDrop(proof.value), proof.value);
  }

  /** Not before the cut: till then the intent may still come. */
  async #checkSighting(record: OutboxRecord): Promise<void> {
    const { seen, hash, plan } = record;
    const { log } = this.#deps;
    const name = `seen ${bytesToHex(hash)}`;
    if (!seen || isSettled(record) || this.#settled.has(name) || !log.opened) return;
    const word = parseSeen(seen.bytes);
    if (!word.ok) return;
    const isCut = plan.seal
      ? this.#opened.has(plan.seal.lot)
      : log.opened.replayed.at > word.value.at + clockAllowance;
    const { vkey, checkpoint, entries } = log;
    if (!isCut || !vkey || !checkpoint) return;
    this.#settled.add(name);
    const { bytes, sig } = record;
    const proof = makeDelayProof(vkey, { checkpoint, entries, intent: { bytes, sig }, seen });
    this.#chargeIf(await judgeDelay(proof, [log.opened.game], this.#deps.relays()), proof);
  }

  async #take(proof: FaultProof): Promise<boolean> {
    const { log, relays } = this.#deps;
    if (!log.opened || this.#mustWait(proof)) return false;
    const judgement = await judgeFault(proof, [log.opened.game], relays(), log.entries);
    if (judgement.verdict !== 'convicts' || !isAbout(judgement, proof, log)) return false;
    this.#charge({ judgement, proof: bringEntries(proof, log.entries) });
    return true;
  }

  /** One that leaves the entries to us is judged when we have them, and once. */
  #mustWait(proof: FaultProof): boolean {
    if (proof.kind !== 'view' || proof.entries) return false;
    const name = `view ${proof.view.bytes}`;
    if (this.#settled.has(name)) return true;
    const size = headIn(utf8ToBytes(proof.checkpoint))?.size ?? 0;
    if (size <= this.#deps.log.entries.length) {
      this.#settled.add(name);
      return false;
    }
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(proof);
    return true;
  }

  /** One of each kind is enough. */
  #charge(charge: Charge): void {
    const { against, code } = charge.judgement;
    if (this.#charges.some(({ judgement }) => judgement.code === code)) return;
    this.#charges = [...this.#charges, charge];
    if (against === 'authority') this.#deps.keeper.charged(charge.proof);
    this.#deps.changed();
  }

  #doubt(): void {
    this.#isDoubted = true;
    this.#deps.changed();
  }

  #chargeIf(judgement: Judgement, proof: FaultProof): void {
    if (judgement.verdict === 'convicts') this.#charge({ judgement, proof });
  }

  #keep(note: Bytes, from: string): void {
    this.#ahead.delete(from);
    this.#ahead.set(from, note);
    const [oldest] = this.#ahead.keys();
    if (this.#ahead.size > MOST_AHEAD && oldest !== undefined) this.#ahead.delete(oldest);
  }
}

/** A proof about another log, however good, says nothing about this one. */
function isAbout(
  { against }: { readonly against: string },
  proof: FaultProof,
  { vkey }: VerifiedLog,
): boolean {
  // What a carrier kept back is between it and whoever sent it.
  return against === 'authority' && vkey !== undefined && proof.vkey === formatVkey(vkey);
}
