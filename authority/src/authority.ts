/** The authority: judges, orders, signs and publishes; drives games and knows none. Everything it needs is handed in. */
import { type Bytes, bytesToHex, formatVkey, genesisPolicy, logVkey, originOf } from '@fairground/ledger';
import type { HelloFrame, LinkPort } from '@fairground/protocol';
import type { AnyRulesGame } from '@fairground/rules';
import { type MailDeps, createMailroom } from './admission/mailroom.ts';
import { type PressureLimits, createPressure } from './admission/pressure.ts';
import { openDirectory } from './documents/directory.ts';
import { createPublisher } from './documents/publisher.ts';
import { createRotationBook } from './documents/rotations.ts';
import { type SealThread, createSealer } from './documents/sealer.ts';
import { createViews } from './documents/views.ts';
import { formerKeys } from './keys/heirs.ts';
import { ownKeys } from './keys/keyRing.ts';
import { nextEpoch } from './link/epoch.ts';
import { createOutlet } from './link/outlet.ts';
import { createStatsTeller } from './link/statsTeller.ts';
import { relaySuffix } from './link/relaySuffix.ts';
import { type Wanting, createWanting } from './link/wanting.ts';
import { type Committer, createCommitter } from './log/committer.ts';
import type { AuthorityKeys, Clock, Log, Random, Supplier } from './ports.ts';
import { type Health, type Stats, healthOf, statsFrame, statsOf } from './stats.ts';
import type { Lock, LogStore } from './store/ports.ts';
import { createTelling } from './supply/telling.ts';
import type { DriveDeps } from './worlds/drive.ts';
import { type Asking, type AskingDeps, createAsking } from './worlds/asking.ts';
import { drive } from './worlds/drive.ts';
import { haltWorld } from './worlds/halts.ts';
import { createHouse } from './worlds/house.ts';
import { openRooms, openSlots } from './worlds/openHouse.ts';
import { type ReceptionDeps, createReception } from './link/reception.ts';
import { type WatchDeps, watchCodes } from './worlds/codeLife.ts';
import { type RecovererDeps, createRecoverer } from './worlds/recoverer.ts';
import type { PlayableTopic } from './supply/questionDesk.ts';
import { startSupply } from './worlds/supply.ts';
import { type Cosigning, createCosigning } from './witness/cosigning.ts';
import type { WitnessPort } from './witness/witnessPort.ts';

export interface AuthorityDeps {
  readonly logStore: LogStore;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: AuthorityKeys;
  readonly games: readonly AnyRulesGame[];
  /** By the `kind` of an owed thing's needs. */
  readonly suppliers: Readonly<Record<string, Supplier>>;
  /** What can be played, for the app's choice of topics. */
  readonly topics?: () => Promise<readonly PlayableTopic[]>;
  /** Where segments are built; a thread of its own if not given. */
  readonly startSealThread?: () => SealThread;
  readonly log: Log;
  /** Named in the genesis of every new world. */
  readonly witnesses?: readonly WitnessPort[];
}

export interface AuthoritySettings {
  /** How many witnesses that are not its own must have cosigned what is believed; 0 if not given. */
  readonly quorum?: number;
  /** Keys of other authorities that new worlds name as successors. */
  readonly successors?: readonly Bytes[];
  /** After a restart nothing is signed for this long: who has seen more than the store holds says so, and answers that were under way come in. */
  readonly collectMs: number;
  /** When mail is told to come again. */
  readonly pressure?: PressureLimits;
}

export interface Authority {
  /** Takes a link; one that is open already is replaced. Over the first one everybody is asked what they have seen; then worlds that ran when the process fell go on. */
  attach(port: LinkPort): void;
  /** Tells the relay anew what can be played: questions were imported. */
  showTopics(): Promise<void>;
  stats(): Stats;
  health(): Health;
  /** Finishes what is under way; then nothing is signed any more. The store and the lock are the caller's to close. */
  close(): Promise<void>;
}

