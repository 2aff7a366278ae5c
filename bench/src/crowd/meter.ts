/** Has everybody in a room show a number five times a second, as a crowd meter does, and hears how late it comes to the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import type { RunningServer } from '../servers/startServer.ts';
import { dialectOf } from './dialect.ts';
import { type CrowdSocket, openSocket } from './socket.ts';
import { openTokens } from './tokens.ts';

export interface Meter {
  readonly server: RunningServer;
  /** CPU ms of the server until every witness has heard the last word of everybody, and how late each word came, in ms. */
  run(seconds: number): Promise<{ readonly cpuMs: number; readonly lateness: readonly number[] }>;
  close(): void;
}

const PER_SECOND = 5;
/** Who reads what it hears; all others only receive it. */
const WITNESSES = 10;
const PATIENCE_MS = 120_000;

interface Person {
  readonly id: number;
  readonly socket: CrowdSocket;
  clock: number;
  /** By client id, the newest clock heard. */
  readonly heard: Map<number, number>;
}

export async function openMeter(server: RunningServer, size: number): Promise<Meter> {
  const dialect = dialectOf(server.kind);
  const [room = ''] = server.rooms;
  const tokens = await openTokens(server, size);
  const people: Person[] = [];
  let lateness: number[] = [];
  for (let i = 0; i < size; i++) {
    const socket = await openSocket(server.port, dialect.path(room, tokens[i]));
    const hello = dialect.hello(room);
    if (hello) socket.send(hello);
    const person: Person = { id: 1_000 + i, socket, clock: 0, heard: new Map() };
    if (i < WITNESSES) {
      socket.onMessage = (message) => {
        const heard = dialect.read(message);
        if (heard?.kind === 'awareness') listen(person, heard.body, lateness);
      };
    }
    people.push(person);
  }
  const witnesses = people.slice(0, WITNESSES);
  return {
    server,
    async run(seconds) {
      lateness = [];
      const before = await server.cpuMs();
      await speak(people, seconds, ({ id, clock, socket }) =>
        socket.send(dialect.awareness(room, word(id, clock))),
      );
      await untilHeard(witnesses, people);
      return { cpuMs: (await server.cpuMs()) - before, lateness };
    },
    close: () => people.forEach(({ socket }) => socket.close()),
  };
}

/** Everybody in turn, so that words come evenly. */
async function speak(
  people: readonly Person[],
  seconds: number,
  say: (person: Person) => void,
): Promise<void> {
  const total = people.length * PER_SECOND * seconds;
  const began = performance.now();
  for (let said = 0; said < total; await sleep(5)) {
    const due = Math.min(total, ((performance.now() - began) / 1000) * people.length * PER_SECOND);
    for (; said < due; said++) {
      const person = people[said % people.length];
      if (!person) continue;
      person.clock += 1;
      say(person);
    }
  }
}

function word(id: number, clock: number): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, 1);
  writeVarUint(encoder, id);
  writeVarUint(encoder, clock);
  writeVarString(encoder, JSON.stringify({ meter: clock % 10, at: Math.round(performance.now()) }));
  return toUint8Array(encoder);
}

function listen(person: Person, body: Uint8Array, lateness: number[]): void {
  const now = performance.now();
  const decoder = createDecoder(body);
  for (let left = readVarUint(decoder); left > 0; left--) {
    const id = readVarUint(decoder);
    const clock = readVarUint(decoder);
    const state: unknown = JSON.parse(readVarString(decoder));
    if ((person.heard.get(id) ?? 0) >= clock) continue;
    person.heard.set(id, clock);
    if (typeof state === 'object' && state && 'at' in state) lateness.push(now - Number(state.at));
  }
}

async function untilHeard(witnesses: readonly Person[], people: readonly Person[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const isHeard = () =>
    witnesses.every(({ heard }) => people.every(({ id, clock }) => heard.get(id) === clock));
  while (!isHeard()) {
    if (performance.now() > deadline) throw new Error('not everybody was heard');
    await sleep(10);
  }
}
