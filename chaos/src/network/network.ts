/**
 * Connections between machines. As with TCP what is sent on one arrives in order and once, or the connection ends; between connections
 * everything may overtake everything.
 */
import type { Chance } from '../runtime/chance.ts';
import { type Life, type Loop, runIn } from '../runtime/loop.ts';
import { SimSocket } from './simSocket.ts';

/** Between a machine and the relay. */
export interface Line {
  readonly name: string;
  /** Milliseconds that a message takes. */
  readonly least: number;
  most: number;
  /** Nothing comes through before: it arrives then, or the connection ends. */
  stalledUntil: number;
}

export interface Caller {
  readonly life: Life;
  readonly line: Line;
  readonly address: string;
}

export interface Network {
  listen(life: Life, accept: (socket: SimSocket) => void): void;
  /** A socket at once; it is destroyed later if nobody answers. */
  connect(caller: Caller): SimSocket;
  /** Ends every connection of a line, and what is on its way is lost. Only one side hears of it where it is `mute`. */
  cut(line: Line, how: 'heard' | 'mute'): void;
  /** The process is gone: the kernel tells the other sides. */
  bury(life: Life): void;
}

export interface NetworkDeps {
  readonly loop: Loop;
  readonly chanceOf: (label: string) => Chance;
}

interface End {
  readonly life: Life;
  readonly socket: SimSocket;
  readonly chance: Chance;
  /** What was sent later does not arrive before this. */
  arrivesAt: number;
  /** Nobody holds it, not yet or not any more. */
  isGone: boolean;
}

interface Connection {
  readonly id: string;
  readonly line: Line;
  readonly ends: [End, End];
  /** Nothing passes any more, and neither end knows. */
  isMute: boolean;
}

/** The kernel gives up on what nobody acknowledges (Linux: tcp_retries2). */
const givesUpMs = 900_000;

export function createNetwork({ loop, chanceOf }: NetworkDeps): Network {
  const connections = new Set<Connection>();
  let server: { readonly life: Life; readonly accept: (socket: SimSocket) => void } | undefined;
  const serials = new Map<string, number>();

  function deliver(connection: Connection, from: 0 | 1, what: string, act: (to: End) => void): void {
    const { line, ends, id } = connection;
    const end = ends[from];
    const to = ends[from === 0 ? 1 : 0];
    if (connection.isMute) return;
    const earliest = Math.max(loop.now, line.stalledUntil) + end.chance.between(line.least, line.most);
    end.arrivesAt = Math.max(end.arrivesAt, earliest);
    loop.after(
      end.arrivesAt - loop.now,
      `${id}${from === 0 ? '>' : '<'} ${what}`,
      () => {
        if (!connection.isMute && (what === 'connect' || !to.isGone) && connections.has(connection)) act(to);
      },
      to.life,
    );
  }

  function wireOf(get: () => Connection | undefined, from: 0 | 1) {
    return {
      send(bytes: Uint8Array) {
        const connection = get();
        if (!connection) return;
        if (connection.isMute) return giveUpLater(connection, from);
        deliver(
          connection,
          from,
          `${bytes.length}B ${digest(bytes)}`,
          ({ socket }) => void socket.push(bytes),
        );
      },
      finish() {
        const connection = get();
        if (connection) deliver(connection, from, 'end', ({ socket }) => void socket.push(null));
      },
      drop() {
        const connection = get();
        if (!connection || connection.ends[from].isGone) return;
        connection.ends[from].isGone = true;
        deliver(connection, from, 'gone', ({ socket }) => void socket.destroy());
        if (connection.ends.every(({ isGone }) => isGone)) connections.delete(connection);
      },
    };
  }

  function giveUpLater({ ends, id }: Connection, from: 0 | 1): void {
    const { socket, life } = ends[from];
    loop.after(givesUpMs, `${id} gives up`, () => void socket.destroy(new Error('ETIMEDOUT')), life);
  }

  return {
    listen(life, accept) {
      server = { life, accept };
    },
    connect({ life, line, address }) {
      const serial = (serials.get(line.name) ?? 0) + 1;
      serials.set(line.name, serial);
      const id = `${line.name}#${serial}`;
      const held: { connection?: Connection } = {};
      const near = new SimSocket(
        wireOf(() => held.connection, 0),
        'relay.sim',
      );
      const at = server;
      if (!at || at.life.isOver || life.isOver) {
        loop.after(line.most, `${id} refused`, () => void near.destroy(new Error('ECONNREFUSED')), life);
        return near;
      }
      const far = new SimSocket(
        wireOf(() => held.connection, 1),
        address,
      );
      const ends: [End, End] = [
        { life, socket: near, chance: chanceOf(`${id}>`), arrivesAt: 0, isGone: false },
        { life: at.life, socket: far, chance: chanceOf(`${id}<`), arrivesAt: 0, isGone: true },
      ];
      const connection: Connection = { id, line, ends, isMute: false };
      held.connection = connection;
      connections.add(connection);
      const [, called] = ends;
      deliver(connection, 0, 'connect', () => {
        called.isGone = false;
        at.accept(far);
      });
      return near;
    },
    cut(line, how) {
      for (const connection of [...connections].filter((one) => one.line === line)) {
        if (how === 'mute') connection.isMute = true;
        else end(connection);
      }
    },
    bury(life) {
      if (server?.life === life) server = undefined;
      for (const connection of connections) {
        if (connection.ends.some((one) => one.life === life)) end(connection);
      }
    },
  };

  /** Both kernels say so soon. */
  function end(connection: Connection): void {
    connections.delete(connection);
    for (const one of connection.ends) {
      if (one.isGone || one.life.isOver) continue;
      one.isGone = true;
      loop.after(
        1,
        `${connection.id} cut`,
        () => runIn(one.life, () => void one.socket.destroy(new Error('ECONNRESET'))),
        one.life,
      );
    }
  }
}

/** FNV-1a: enough to see that two runs differ. */
function digest(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}
