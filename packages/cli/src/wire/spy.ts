/** A client with a key and a session of its own that opens whatever can be opened and reads whatever can be read. */
import {
  bundlesForSize,
  bytesToHex,
  decodeEntry,
  encodeCbor,
  parseCheckpoint,
  parseNote,
  type Bytes,
  segmentDocId,
  tilePath,
  tilesForSize,
} from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Identity,
  type Joined,
  type Peer,
  type Ports,
  type Room,
  seedIdentity,
} from '@fairground/peer';
import { formatDid, paths } from '@fairground/protocol';
import { createNotebook, type Notebook } from './notebook.ts';
import { recordingPorts } from './ports.ts';

export interface Spy {
  readonly identity: Identity;
  readonly peer: Peer;
  readonly notebook: Notebook;
  /** Through which everything is written down. */
  readonly ports: Ports;
  /** Opens every document of a room, and keeps them open. */
  listen(joined: Joined): Room;
  /** Asks for every path there is, as far as the log goes. */
  sweep(joined: Joined, entries: readonly Bytes[]): Promise<void>;
  close(): void;
}

export function createSpy(url: string, seed: Bytes): Spy {
  const notebook = createNotebook();
  const ports = recordingPorts(notebook);
  const identity = seedIdentity(seed);
  const peer = createPeer({ url, identity, storage: createMemoryStorage(), ports });
  const open: { close(): void }[] = [peer];
  return {
    identity,
    peer,
    notebook,
    ports,
    listen({ room, world, cap }) {
      const document = peer.room(room, cap ?? undefined);
      open.push(document, peer.directory(), ...rawSockets(url, ports, world));
      return document;
    },
    async sweep(joined, entries) {
      for (const path of sweepPaths(joined, entries)) await ports.fetch(new URL(path, url));
      const checkpoint = await ports.fetch(new URL(paths.log(joined.world, 'checkpoint'), url));
      for (const path of logPaths(new Uint8Array(await checkpoint.arrayBuffer())))
        await ports.fetch(new URL(paths.log(joined.world, path), url));
    },
    close() {
      for (const one of open) one.close();
    },
  };
}

/** An empty state vector as y-websocket's step 1: "tell me everything". */
const tellAll = new Uint8Array([0, 0, 1, 0]);
const askPresence = new Uint8Array([3]);

/** By sockets of its own, what the stock clients would not ask for. */
function rawSockets(url: string, { WebSocket }: Ports, world: Joined['world']): WebSocket[] {
  const base = url.replace(/^http/, 'ws');
  return [`view:${world}`, `tail:${world}`, 'directory'].map((name) => {
    const socket = new WebSocket(`${base}/docs/${name}`);
    socket.addEventListener('open', () => [tellAll, askPresence].forEach((frame) => socket.send(frame)));
    return socket;
  });
}

function sweepPaths({ room, world }: Joined, entries: readonly Bytes[]): readonly string[] {
  const keys = new Set<string>();
  const states: string[] = [];
  for (const bytes of entries) {
    const entry = decodeEntry(bytes);
    if (!entry.ok) continue;
    if (entry.value.kind === 'lock') for (const { who } of entry.value.commits) keys.add(formatDid(who));
    if (entry.value.kind === 'state') states.push(bytesToHex(entry.value.hash));
  }
  return [
    ...[paths.authority(), paths.bank(), paths.health(), paths.metrics(), paths.room(room)],
    ...[...keys].map((did) => `/worlds/${world}/head?key=${encodeURIComponent(did)}`),
    ...['world.json', 'bundle.fair'].map((path) => paths.log(world, path)),
    ...states.map((hash) => paths.log(world, `snapshot/${hash}`)),
  ];
}

/** Every tile of a log of this size. */
function logPaths(checkpoint: Bytes): readonly string[] {
  const note = parseNote(checkpoint);
  const parsed = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!parsed.ok) return [];
  const { size } = parsed.value;
  return [...tilesForSize(size), ...bundlesForSize(size)].map(({ level, n, width }) =>
    tilePath(level, n, width),
  );
}

/** automerge's opening sync message of who has nothing: no heads, no needs, one empty bloom filter, no changes. */
const haveNothing = new Uint8Array([0x42, 0, 0, 1, 0, 0, 0]);

/** Asks on `/repo` for the first sealed segment of a log, as a stock automerge-repo client would. */
export function askSegment(url: string, { WebSocket }: Ports, origin: string, query = ''): WebSocket {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${paths.repo()}${query}`);
  const senderId = 'spy';
  const join = { type: 'join', senderId, peerMetadata: {}, supportedProtocolVersions: ['1'] };
  const request = { type: 'request', senderId, documentId: segmentDocId(origin, 0), data: haveNothing };
  socket.addEventListener('open', () => socket.send(encodeCbor(join)));
  socket.addEventListener('message', ({ data }) => {
    const targetId = textAfter(Buffer.from(data as ArrayBuffer), 'senderId');
    if (targetId !== undefined) socket.send(encodeCbor({ ...request, targetId }));
  });
  return socket;
}

/** The CBOR text that follows this key; what is no text, or longer than 255 bytes, is none. */
function textAfter(message: Buffer, key: string): string | undefined {
  const at = message.indexOf(key);
  if (at < 0) return undefined;
  const head = at + key.length;
  const first = message[head] ?? 0;
  if (first >= 0x60 && first < 0x78) return message.toString('utf8', head + 1, head + 1 + (first & 31));
  return first === 0x78 ? message.toString('utf8', head + 2, head + 2 + (message[head + 1] ?? 0)) : undefined;
}
