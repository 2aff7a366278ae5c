/**
 * An authority that lies, and those whom it lies to. All of it is real: the relay listens, the authority judges and signs, the clients
 * are ordinary peers. What makes a liar is an operator's means alone: older copies of the data, changed rules, a hand on the link.
 */
import type { AddressInfo } from 'node:net';
import {
  type Authority,
  type AuthorityDeps,
  createAuthority,
  type Lock,
  openMemoryLock,
  syncSigner,
} from '@fairground/authority';
import { findGame, ok, sha256, unwrap, utf8ToBytes } from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Follower,
  type FollowerState,
  type Gossip,
  type Joined,
  type Peer,
  type Ports,
  type Room,
  seedIdentity,
  systemPorts,
  until,
} from '@fairground/peer';
import {
  decodeToAuthority,
  decodeToRelay,
  encodeFrame,
  memoryLink,
  type ToAuthority,
  type ToRelay,
} from '@fairground/protocol';
import { type AnyRulesGame, games as honestGames } from '@fairground/rules';
import { createMemoryStore, createRelay, listen, type Relay, silentLog } from '@fairground/relay';
import { seatKeys } from '../simulate/seat.ts';
import { type BranchingStore, openBranchingStore, type Point } from './branchingStore.fixture.ts';
import { createStageClock, type StageClock } from './stageClock.fixture.ts';

/** What the operator does with what goes over the link; `undefined` drops a frame. */
export interface Hand {
  toRelay?(frame: ToRelay): ToRelay | undefined;
  toAuthority?(frame: ToAuthority): ToAuthority | undefined;
}

export interface Liar {
  readonly url: string;
  /** Of its store, to come back to. */
  point(): Point;
  /** Mail as it was handed over, oldest first. */
  readonly mail: readonly ToAuthority[];
  /** Changes what goes over the link from now on. */
  readonly hand: Hand;
  /** Stops, forgets everything after that point, the lock too, and goes on from there. */
  goBackTo(point: Point): Promise<void>;
  /** Stops, and goes on with other rules: of another build. */
  comeBackWith(games: readonly AnyRulesGame[]): Promise<void>;
  /** Hands over mail once more, as if it came now; its answers go nowhere. */
  handOver(frame: ToAuthority): void;
  /** A second one with the same key, on a relay of its own, that goes on from that point. */
  fork(point: Point): Promise<Liar>;
}

export interface Person {
  readonly name: string;
  readonly peer: Peer;
  /** Opens the world and the room, and compares with the others there; with `pictures` those that the authority signs too. */
  lookOn(joined: Joined, how?: 'pictures'): Promise<Follower>;
  join(): Promise<void>;
  readonly follower: Follower;
  readonly gossip: Gossip;
  readonly room: Room;
  /** Waits until its state fits; says what it is if it never does. */
  sees(what: Partial<FollowerState> | ((state: FollowerState) => boolean)): Promise<FollowerState>;
}

export interface Stage {
  readonly clock: StageClock;
  open(games?: readonly AnyRulesGame[]): Promise<Liar>;
  /** `ports` stand between it and the network; `rules` are those of its build. */
  person(name: string, liar: Liar, ports?: (usual: Ports) => Ports, rules?: readonly AnyRulesGame[]): Person;
  close(): Promise<void>;
}

const keys = { name: 'authority.test/1', signer: syncSigner(sha256(utf8ToBytes('a liar'))) };
const PATIENCE_MS = 20_000;

export function openStage(): Stage {
  const clock = createStageClock();
  const ends: (() => Promise<void> | void)[] = [];

  async function openLiar(games: readonly AnyRulesGame[], from?: BranchingStore): Promise<Liar> {
    const { relay, url, close } = await openRelay(clock);
    ends.push(close);
    const liar = await createLiar({ clock, relay, url, games, from });
    ends.unshift(liar.close);
    return { ...liar, fork: async (point) => openLiar(games, await liar.storeAt(point)) };
  }

  return {
    clock,
    open: (games = honestGames) => openLiar(games),
    person(name, { url }, ports = (usual) => usual, rules = honestGames) {
      const person = createPerson({ name, url, rules, clock, ports: ports({ ...systemPorts(), clock }) });
      ends.unshift(person.leave);
      return person;
    },
    async close() {
      for (const end of ends) await end();
      clock.stop();
    },
  };
}