/** Rejects if the lock is damaged or the store cannot be read. Worlds for which the lock is ahead of the store are `recovering`. */
export async function createAuthority(deps: AuthorityDeps, settings: AuthoritySettings): Promise<Authority> {
  const desks = await openDesks(deps);
  const engine = startEngine(deps, settings, desks);
  await engine.house.load();
  engine.telling.catchUp();
  const wanting = createWanting({ clock: deps.clock, send: desks.outlet.send });
  const recoverer = createRecoverer(recovererDeps(deps, desks, engine, wanting));
  const asking = createAsking(askingDeps(deps, settings, desks, engine, wanting));
  engine.onGrown((world) => asking.grown(world));
  const pressure = createPressure(engine.committer, settings.pressure);
  const back = { given: wanting.given, offered: recoverer.offer };
  const receive = createMailroom({ ...mailDeps(deps, settings, desks, engine), pressure, ...back });
  const stopCodes = watchCodes(codeDeps(deps, desks));
  const epoch = await nextEpoch({ store: deps.logStore, clock: deps.clock, log: deps.log });
  const { outlet, slots } = desks;
  const { committer } = engine;
  const health = () => healthOf({ ...engine, slots });
  const stats = () => statsOf({ committer, publisher: desks.publisher, slots });
  const teller = createStatsTeller({ clock: deps.clock, outlet }, () => statsFrame(stats(), health()));
  engine.onStuck(teller.tell);
  const reception = createReception({
    ...receptionDeps(deps, desks, engine, epoch),
    ...{ asking, recoverer, teller, receive },
  });
  return {
    attach: reception.attach,
    showTopics: reception.showTopics,
    stats,
    health,
    async close() {
      teller.stop();
      wanting.close();
      // A close right after the start: nobody may ask the store or a supplier once they are closed.
      await reception.close();
      await recoverer.stop();
      await stopCodes();
      await engine.cosigning.stop();
      await committer.settled();
      await committer.saveNotes();
      engine.house.stop();
      await desks.publisher.settled();
      await engine.telling.end();
      await desks.directory.flush();
      outlet.close();
      await desks.sealer.close();
    },
  };
}

type Desks = Awaited<ReturnType<typeof openDesks>>;
type Engine = ReturnType<typeof startEngine>;

/** What is known of the worlds at the start, and everything that shows them. */
async function openDesks({ logStore: store, lock, clock, log, keys, startSealThread }: AuthorityDeps) {
  const opening = { store, lock, clock, log, keys };
  const slots = await openSlots(opening);
  const rooms = await openRooms(opening);
  const outlet = createOutlet(() => views.forget());
  const sealer = createSealer(store, startSealThread);
  const directory = await openDirectory({
    ...{ store, clock, log },
    send: (update) => outlet.send({ t: 'doc', name: 'directory', update }),
  });
  const publisher = createPublisher({ store, sealer, directory, log, send: outlet.send });
  const views = createViews({ keys, clock, log, slots, send: outlet.send });
  const codes = new Set([...rooms.values()].flatMap(({ code }) => code ?? []));
  return { slots, rooms, codes, outlet, sealer, directory, publisher, views };
}

/** Committer, driver and house hold on to each other. */
function startEngine(deps: AuthorityDeps, settings: AuthoritySettings, desks: Desks) {
  const { collectMs, quorum = 0 } = settings;
  const { logStore: store, lock, clock, log, keys, games, suppliers } = deps;
  const { slots, rooms, codes, publisher, views } = desks;
  const own = ownKeys(keys);
  const telling = createTelling(deps);
  let tellStuck = () => {};
  let tellGrown: Asking['grown'] = () => {};
  const cosigning: Cosigning = createCosigning({
    ...{ witnesses: deps.witnesses ?? [], quorum, store, clock, log, slots },
    troubled: () => tellStuck(),
    show: (world, bytes) =>
      desks.outlet.send({ t: 'log', world, path: 'checkpoint', bytes, immutable: false }),
  });
  const committer: Committer = createCommitter({
    ...{ store, lock, clock, log, keys },
    rebuild: (worlds) => house.rebuild(worlds),
    stuckChanged: () => tellStuck(),
    sealing: (taken) => views.sealing(taken),
    publish(committed) {
      for (const commit of committed) {
        house.committed(commit);
        publisher.publish(commit);
        views.published(commit);
        cosigning.published(commit.append.world);
        tellGrown(commit.append.world);
        if (commit.append.closed) telling.closed(commit.append);
      }
    },
  });
  const halting = { store, games, keys: own, slots, clock, log, settled: committer.settled };
  const driving: DriveDeps = {
    committer,
    clock,
    halt: (live, code, message, entry) => haltWorld(halting, live, code, message, entry),
    fetchSupply: (live, owed) =>
      startSupply({ store, clock, log, committer, suppliers }, live, owed, () => drive(driving, live)),
  };
  const houseDeps = { store, lock, games, log, slots, rooms, codes, publisher, driving, collectMs };
  const house = createHouse({ ...houseDeps, keys: own, ring: keys });
  const onStuck = (tell: () => void) => void (tellStuck = tell);
  const onGrown = (tell: Asking['grown']) => void (tellGrown = tell);
  return { committer, driving, house, cosigning, onStuck, onGrown, telling };
}

