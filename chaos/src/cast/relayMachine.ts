/** The relay as it is, on a memory disk that forgets what a crash makes it forget. */
import { createServer } from 'node:http';
import { type Relay, type RelayStore, createMemoryStore, createRelay } from '@fairground/relay';
import { type Copy, type Disk, createDisk } from '../disk/journal.ts';
import { type Life, runIn } from '../runtime/loop.ts';
import { logOf } from './log.ts';
import { type Machine, clockOf, createMachine, withParts } from './machine.ts';
import { type Stage, relayName } from './stage.ts';

/** The relay's ports under one roof: they lie in one file. */
type Flat = Record<string, (...args: unknown[]) => Promise<unknown>>;

export interface RelayMachine extends Machine {
  readonly disk: Disk<Flat>;
  start(): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
  restore(copy: Copy): Promise<void>;
  /** What lies on the disk. */
  readonly durable: RelayStore;
}

const restartMs = 1000;
const writes = new Set([
  'probe',
  'cosigned.advance',
  'docs.append',
  'docs.compact',
  'docs.reset',
  'mailbox.put',
  'mailbox.done',
  'files.put',
  'rooms.putRoom',
  'rooms.putWorld',
  'segments.put',
]);

export function createRelayMachine(stage: Stage, authority: Uint8Array): RelayMachine {
  const { loop, chanceOf, network, watch } = stage;
  const machine = createMachine(stage, 'relay');
  const keys = chanceOf('relay keys');
  const options = {
    secret: keys.bytes(32),
    witnessSeed: keys.bytes(32),
    authorities: [authority],
    names: [relayName],
  };
  const disk = createDisk<Flat>({
    ...{ name: 'relay disk', loop, writes, chance: chanceOf('relay disk') },
    open: () => flatten(createMemoryStore()),
    written: watch.relayWrote,
  });
  let relay: Relay | undefined;

  async function open(life: Life): Promise<void> {
    const server = createServer();
    server.prependListener('request', (_, response) => void (response.sendDate = false));
    const chance = chanceOf(`${life.name} chance`);
    relay = await createRelay(
      {
        store: unflatten(disk.mount(life)),
        clock: clockOf(stage, life),
        random: chance.bytes,
        log: logOf(stage, life),
      },
      options,
    );
    relay.start(server);
    network.listen(life, (socket) => void server.emit('connection', socket));
  }

  /** It says why and exits; whoever looks after it starts it again. */
  async function fail(life: Life, fault: unknown): Promise<void> {
    if (machine.life !== life) return;
    loop.note(`${life.name} cannot start: ${String(fault)}`);
    await kill();
    loop.after(restartMs, `${machine.name} starts`, start, null);
  }

  function start(): void {
    if (machine.life) return;
    const life = machine.begin();
    runIn(life, () => void open(life).catch((fault: unknown) => fail(life, fault)));
  }

  async function kill(): Promise<void> {
    machine.end();
    relay = undefined;
    await disk.crash();
  }

  return withParts(machine, {
    disk,
    get durable() {
      return unflatten(disk.durable);
    },
    start,
    kill,
    async stop() {
      const { life } = machine;
      if (life && relay) await runIn(life, () => relay?.close());
      machine.end();
      await disk.crash();
    },
    restore: disk.putBack,
  });
}

/** `docs: { append }` becomes `docs.append`. */
function flatten(store: RelayStore): Flat {
  const methods = Object.entries(store).flatMap(([port, methodOrPort]: [string, object]) =>
    typeof methodOrPort === 'function'
      ? [[port, methodOrPort]]
      : Object.entries(methodOrPort).map(([name, method]) => [`${port}.${name}`, method]),
  );
  return Object.fromEntries(methods) as Flat;
}

function unflatten(flat: Flat): RelayStore {
  const store: Record<string, unknown> = {};
  for (const [path, method] of Object.entries(flat)) {
    const [port = '', name] = path.split('.');
    if (name === undefined) store[port] = method;
    else store[port] = { ...(store[port] as object | undefined), [name]: method };
  }
  return store as unknown as RelayStore;
}
