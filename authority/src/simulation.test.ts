import { type Bytes, bytesToHex, decodeEntry, intentHash, parseReceipt, unwrap } from '@fairground/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { openMemoryLock } from './lock/memoryLock.ts';
import { openMemoryStore } from './store/memoryStore.ts';
import type { Lock, LogStore } from './store/ports.ts';
import { type Device, type SignedMail, createDevice } from './testing/device.ts';
import { type Party, openParty } from './testing/party.ts';
import { recordingKeys, strayCheckpoints } from './testing/recordingKeys.ts';
import type { Reply } from './testing/relayEnd.ts';
import { tally } from './testing/tally.ts';

type Trouble = 'failStore' | 'lieStore' | 'failLock' | 'kill' | 'settle';
type Act =
  | { readonly act: 'add'; readonly who: number }
  | { readonly act: 'repeat'; readonly who: number }
  | { readonly act: Trouble }
  | { readonly act: 'wait'; readonly turns: number };

const who = fc.nat(2);
const anAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constant('add' as const), who }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('repeat' as const), who }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), turns: fc.nat(6) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom<Trouble>('failStore', 'lieStore', 'failLock', 'kill', 'settle'),
    }),
  },
);

interface Life {
  isOver: boolean;
  failures: number;
  /** Calls that do what they should and say that they failed. */
  lies: number;
}

function newLife(): Life {
  return { isOver: false, failures: 0, lies: 0 };
}

/** A process that can be killed: from then on nothing of it reaches the disk, and nothing that it waits for comes. */
function mortal<Port extends object>(port: Port, life: Life, failing: string): Port {
  const methods = Object.entries(port).map(
    ([name, method]: [string, (...args: unknown[]) => Promise<unknown>]) => [
      name,
      async (...args: unknown[]) => {
        if (life.isOver) return new Promise(() => {});
        if (name === failing && life.failures > 0) {
          life.failures -= 1;
          throw new Error('the disk is full');
        }
        const value = await method(...args);
        if (life.isOver) return new Promise(() => {});
        if (name !== failing || life.lies === 0) return value;
        life.lies -= 1;
        throw new Error('the answer of the disk was lost');
      },
    ],
  );
  return Object.fromEntries(methods) as Port;
}

interface Sent {
  readonly mail: SignedMail;
  reply?: Reply;
}

class Evening {
  readonly #store: LogStore = openMemoryStore();
  readonly #lock: Lock = openMemoryLock();
  readonly #docs = new Map<string, Y.Doc>();
  readonly #devices: readonly Device[] = ['Ann', 'Bob', 'Cy'].map(createDevice);
  readonly #sent: Sent[][] = [[], [], []];
  readonly #shown = new Map<number, string>();
  readonly #recording = recordingKeys();
  #lives = { store: newLife(), lock: newLife() };
  #party: Party | undefined;
  #world: Bytes = new Uint8Array(0);
  #now = 1_750_000_000_000;

