/** A crowd in the rooms of one server: sockets that stay, and what the last of each room has heard, to tell that nothing is missing. */
import * as Y from 'yjs';
import type { RunningServer } from '../servers/startServer.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type CrowdSocket, openSocket } from './socket.ts';
import { openTokens } from './tokens.ts';

export interface CrowdSize {
  readonly rooms: number;
  /** In each room. */
  readonly sockets: number;
  /** The first of each room; everybody may be one. */
  readonly writers: number;
}

export interface Member {
  readonly room: string;
  readonly socket: CrowdSocket;
  /** Bytes of updates heard: the same for all who only listen. */
  heard: number;
}

export interface Writer extends Member {
  readonly doc: Y.Doc;
}

/** The last of its room. */
interface Witness {
  readonly doc: Y.Doc;
  /** The writers that it hears; nobody hears himself. */
  readonly writers: readonly Writer[];
  readonly waiting: Uint8Array[];
}

export interface Crowd {
  readonly server: RunningServer;
  readonly dialect: Dialect;
  readonly writers: readonly Writer[];
  /** Who hears an update, apart from its writer. */
  readonly listeners: number;
  /** True once every witness has everything that was written so far, and the bare listeners of a room have heard the same. */
  isComplete(): boolean;
  close(): void;
}

export async function gather(server: RunningServer, size: CrowdSize): Promise<Crowd> {
  const dialect = dialectOf(server.kind);
  const tokens = await openTokens(server, size.rooms * size.writers);
  const rooms = server.rooms.slice(0, size.rooms);
  const gathered: Awaited<ReturnType<typeof gatherRoom>>[] = [];
  for (const [i, room] of rooms.entries()) {
    const own = tokens.slice(i * size.writers, (i + 1) * size.writers);
    gathered.push(await gatherRoom(server, dialect, { room, tokens: own, ...size }));
  }
  const members = gathered.flatMap((one) => one.members);
  return {
    server,
    dialect,
    writers: gathered.flatMap(({ writers }) => writers),
    listeners: size.sockets - 1,
    isComplete: () => gathered.every(({ witness, listeners }) => hasAll(witness) && heardTheSame(listeners)),
    close: () => members.forEach(({ socket }) => socket.close()),
  };
}

const AT_ONCE = 50;

async function gatherRoom(
  server: RunningServer,
  dialect: Dialect,
  {
    room,
    tokens,
    sockets,
    writers: writing,
  }: { readonly room: string; readonly tokens: readonly string[] } & Omit<CrowdSize, 'rooms'>,
) {
  const members: Member[] = [];
  for (let first = 0; first < sockets; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, sockets - first) }, async (_, i) => {
      const socket = await openSocket(server.port, dialect.path(room, tokens[first + i]));
      const hello = dialect.hello(room);
      if (hello) socket.send(hello);
      await letIn(socket, dialect, room);
      return listening({ room, socket, heard: 0 }, dialect);
    });
    members.push(...(await Promise.all(some)));
  }
  const writers = members.slice(0, writing).map((member) => Object.assign(member, { doc: new Y.Doc() }));
  const last = members.at(-1);
  const witness: Witness = {
    doc: new Y.Doc(),
    writers: writers.filter((writer) => writer !== last),
    waiting: [],
  };
  if (last) witnessing(last, dialect, witness);
  return { members, writers, witness, listeners: members.slice(writing) };
}

/** What is written before everybody is in would be missing to some. */
async function letIn(socket: CrowdSocket, dialect: Dialect, room: string): Promise<void> {
  const question = dialect.ask(room);
  if (!question) return;
  await new Promise<void>((resolve) => {
    socket.onMessage = (message) => {
      if (dialect.read(message)?.kind === 'update') resolve();
    };
    socket.send(question);
  });
}

function listening(member: Member, dialect: Dialect): Member {
  member.socket.onMessage = (message) => {
    const heard = dialect.read(message);
    if (heard?.kind === 'update') member.heard += heard.body.length;
  };
  return member;
}

function witnessing(member: Member, dialect: Dialect, { waiting }: Witness): void {
  member.socket.onMessage = (message) => {
    const heard = dialect.read(message);
    if (heard?.kind !== 'update') return;
    member.heard += heard.body.length;
    waiting.push(new Uint8Array(heard.body));
  };
}

function hasAll({ doc, writers, waiting }: Witness): boolean {
  for (const update of waiting.splice(0)) Y.applyUpdate(doc, update);
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc));
  return writers.every((writer) => {
    const written = Y.decodeStateVector(Y.encodeStateVector(writer.doc)).get(writer.doc.clientID) ?? 0;
    return (clocks.get(writer.doc.clientID) ?? 0) === written;
  });
}

function heardTheSame(listeners: readonly Member[]): boolean {
  return listeners.every(({ heard }) => heard === listeners[0]?.heard);
}
