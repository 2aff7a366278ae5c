/** Our relay as it is run, on SQLite, with an authority that has published so many listed rooms. */
import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { publicKeyFromSeed, unwrap } from '@fairground/ledger';
import {
  encodeFrame,
  formatRoomId,
  formatWorldId,
  memoryLink,
  paths,
  type ToRelay,
} from '@fairground/protocol';
import { listen, openRelay, readRelayConfig, silentLog } from '@fairground/relay';
import type { Opened } from './opened.ts';

export async function openOurs(count: number): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-bench-'));
  const environment = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, RELAY_ADDRESS_FACTOR: '100000' };
  const config = unwrap(readRelayConfig(environment));
  const server = unwrap(await listen(config));
  const relay = await openRelay(config, silentLog);
  const [authority, link] = memoryLink();
  relay.attachAuthority(link);
  authority.onFrame(() => {});
  const send = (frame: ToRelay) => authority.send(encodeFrame(frame));
  const key = publicKeyFromSeed(named('authority', 32));
  send({ t: 'hello', name: 'bench.local/a', key, vkey: 'v', games: [], epoch: 1 });
  for (let i = 0; i < count; i++) publish(send, i);
  relay.start(server);
  const ids = Array.from({ length: count }, (_, i) => formatRoomId(named(`room ${i}`, 16)));
  const { port } = server.address() as AddressInfo;
  for (const id of ids.slice(-1)) await untilKnown(`http://127.0.0.1:${port}${paths.room(id)}`);
  return { port, rooms: ids.map((id) => `room:${id}`) };
}

/** A room is there once it is stored, one after the other. */
async function untilKnown(room: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await fetch(room)).ok) return;
    await sleep(100);
  }
  throw new Error('the rooms were not opened');
}

function publish(send: (frame: ToRelay) => void, i: number): void {
  const room = named(`room ${i}`, 16);
  const world = named(`world ${i}`, 32);
  send({
    t: 'room',
    room,
    visibility: 'listed',
    cap: null,
    code: null,
    world,
    game: 'nim',
    title: `Room ${i}`,
  });
  send({ t: 'world', world, room, origin: `bench.local/a/${formatWorldId(world)}` });
}

function named(name: string, length: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(name).digest()).slice(0, length);
}
