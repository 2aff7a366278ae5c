/** A whole evening in tests: an authority over a link in memory, a clock that the test moves, and devices. */
import {
  type Bytes,
  type World,
  concatBytes,
  hmacSha256,
  openWorld,
  step,
  u64be,
  unwrap,
  utf8ToBytes,
} from '@fairground/ledger';
import { type CreateReplyBody, memoryLink } from '@fairground/protocol';
import { type AnyRulesGame, games as builtIn } from '@fairground/rules';
import type * as Y from 'yjs';
import type { PressureLimits } from '../admission/pressure.ts';
import { type Authority, type AuthorityDeps, createAuthority } from '../authority.ts';
import { syncSigner } from '../keys/signer.ts';
import { openMemoryLock } from '../lock/memoryLock.ts';
import type { AuthorityKeys, Log, Supplier } from '../ports.ts';
import { openMemoryStore } from '../store/memoryStore.ts';
import type { Stats } from '../stats.ts';
import type { Lock, LogStore } from '../store/ports.ts';
import { type Device, createDevice, labelled } from './device.ts';
import { type RelayEnd, type Reply, createRelayEnd } from './relayEnd.ts';
import { type VirtualClock, createVirtualClock } from './virtualClock.ts';

export interface PartyOptions {
  readonly store?: LogStore;
  readonly lock?: Lock;
  readonly games?: readonly AnyRulesGame[];
  readonly suppliers?: Readonly<Record<string, Supplier>>;
  readonly startAt?: number;
  /** What the relay has stored before. */
  readonly docs?: Map<string, Y.Doc>;
  readonly seed?: string;
  readonly keys?: AuthorityKeys;
  readonly pressure?: PressureLimits;
  readonly witnesses?: AuthorityDeps['witnesses'];
  readonly quorum?: number;
  readonly successors?: readonly Bytes[];
  /** Without a link until the test attaches one. */
  readonly isDetached?: boolean;
  /** It has just come back, and still asks everybody what they have seen. */
  readonly isAsking?: boolean;
}

/** What devices see of an authority, wherever it runs. */
export interface Table {
  readonly relay: RelayEnd;
  /** Nothing is under way but timers. */
  settle(): Promise<void>;
  send(device: Device, world: Bytes, kind: string, body?: object): Promise<Reply>;
  /** The world as a client has it: from the relay's tail alone, through the ledger's stepper. */
  follow(world: Bytes): World<unknown>;
}

export interface Party extends Table {
  readonly authority: Authority;
  readonly clock: VirtualClock;
  readonly store: LogStore;
  readonly lock: Lock;
  readonly docs: Map<string, Y.Doc>;
  readonly logged: readonly string[];
  create(host: Device, game: string, config: object, more?: { nonce?: number }): Promise<CreateReplyBody>;
  attach(): RelayEnd;
}

export const COLLECT_MS = 3000;

export const testKeys = { name: 'authority.test/1', signer: syncSigner(labelled('authority')) };

export async function openParty(options: PartyOptions = {}): Promise<Party> {
  const store = options.store ?? openMemoryStore();
  const lock = options.lock ?? openMemoryLock();
  const games = options.games ?? builtIn;
  const docs = options.docs ?? new Map<string, Y.Doc>();
  const logged: string[] = [];
  const clock = createVirtualClock(settle, options.startAt);
  const deps: AuthorityDeps = {
    ...{ logStore: store, lock, clock, games, log: logInto(logged) },
    keys: options.keys ?? testKeys,
    random: seededRandom(options.seed ?? 'party'),
    ...{ suppliers: options.suppliers ?? {}, witnesses: options.witnesses ?? [] },
  };
  const authority = await createAuthority(deps, {
    ...{ collectMs: COLLECT_MS, quorum: options.quorum ?? 0, successors: options.successors ?? [] },
    ...(options.pressure ? { pressure: options.pressure } : {}),
  });
  let relay: RelayEnd | undefined;
  let nonce = 0;

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 4;) {
      await new Promise((resume) => setImmediate(resume));
      quiet = isQuiet(authority.stats(), relay?.unanswered ?? 0) ? quiet + 1 : 0;
    }
  }

  function attach(): RelayEnd {
    const [near, far] = memoryLink();
    relay = createRelayEnd(far, docs);
    authority.attach(near);
    return relay;
  }

  const party: Party = {
    authority,
    clock,
    get relay() {
      if (!relay) throw new Error('no link is attached');
      return relay;
    },
    store,
    lock,
    docs,
    logged,
    settle,
    attach,
    async create(host, game, config, more = {}) {
      nonce += 1;
      const request = { authority: testKeys.signer.key, game, config: config as never, at: clock.now() };
      const mail = host.create({ ...request, nonce: more.nonce ?? nonce });
      const reply = await party.relay.send('create', mail);
      if (reply.status !== 200) throw new Error(`create: ${JSON.stringify(reply.body)}`);
      return reply.body as unknown as CreateReplyBody;
    },
    send: (device, world, kind, body = {}) =>
      party.relay.send('intent', device.intent(world, kind, body as never), world),
    follow: (world) => followTail(party.relay, world, games),
  };
  if (!options.isDetached) attach();
  return party;
}

/** What a world is sent while everybody is asked waits for the clock. */
function isQuiet({ queue, worlds }: Stats, unanswered: number): boolean {
  return queue === 0 && (worlds.asking > 0 || unanswered === 0);
}

/** The process is gone: nothing was closed, nothing more is written. Five seconds later another one has asked everybody, and goes on. */
export async function restart(party: Party, more: PartyOptions = {}): Promise<Party> {
  const { store, lock, docs, clock } = party;
  const { startAt = clock.now() + 5000, isAsking = false, isDetached = false } = more;
  const asksMs = isAsking || isDetached ? 0 : COLLECT_MS;
  const again = await openParty({ store, lock, docs, seed: 'again', ...more, startAt: startAt - asksMs });
  await again.clock.advance(asksMs);
  return again;
}

export function followTail(relay: RelayEnd, world: Bytes, games: readonly AnyRulesGame[]): World<unknown> {
  const [genesis, ...entries] = relay.batches(world).flatMap((batch) => batch.entries);
  const game = games.find((one) => genesis && openWorld(one, genesis).ok);
  if (!genesis || !game) throw new Error('the tail does not begin with a known genesis');
  const replay: World<unknown> = unwrap(openWorld(game, genesis));
  for (const bytes of entries) unwrap(step(game, replay, bytes));
  return replay;
}

export function devices(...names: readonly string[]): Device[] {
  return names.map(createDevice);
}

/** Different bytes every time, the same ones in every run. */
export function seededRandom(seed: string): (n: number) => Bytes {
  let count = 0;
  return (n) => {
    const blocks = Array.from({ length: Math.ceil(n / 32) }, () =>
      hmacSha256(utf8ToBytes(seed), u64be(count++)),
    );
    return concatBytes(...blocks).slice(0, n);
  };
}

function logInto(lines: string[]): Log {
  const write = (level: string) => (fields: object, message: string) => {
    const { fault } = fields as { readonly fault?: unknown };
    lines.push(`${level}: ${message}${fault instanceof Error ? ` (${fault.message})` : ''}`);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