const question = {
  ...{ id: 'q0', topic: 'general', kind: 'choice', text: 'Question?', answers: ['right', 'wrong', 'odd'] },
  ...{ correct: [0], explanation: '', source: { name: 'Test', licence: 'CC0-1.0' } },
};

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function openRelay(clock: StageClock) {
  const server = unwrap(await listen({ port: 0, host: '127.0.0.1' }));
  const relay = await createRelay(
    { store: createMemoryStore(), clock, random, log: silentLog },
    { secret: random(32), witnessSeed: random(32), addressFactor: 1000 },
  );
  relay.start(server);
  return {
    relay,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await relay.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

interface LiarDeps {
  readonly clock: StageClock;
  readonly relay: Relay;
  readonly url: string;
  readonly games: readonly AnyRulesGame[];
  readonly from: BranchingStore | undefined;
}

async function createLiar({ clock, relay, url, games, from }: LiarDeps) {
  const mail: ToAuthority[] = [];
  const hand: Hand = {};
  let store = from ?? (await openBranchingStore());
  let lock: Lock = openMemoryLock();
  let link = connect(relay, hand, mail);
  let authority = await begin(games);

  async function begin(rules: readonly AnyRulesGame[]): Promise<Authority> {
    const deps: AuthorityDeps = {
      ...{ logStore: store, lock, clock, random, keys, games: rules, log: silentLog },
      suppliers: { questions: { supply: async () => ok([question]) } },
    };
    const begun = await createAuthority(deps, { collectMs: 0 });
    begun.attach(link.near);
    return begun;
  }

  async function stop(): Promise<void> {
    link.cut();
    await authority.close();
    link = connect(relay, hand, mail);
  }

  return {
    ...{ url, mail, hand },
    point: () => store.point,
    storeAt: (point: Point) => store.at(point),
    handOver: (frame: ToAuthority) => link.handOver(frame),
    async goBackTo(point: Point) {
      await stop();
      store = await store.at(point);
      lock = openMemoryLock();
      authority = await begin(games);
    },
    async comeBackWith(rules: readonly AnyRulesGame[]) {
      await stop();
      authority = await begin(rules);
    },
    close: () => authority.close(),
  };
}

/** Ids that no relay has given. */
const OUR_IDS = 2 ** 40;

function connect(relay: Relay, hand: Hand, mail: ToAuthority[]) {
  const [ofRelay, ourRelayEnd] = memoryLink();
  const [ourEnd, ofAuthority] = memoryLink();
  let isCut = false;
  let id = OUR_IDS;
  ourRelayEnd.onFrame((bytes) => {
    const frame = unwrap(decodeToAuthority(bytes));
    if (frame.t === 'mail') mail.push(frame);
    const passed = hand.toAuthority ? hand.toAuthority(frame) : frame;
    if (passed && !isCut) ourEnd.send(encodeFrame(passed));
  });
  ourEnd.onFrame((bytes) => {
    const frame = unwrap(decodeToRelay(bytes));
    if (frame.t === 'reply' && frame.id >= OUR_IDS) return;
    const passed = hand.toRelay ? hand.toRelay(frame) : frame;
    if (passed && !isCut) ourRelayEnd.send(encodeFrame(passed));
  });
  relay.attachAuthority(ofRelay);
  return {
    near: ofAuthority,
    cut() {
      isCut = true;
      ourRelayEnd.close();
    },
    handOver(frame: ToAuthority) {
      if (frame.t === 'mail') ourEnd.send(encodeFrame({ ...frame, id: id++ }));
    },
  };
}

interface PersonDeps {
  readonly name: string;
  readonly url: string;
  readonly rules: readonly AnyRulesGame[];
  readonly ports: Ports;
  readonly clock: StageClock;
}

function createPerson({ name, url, rules, ports, clock }: PersonDeps): Person & { leave(): void } {
  const identity = seedIdentity(sha256(utf8ToBytes(`person ${name}`)));
  const peer = createPeer({
    ...{ url, identity, storage: createMemoryStorage(), ports },
    gameFor: (game, version) => findGame(rules, { game, version }),
  });
  let open: { follower: Follower; gossip: Gossip; room: Room } | undefined;
  const here = () => {
    if (!open) throw new Error(`${name} is not in a room yet`);
    return open;
  };
  return {
    name,
    peer,
    get follower() {
      return here().follower;
    },
    get gossip() {
      return here().gossip;
    },
    get room() {
      return here().room;
    },
    async lookOn({ room: id, world, cap }, how) {
      const follower = await peer.world(world, cap ?? undefined, { looksOn: how === 'pictures' });
      const room = peer.room(id, cap ?? undefined);
      open = { follower, room, gossip: peer.gossip(room, follower) };
      await until(follower, ({ status }) => status === 'live', AbortSignal.timeout(PATIENCE_MS));
      return follower;
    },
    async join() {
      const { follower } = here();
      const { box, rand } = seatKeys({ name, key: identity.key, secret: follower.secret });
      const body = follower.value.game === 'trivia' ? { name, rand, avatar: 0, box } : { name, rand };
      unwrap(await follower.submit({ kind: 'join', body }));
    },
    async sees(what) {
      const { follower } = here();
      const fits = (state: FollowerState) =>
        typeof what === 'function'
          ? what(state)
          : Object.entries(what).every(([field, value]) => Reflect.get(state, field) === value);
      for (let tries = 0; ; tries++) {
        const found = await until(follower, fits, AbortSignal.timeout(250)).catch(() => undefined);
        if (found) return found;
        if (tries > PATIENCE_MS / 250)
          throw new Error(`${name} sees ${JSON.stringify(follower.value, plain)}`);
        // Whatever waits for a later hour, such as the next comparison, comes now.
        clock.skip(1_000);
      }
    },
    leave() {
      open?.gossip.stop();
      open?.follower.close();
      open?.room.close();
      peer.close();
    },
  };
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? `${value.length} bytes` : value;
}
