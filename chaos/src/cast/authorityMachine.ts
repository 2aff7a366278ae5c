/** The authority as it is: it dials the relay, its log lies on a memory disk, its lock in files that forget what was not synced. */
import {
  type Authority,
  type Commit,
  type Dialling,
  LOCK_FILE,
  type LogStore,
  createAuthority,
  dialRelay,
  openFileLock,
  openMemoryStore,
  syncSigner,
} from '@fairground/authority';
import { sealSegment } from '@fairground/ledger';
import { type Files, createFiles } from '../disk/files.ts';
import { type Copy, type Disk, createDisk } from '../disk/journal.ts';
import type { Line } from '../network/network.ts';
import { createFetch } from '../network/simFetch.ts';
import { createSocketClass } from '../network/simWebSocket.ts';
import { type Life, runIn } from '../runtime/loop.ts';
import { playedGames } from './games.ts';
import { logOf } from './log.ts';
import { type Machine, clockOf, createMachine, withParts } from './machine.ts';
import { type Stage, relayUrl } from './stage.ts';
import { createSupplier } from './supplier.ts';

export interface AuthorityMachine extends Machine {
  readonly key: Uint8Array;
  readonly disk: Disk<LogStore>;
  readonly files: Files;
  /** Undefined while it is down or starting. */
  readonly authority: Authority | undefined;
  /** Since when its link to the relay has held. */
  readonly linkedSince: number | undefined;
  start(): void;
  kill(how: 'kill' | 'power'): Promise<void>;
  stop(): Promise<void>;
  restore(copy: Copy): Promise<void>;
}

const restartMs = 1000;
const lockFolder = '/lock';
export const lockPath = `${lockFolder}/${LOCK_FILE}`;
const writes = new Set(['prepare', 'append', 'putRoom', 'putSupply', 'putDocument', 'putHalt']);

export function createAuthorityMachine(stage: Stage, line: Line): AuthorityMachine {
  const { loop, chanceOf, watch } = stage;
  const machine = createMachine(stage, 'authority');
  const signer = syncSigner(chanceOf('authority key').bytes(32));
  const disk = createDisk<LogStore>({
    ...{ name: 'log', loop, writes, chance: chanceOf('log disk') },
    open: openMemoryStore,
    written: watch.logWrote,
    isDear: (method, [commit]) => method !== 'append' || (commit as Commit).worlds.length > 0,
  });
  const files = createFiles({ loop, chance: chanceOf('lock disk') });
  let authority: Authority | undefined;
  let dialling: Dialling | undefined;
  let linkedSince: number | undefined;

  async function open(life: Life): Promise<void> {
    const clock = clockOf(stage, life);
    const log = logOf(stage, life);
    const chance = chanceOf(`${life.name} chance`);
    const made = await createAuthority(
      {
        logStore: disk.mount(life),
        lock: await openFileLock(lockFolder, files.mount(life)),
        ...{ clock, log, random: chance.bytes, games: playedGames },
        keys: {
          name: 'authority.sim/1',
          signer: { ...signer, signSync: (message) => watch.signs(message, signer.signSync(message)) },
        },
        suppliers: { questions: createSupplier(chanceOf(`${life.name} questions`)) },
        startSealThread: () => ({
          build: async (n, segment) => sealSegment(n, segment),
          stop: async () => {},
        }),
      },
      { collectMs: 3000 },
    );
    authority = made;
    const caller = { life, line, address: '10.0.1.1' };
    const Socket = createSocketClass(stage.network, caller);
    dialling = dialRelay({
      ...{ url: relayUrl, signer, clock, log },
      chance: () => chance.below(1000) / 1000,
      fetch: createFetch({ loop, network: stage.network, caller, mishaps: [] }) as never,
      openSocket: (url, heard) => new Socket(url).on('ping', heard),
      attach(port) {
        const since = loop.now;
        linkedSince = since;
        port.onClose(() => {
          if (linkedSince === since) linkedSince = undefined;
        });
        made.attach(watch.link(port));
      },
    });
  }

  function end(): void {
    machine.end();
    authority = undefined;
    dialling = undefined;
    linkedSince = undefined;
  }

  /** It says why and exits; whoever looks after it starts it again. */
  async function fail(life: Life, fault: unknown): Promise<void> {
    if (machine.life !== life) return;
    loop.note(`${life.name} cannot start: ${String(fault)}`);
    await kill('kill');
    loop.after(restartMs, `${machine.name} starts`, start, null);
  }

  function start(): void {
    if (machine.life) return;
    const life = machine.begin();
    runIn(life, () => void open(life).catch((fault: unknown) => fail(life, fault)));
  }

  async function kill(how: 'kill' | 'power'): Promise<void> {
    end();
    files.crash(how);
    await disk.crash();
  }

  return withParts(machine, {
    key: signer.key,
    disk,
    files,
    get linkedSince() {
      return linkedSince;
    },
    get authority() {
      return authority;
    },
    start,
    kill,
    async stop() {
      const { life } = machine;
      dialling?.close();
      if (life) await runIn(life, () => authority?.close());
      end();
      await disk.crash();
    },
    restore: disk.putBack,
  });
}