function mailDeps(
  deps: AuthorityDeps,
  { quorum = 0, successors = [] }: AuthoritySettings,
  { slots, rooms, codes, views }: Desks,
  { driving, house, cosigning }: Engine,
): Omit<MailDeps, 'pressure' | 'given' | 'offered'> {
  const { logStore: store, games, suppliers, keys, log, random } = deps;
  return {
    ...{ ...driving, store, slots, rooms, codes, games, suppliers, keys, log, random },
    authorityName: keys.name,
    begin: house.begin,
    watched: (world, isWatched) => views.watch(world, isWatched),
    cosigning,
    rotations: createRotationBook(store),
    charter: { policy: genesisPolicy(deps.witnesses ?? [], quorum), successors },
  };
}

function codeDeps(
  { logStore: store, clock, log }: AuthorityDeps,
  { rooms, codes, publisher }: Desks,
): WatchDeps {
  return { store, clock, log, rooms, codes, show: publisher.showRoom };
}

function recovererDeps(
  { logStore: store, lock, games, keys, clock, log }: AuthorityDeps,
  { slots, rooms, outlet }: Desks,
  { house }: Engine,
  wanting: Wanting,
): RecovererDeps {
  return {
    ...{ store, lock, games, clock, log, slots },
    keys: ownKeys(keys),
    sources: [relaySuffix(wanting)],
    roomOf: (room) => rooms.get(bytesToHex(room)),
    recovered: house.recovered,
    seek: (world, range) => outlet.send({ t: 'seek', world, range: range ?? null }),
  };
}

function askingDeps(
  { logStore: store, keys, clock, log }: AuthorityDeps,
  { collectMs }: AuthoritySettings,
  { slots, outlet }: Desks,
  { house, cosigning }: Engine,
  { want }: Wanting,
): AskingDeps {
  return {
    ...{ store, clock, log, slots, collectMs, want },
    keys: ownKeys(keys),
    isLinked: () => outlet.isOpen,
    seek: (world, range) => outlet.send({ t: 'seek', world, range: range ?? null }),
    witnessed: (slot) => cosigning.standing(slot),
    done: house.wake,
  };
}

function receptionDeps(
  deps: AuthorityDeps,
  desks: Desks,
  { committer }: Engine,
  epoch: number,
): Omit<ReceptionDeps, 'asking' | 'recoverer' | 'teller' | 'receive'> {
  const { logStore: store, clock, log, keys, topics } = deps;
  return {
    ...{ ...desks, store, clock, log },
    hello: helloFrame(deps, epoch),
    topics: async () => (await topics?.()) ?? [],
    originOf: (world) => originOf(keys.name, world),
    saveNotes: committer.saveNotes,
  };
}

function helloFrame({ keys, games }: AuthorityDeps, epoch: number): HelloFrame {
  const { name, signer } = keys;
  return {
    ...{ t: 'hello', name, key: signer.key, vkey: formatVkey(logVkey(name, signer.key)) },
    games: games.map(({ name: game, version, rules }) => ({ name: game, version, rules })),
    epoch,
    ...(keys.former && { former: formerKeys(keys) }),
  };
}
