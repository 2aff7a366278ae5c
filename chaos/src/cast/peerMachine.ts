/** A participant's device as it is: what it stores outlives its page, everything else goes when the page does. */
import { findGame } from '@fairground/ledger';
import {
  type Follower,
  type Joined,
  type OutboxRecord,
  type Peer,
  type Room,
  type Storage,
  createMemoryStorage,
  createPeer,
  seedIdentity,
} from '@fairground/peer';
import { type Disk, createDisk } from '../disk/journal.ts';
import type { Line } from '../network/network.ts';
import { type Mishap, createFetch } from '../network/simFetch.ts';
import { spoilSnapshots } from '../network/spoilSnapshots.ts';
import { createWebSocketClass } from '../network/simWebSocket.ts';
import { type Life, runIn } from '../runtime/loop.ts';
import { playedGames } from './games.ts';
import { type Machine, clockOf, createMachine, withParts } from './machine.ts';
import { type Stage, relayUrl } from './stage.ts';

/** What a page has open. */
export interface Page {
  readonly life: Life;
  readonly peer: Peer;
  room: Room | undefined;
  follower: Follower | undefined;
}

export interface PeerMachine extends Machine {
  readonly key: Uint8Array;
  readonly line: Line;
  readonly disk: Disk<Storage>;
  readonly mishaps: Mishap[];
  /** Snapshots that come to it are not as they were sent. */
  areSnapshotsSpoilt: boolean;
  readonly page: Page | undefined;
  start(): void;
  kill(): Promise<void>;
  /** Opens a world and its room in the present page. */
  enter(joined: Joined): Promise<void>;
}

const writes = new Set(['put', 'add', 'delete', 'swap']);
/** A snapshot is worth it sooner than in the world: a run has hundreds of entries and not thousands. */
const longWay = 64;

export function createPeerMachine(stage: Stage, index: number, line: Line): PeerMachine {
  const { loop, chanceOf, network, watch } = stage;
  const machine = createMachine(stage, line.name);
  const identity = seedIdentity(chanceOf(`${line.name} key`).bytes(32));
  const disk = createDisk<Storage>({
    ...{ name: `${line.name} disk`, loop, writes, chance: chanceOf(`${line.name} disk`) },
    open: createMemoryStorage,
    instant: { watch: () => () => {}, isKept: () => true },
    // What a bot does is not done again by it; what a person does may be lost, if the device says so.
    isDear: (method, [table, , row]) =>
      method === 'add' && table === 'outbox' && (row as OutboxRecord).plan.kind === 'add',
    sparesOthers: true,
    written: (method, args) => watch.deviceWrote(line.name, method, args),
  });
  const mishaps: Mishap[] = [];
  let page: Page | undefined;

  function open(life: Life): Page {
    const caller = { life, line, address: `10.0.0.${index + 1}` };
    const peer = createPeer({
      ...{ url: relayUrl, identity, storage: disk.mount(life), longWay },
      ports: {
        clock: clockOf(stage, life),
        fetch: watch.posts(
          spoilSnapshots(createFetch({ loop, network, caller, mishaps }), () => parts.areSnapshotsSpoilt),
        ),
        WebSocket: createWebSocketClass(network, caller),
        random: chanceOf(`${life.name} chance`).bytes,
      },
      gameFor: (game, version) => findGame(playedGames, { game, version }),
    });
    return { life, peer, room: undefined, follower: undefined };
  }

  const parts: PeerMachine = withParts(machine, {
    ...{ key: identity.key, line, disk, mishaps, areSnapshotsSpoilt: false },
    get page() {
      return page;
    },
    start() {
      if (machine.life) return;
      const life = machine.begin();
      page = runIn(life, () => open(life));
    },
    async kill() {
      machine.end();
      page = undefined;
      mishaps.length = 0;
      await disk.crash();
    },
    async enter({ room, world, cap }: Joined) {
      const opened = page;
      if (!opened) return;
      await runIn(opened.life, async () => {
        opened.room = opened.peer.room(room, cap ?? undefined);
        watch.opensRoom(line.name, `room:${room}`, opened.room);
        opened.follower = await opened.peer.world(world, cap ?? undefined);
        watch.follows(line.name, opened.follower);
      });
    },
  });
  return parts;
}