  async open(): Promise<void> {
    await this.#start();
    const [host] = this.#devices;
    if (!host || !this.#party) throw new Error('a host');
    this.#world = (await this.#party.create(host, 'tally', { goal: 1_000_000, every: 50 })).world;
    for (const [i] of this.#devices.entries()) this.#send(i, 'join', {});
    await this.#party.settle();
  }

  async #start(): Promise<void> {
    this.#lives = { store: newLife(), lock: newLife() };
    const store = mortal(this.#store, this.#lives.store, 'append');
    const lock = mortal(this.#lock, this.#lives.lock, 'write');
    this.#now += 10_000;
    this.#party = await openParty({
      store,
      lock,
      docs: this.#docs,
      keys: this.#recording.keys,
      games: [tally],
      startAt: this.#now,
      seed: String(this.#now),
    });
    // What was not answered is delivered again, in its order.
    for (const sent of this.#sent.flat()) if (!sent.reply) this.#deliver(sent);
  }

  #send(index: number, kind: string, body: object): void {
    const device = this.#devices[index];
    if (!device) return;
    const sent: Sent = { mail: device.intent(this.#world, kind, body as never) };
    this.#sent[index]?.push(sent);
    this.#deliver(sent);
  }

  #deliver(sent: Sent): void {
    void this.#party?.relay.send('intent', sent.mail, this.#world).then((reply) => {
      if (sent.reply) expect(reply.body).toEqual(sent.reply.body);
      sent.reply = reply;
    });
  }

  async perform(act: Act): Promise<void> {
    if (act.act === 'add') this.#send(act.who, 'add', { count: 1 });
    if (act.act === 'repeat') this.#repeat(act.who);
    if (act.act === 'failStore') this.#lives.store.failures += 1;
    if (act.act === 'lieStore') this.#lives.store.lies += 1;
    if (act.act === 'failLock') this.#lives.lock.failures += 1;
    if (act.act === 'settle') await this.#settle();
    if (act.act === 'wait')
      for (let i = 0; i < act.turns; i++) await new Promise((resume) => setImmediate(resume));
    if (act.act !== 'kill') return;
    this.#lives.store.isOver = true;
    this.#lives.lock.isOver = true;
    this.#note();
    await this.#start();
  }

  #repeat(index: number): void {
    const sent = this.#sent[index]?.at(-1);
    if (sent) this.#deliver(sent);
  }

  /** Whatever retries by the clock is given time. */
  async #settle(): Promise<void> {
    const isDone = () => this.#sent.flat().every(({ reply }) => reply) && this.#party?.relay.unanswered === 0;
    for (let i = 0; i < 200 && !isDone(); i++) {
      for (let turn = 0; turn < 10; turn++) await new Promise((resume) => setImmediate(resume));
      this.#party?.clock.jump(100);
    }
    expect(isDone()).toBe(true);
  }

  /** No two checkpoints of one size were ever shown, by this life or another. */
  #note(): void {
    for (const frame of this.#party?.relay.frames ?? []) {
      if (frame.t !== 'log' || frame.path !== 'checkpoint') continue;
      const text = new TextDecoder().decode(frame.bytes);
      const size = Number(text.split('\n')[1]);
      expect(this.#shown.get(size) ?? text).toBe(text);
      this.#shown.set(size, text);
    }
  }

  async check(): Promise<void> {
    await this.#settle();
    // The disks work again, and what waits for the clock to try again may.
    this.#lives.store.failures = 0;
    this.#lives.store.lies = 0;
    this.#lives.lock.failures = 0;
    this.#party?.clock.jump(2000);
    await this.#party?.settle();
    this.#note();
    const adds = this.#sent.flat().length - 3;
    expect(this.#party?.follow(this.#world).state).toMatchObject({ total: adds });
    for (const { mail, reply } of this.#sent.flat()) await this.#checkReceipt(mail, reply);
    await this.#party?.authority.close();
    const entries = await this.#store.entries(this.#world, 0, Infinity);
    expect(strayCheckpoints(this.#recording.signed, entries)).toEqual([]);
    expect(this.#recording.signed.length).toBeGreaterThan(1);
  }

  async #checkReceipt({ payload }: SignedMail, reply: Reply | undefined): Promise<void> {
    if (reply?.status !== 200) throw new Error('an intent was not receipted');
    const { receipt } = reply.body as { readonly receipt: readonly [Bytes, Bytes] };
    const { index } = unwrap(parseReceipt(receipt[0]));
    const [bytes] = await this.#store.entries(this.#world, index, index + 1);
    const entry = unwrap(decodeEntry(bytes ?? new Uint8Array(0)));
    const logged = entry.kind === 'intent' ? bytesToHex(intentHash(entry.bytes)) : entry.kind;
    expect(logged).toBe(bytesToHex(intentHash(payload)));
  }
}

describe('an evening of crashes', () => {
  it('[A26][A91] whatever fails or is killed and when, every intent is logged once and receipted, and one history is signed and shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 5, maxLength: 40 }), async (acts) => {
        const evening = new Evening();
        await evening.open();
        for (const act of acts) await evening.perform(act);
        await evening.check();
      }),
      { numRuns: 150 },
    );
  });
});
